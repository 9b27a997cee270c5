"""The parts of the plan page: facts, courses, inspector, findings."""
