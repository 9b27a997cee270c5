"""The parts of the settings page: general, hospital, closed days, decisions."""
