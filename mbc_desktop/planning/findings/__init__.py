"""Objections to a plan, each a code with its values and source."""
