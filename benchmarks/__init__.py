"""Figures against their baselines, measured in turns in the same run: `python -m benchmarks`, or `make bench`."""
