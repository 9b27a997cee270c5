"""What a day is: working days, windows, places in time, and the rules that move a date."""
