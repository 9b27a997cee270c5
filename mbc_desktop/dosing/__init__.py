"""One order and the facts of one day in, one dose with all its steps out; and the gates a dose passes before it is
released."""
