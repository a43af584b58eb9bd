"""Every setting of the product, read once from the environment (prefix `MUTUALS_`) or an `.env` file."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.library import BUNDLED
from index.embedding import BUNDLED_MODEL


class Settings(BaseSettings):
    """Settings with their defaults. Unknown keys in a settings file are an error."""

    model_config = SettingsConfigDict(env_prefix="MUTUALS_", env_file=".env", extra="forbid", frozen=True, hide_input_in_errors=True)

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

    model_base_url: Annotated[
        str | None,
        Field(description="Address of an OpenAI-compatible language model, such as http://localhost:11434/v1. Without one there is no `llm` engine."),
    ] = None
    model_name: Annotated[str, Field(validate_default=True, description="The model's name, as its server calls it.")] = ""
    engine: Annotated[Literal["extractive", "llm"], Field(description="The engine of a question that names none; `llm` needs model_base_url.")] = "extractive"
    model_key: Annotated[
        SecretStr | None, Field(exclude=True, repr=False, description="Key for the model's server, never shown; none where it asks for none.")
    ] = None
    model_timeout_seconds: Annotated[float, Field(gt=0, le=600, description="Seconds in which the model has to be done.")] = 60.0
    model_first_token_seconds: Annotated[float, Field(gt=0, le=600, description="Seconds in which the model's reply has to begin.")] = 30.0
    model_retries: Annotated[int, Field(ge=0, le=5, description="How often a request is made again that fails before the reply begins.")] = 1
    model_concurrency: Annotated[
        int, Field(ge=1, le=64, description="Replies of the model that are awaited at once; whoever finds no place is answered without it.")
    ] = 2
    model_schema: Annotated[
        Literal["auto", "json_schema", "json_object", "none"],
        Field(description="How the server is asked to keep to JSON; `auto` finds out by the first request."),
    ] = "auto"
    model_max_tokens: Annotated[int, Field(ge=32, le=4096, description="Most tokens of one reply of the model.")] = 400
    model_context_characters: Annotated[
        int, Field(ge=500, le=200_000, description="Most characters of guidance, or of an enquiry, that the model is given.")
    ] = 6_000
    model_may_abstain: Annotated[
        bool, Field(description="Whether the model may say that the passages do not answer, so that nothing is answered; it can never make an answer of none.")
    ] = False
    model_judge: Annotated[
        bool,
        Field(
            description="Whether the model also judges, by yes or no, if a reworded sentence or a claim that code takes for borne out follows from its source."
        ),
    ] = False
    model_follow_ups: Annotated[
        bool, Field(description="Whether the model words follow-ups in full beside the assistant, which weighs its wording with its own; needs model_base_url.")
    ] = False
    model_enquiries: Annotated[
        bool, Field(description="Whether the model looks for questions of an enquiry that the assistant has not found; needs model_base_url.")
    ] = False
    model_letters: Annotated[
        bool, Field(description="Whether the model rewords the answers in a drafted reply, through the same gate as `llm`; needs model_base_url.")
    ] = False
    entailment_model: Annotated[
        str | None,
        Field(description="Folder of a cross-encoder that tells entailment, as a further check on reworded sentences and on claims; none by default."),
    ] = None

    @field_validator("model_base_url")
    @classmethod
    def _is_address(cls, given: str | None) -> str | None:
        if not given:
            return None
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("is not an address; write it as http://host:port/v1")
        if parts.username or parts.password:
            raise ValueError("holds a user or a password; give the server's key as MUTUALS_MODEL_KEY instead")
        return given

    @field_validator("model_name")
    @classmethod
    def _has_its_name(cls, given: str, info: ValidationInfo) -> str:
        if info.data.get("model_base_url") and not given:
            raise ValueError("is missing, and MUTUALS_MODEL_BASE_URL is set; set it to what the server calls the model")
        return given

    @field_validator("engine")
    @classmethod
    def _has_its_model(cls, given: str, info: ValidationInfo) -> str:
        if given == "llm" and not info.data.get("model_base_url", "unusable"):
            raise ValueError("is llm, but no language model is set up; set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME, or leave it out")
        return given

    @field_validator("model_follow_ups", "model_enquiries", "model_letters")
    @classmethod
    def _has_a_model(cls, given: bool, info: ValidationInfo) -> bool:
        if given and not info.data.get("model_base_url", "unusable"):
            raise ValueError("is true, but no language model is set up; set MUTUALS_MODEL_BASE_URL and MUTUALS_MODEL_NAME, or leave it out")
        return given

    @property
    def index_dir(self) -> Path:
        """Where index versions stand."""
        return self.data_dir / "index"

    @property
    def originals_dir(self) -> Path:
        """Where publishers' own files stand."""
        return self.data_dir / "originals"
