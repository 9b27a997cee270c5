"""`mbc-desktop library`: what the program knows, for people and for other programs; what a hospital has approved of it;
regimens of one's own."""

from __future__ import annotations

from mbc_desktop.library_verb.command import add_parser, run

__all__ = ["add_parser", "run"]
