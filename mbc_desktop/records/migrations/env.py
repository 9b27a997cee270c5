"""Run by Alembic: takes the steps on the connection of the store that is being opened, all in one transaction of its own."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None, transactional_ddl=False)
context.run_migrations()
