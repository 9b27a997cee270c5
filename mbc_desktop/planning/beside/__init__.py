"""What goes beside the doses: checks, support, places, orders, the agenda of a day."""
