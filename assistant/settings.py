"""Every setting of the product, read once from the environment (prefix `MUTUALS_`) or an `.env` file."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.library import BUNDLED
from index.embedding import BUNDLED_MODEL


class Settings(BaseSettings):
    """Settings with their defaults. Unknown keys in a settings file are an error."""

    model_config = SettingsConfigDict(env_prefix="MUTUALS_", env_file=".env", extra="forbid", frozen=True)

    data_dir: Annotated[Path, Field(description="Where the product writes: index versions, originals and the database.")] = Path("var")
    library_dir: Annotated[Path, Field(description="Where the library stands: catalogue, notes, timeline and glossary.")] = BUNDLED
    host: Annotated[str, Field(description="Address the server listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="Port the server listens on.")] = 7860
    embedding_model: Annotated[str, Field(description="The bundled model's name, or the name or folder of any sentence-transformers model.")] = BUNDLED_MODEL
    question_limit: Annotated[int, Field(ge=100, le=20_000, description="Most characters a question may have.")] = 2_000
    threads: Annotated[int, Field(ge=0, le=64, description="Threads the embedding model may use; 0 leaves it to the library.")] = 0
    database_url: Annotated[
        str | None,
        Field(exclude=True, repr=False, description="Address of the database in SQLAlchemy's form, never shown; a file under data_dir where none is set."),
    ] = None
    conversation_days: Annotated[int, Field(ge=0, le=3650, description="Days after which a conversation that nobody goes on with is removed; 0 keeps it.")] = 30
    session_idle_hours: Annotated[int, Field(ge=1, le=168, description="Hours without use after which who is signed in has to sign in again.")] = 8
    session_days: Annotated[int, Field(ge=1, le=90, description="Days after which who is signed in has to sign in again in any case.")] = 7
    reply_days: Annotated[int, Field(ge=1, le=365, description="Working days in which a case is due for a reply: Mondays to Fridays, bank holidays too.")] = 10

    case_days: Annotated[int, Field(ge=0, le=36500, description="Days after which the personal data of a closed case is erased; 0 keeps it.")] = 0
    asked_days: Annotated[
        int, Field(ge=0, le=36500, description="Days after which kept questions, what readers said of answers, and finished batches are removed; 0 keeps them.")
    ] = 0
    asked_log: Annotated[bool, Field(description="Whether questions are kept for the figures of the desk, personal data masked.")] = True

    @property
    def index_dir(self) -> Path:
        """Where index versions stand."""
        return self.data_dir / "index"

    @property
    def originals_dir(self) -> Path:
        """Where publishers' own files stand."""
        return self.data_dir / "originals"
