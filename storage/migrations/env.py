"""Run by Alembic, always in process and on the connection it is handed (storage/upgrades.py)."""

from alembic import context

from storage.upgrades import DECLARED

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=DECLARED,
    compare_type=True,
    render_as_batch=False,
)
context.run_migrations()
