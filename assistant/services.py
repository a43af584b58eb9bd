"""The services, built once from the settings and shared by every face."""

from dataclasses import dataclass

from assistant.ask import AskService
from assistant.browse import BrowseService
from assistant.settings import Settings
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


def build_services(settings: Settings, embedder: Embedder | None = None) -> Services:
    """Load the embedding model (unless one is given) and wire the services. Raises EmbeddingError where it cannot be loaded."""
    if settings.threads:
        import torch

        torch.set_num_threads(settings.threads)
    embedder = embedder or SentenceEmbedder(settings.embedding_model)
    live = LiveIndex(Versions(settings.index_dir))
    return Services(
        settings=settings,
        live=live,
        ask=AskService(live, embedder, settings.question_limit),
        browse=BrowseService(live, embedder, settings.question_limit),
    )
