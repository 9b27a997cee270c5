"""Dose and schedule calculator for metastatic breast cancer."""

__version__ = "0.1.0"
