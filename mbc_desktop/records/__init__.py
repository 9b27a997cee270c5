"""The encrypted store of a ward: patients, plans, approvals, people and the audit chain. Nothing here is loaded before the first
paint of the window, for SQLAlchemy comes with it."""
