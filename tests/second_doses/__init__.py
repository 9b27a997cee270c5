"""A second implementation of the dose arithmetic, written from the clinical references and not from the program.

Fractions where a dose is rational, mpmath with fifty digits where it is not, brute force where the program searches. It shares no
line with `mbc_desktop`, and no number either: `medicines` and `schedules` are transcribed anew. `tests/dose_comparison.py` puts a
treatment file through both; `make prove-doses` does so a million times."""
