"""All tables. A change needs a revision in `migrations/versions` (`docs/operations.md`); nothing in either is for one make of database alone."""

from assistant.database import conversation_tables, desk_tables, people_tables, use_tables
from assistant.database.base import Base

__all__ = ["Base", "conversation_tables", "desk_tables", "people_tables", "use_tables"]
