"""The patient's calendar."""
