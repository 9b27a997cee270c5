"""What every step needs: exact numbers with units, intervals, findings, sources, reading of typed texts, crash-safe files."""
