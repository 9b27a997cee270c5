"""Fractions, gaps, biological doses, and what may not be given near them."""
