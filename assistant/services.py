"""The services, built once from the settings and shared by every face."""

from dataclasses import dataclass

from assistant.ask import AskService
from assistant.browse import BrowseService
from assistant.conversations import ConversationStore
from assistant.conversing import ConversationService
from assistant.database.engine import Database, database_url
from assistant.pathways import PathwayService
from assistant.settings import Settings
from assistant.standalone import StandAloneMaker
from index.embedding import Embedder, SentenceEmbedder
from index.live import LiveIndex
from index.versions import Versions


@dataclass(frozen=True)
class Services:
    """What faces call."""

    settings: Settings
    live: LiveIndex
    ask: AskService
    browse: BrowseService
    pathways: PathwayService
    conversations: ConversationStore
    converse: ConversationService


def build_services(settings: Settings, embedder: Embedder | None = None) -> Services:
    """Load the embedding model (unless one is given) and wire the services.

    Raises EmbeddingError where it cannot be loaded, and DatabaseAddressError for a database that cannot be used. Nothing is read or written yet.
    """
    if settings.threads:
        import torch

        torch.set_num_threads(settings.threads)
    embedder = embedder or SentenceEmbedder(settings.embedding_model)
    live = LiveIndex(Versions(settings.index_dir))
    ask = AskService(live, embedder, settings.question_limit)
    conversations = ConversationStore(Database(database_url(settings.database_url, settings.data_dir)))
    return Services(
        settings=settings,
        live=live,
        ask=ask,
        browse=BrowseService(live, embedder, settings.question_limit),
        pathways=PathwayService(live),
        conversations=conversations,
        converse=ConversationService(ask, conversations, live, StandAloneMaker(embedder), settings.question_limit),
    )
