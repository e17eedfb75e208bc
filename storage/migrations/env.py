"""Run by Alembic, always in process and on the connection it is handed (storage/upgrades.py)."""

from alembic import context

from storage import schema, schema_crew, schema_kit, schema_lists, schema_said
from storage.tables import Base

__all__ = ["schema", "schema_crew", "schema_kit", "schema_lists", "schema_said"]

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=False,
)
context.run_migrations()
