"""What every step needs: exact numbers with units, intervals, findings, sources, typed-number and typed-date reading, crash-safe files."""
