"""What Alembic runs: the revisions, on the connection it is given, or on the database of the settings for the `alembic` command."""

from alembic import context
from sqlalchemy import Connection

from assistant.database.tables import Base


def run(connection: Connection) -> None:
    """Run the revisions asked for on this connection."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from assistant.database.engine import Database, database_url
    from assistant.settings import Settings

    settings = Settings()
    with Database(database_url(settings.database_url, settings.data_dir)).engine.begin() as connection:
        run(connection)
