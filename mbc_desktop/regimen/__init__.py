"""What can be chosen: drugs, regimens, radiotherapy, site decisions; and the loader of schedules/ that gives one Library."""
