"""Setting up the language model that the settings name, where they name one."""

from typing import TYPE_CHECKING

from assistant.errors import BadInputError
from assistant.settings import Settings
from index.embedding import Embedder

if TYPE_CHECKING:  # the library behind it is slow to load, and not needed where no model is set up
    from assistant.entailment import Entailment
    from assistant.model.asking_in_full import ModelQuestionWriter
    from assistant.model.client import ModelClient
    from assistant.model.finding_questions import ModelQuestionFinder
    from assistant.model.rewriting import Rewriter


def model_client(settings: Settings) -> "ModelClient | None":
    """The client of the model that is set up; None where none is. Nothing is asked of it yet.

    Raises BadInputError for a name that the client library cannot use.
    """
    if settings.model_base_url is None:
        return None
    from assistant.model.client import ModelClient

    try:
        return ModelClient(
            settings.model_base_url,
            settings.model_name,
            settings.model_key,
            timeout_seconds=settings.model_timeout_seconds,
            first_token_seconds=settings.model_first_token_seconds,
            retries=settings.model_retries,
            concurrency=settings.model_concurrency,
            schema_form=settings.model_schema,
        )
    except ValueError as error:
        raise BadInputError("model_name", "names a model that is not asked through /chat/completions. Set MUTUALS_MODEL_NAME to one that is.") from error


def entailment_of(settings: Settings) -> "Entailment | None":
    """The entailment model that the settings name; None where they name none. Raises EntailmentError where it cannot be used."""
    if settings.entailment_model is None:
        return None
    from assistant.entailment import CrossEncoderEntailment

    return CrossEncoderEntailment(settings.entailment_model)


def judge_of(settings: Settings, client: "ModelClient | None", entailment: "Entailment | None") -> "Entailment | None":
    """What judges reworded sentences after the gate: the entailment model, else the language model itself where it is set to; None where neither is."""
    if entailment or client is None or not settings.model_judge:
        return entailment
    from assistant.entailment import JudgeEntailment

    return JudgeEntailment(client)


def rewriter_of(settings: Settings, client: "ModelClient | None", embedder: Embedder, entailment: "Entailment | None") -> "Rewriter | None":
    """What rewords answers with the model; None where there is none."""
    if client is None:
        return None
    from assistant.model.rewriting import Rewriter

    return Rewriter(
        client,
        embedder,
        entailment=entailment,
        max_tokens=settings.model_max_tokens,
        context_characters=settings.model_context_characters,
        may_abstain=settings.model_may_abstain,
    )


def question_writer_of(settings: Settings, client: "ModelClient | None") -> "ModelQuestionWriter | None":
    """What words follow-ups in full with the model; None where it is not set to."""
    if client is None or not settings.model_follow_ups:
        return None
    from assistant.model.asking_in_full import ModelQuestionWriter

    return ModelQuestionWriter(client, settings.model_max_tokens)


def question_finder_of(settings: Settings, client: "ModelClient | None") -> "ModelQuestionFinder | None":
    """What looks with the model for further questions of an enquiry; None where it is not set to."""
    if client is None or not settings.model_enquiries:
        return None
    from assistant.model.finding_questions import ModelQuestionFinder

    return ModelQuestionFinder(client, settings.model_max_tokens)
