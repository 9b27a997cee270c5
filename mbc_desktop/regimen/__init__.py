"""What can be chosen: drugs, regimens, radiotherapy courses, site decisions; and the loader of schedules/ that gives one frozen Library."""
