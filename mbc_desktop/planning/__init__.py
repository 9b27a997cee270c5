"""Request in, plan out: every administration, tablet period, fraction and check on a real date, with every objection as a
finding."""
