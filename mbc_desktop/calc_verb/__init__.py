"""`mbc-desktop calc`: the published formulas and the date rules one by one, JSON Lines in and out, by the same functions as a
plan."""

from mbc_desktop.calc_verb.answer import answer, run

__all__ = ["answer", "run"]
