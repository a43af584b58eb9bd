"""The services, wired once from the settings."""

from pathlib import Path

import pytest
import torch

from assistant.database.engine import DatabaseAddressError
from assistant.services import build_services
from assistant.settings import Settings
from index.embedding import EmbeddingError, SentenceEmbedder
from index.versions import NoIndexError, Versions


def test_services_share_settings_and_live_index(small_index: Versions, embedder: SentenceEmbedder) -> None:
    settings = Settings(data_dir=small_index.root.parent, question_limit=100)
    services = build_services(settings, embedder)
    assert services.settings is settings
    assert services.live.current().manifest.version == small_index.live_name()
    assert services.browse.passage(services.ask.ask("What does section 33 allow?").citations[0].passage_id).source_id == "new-act"


def test_services_start_without_an_index_and_say_so_when_asked(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    services = build_services(Settings(data_dir=tmp_path), embedder)
    with pytest.raises(NoIndexError) as error:
        services.live.current()
    assert str(error.value) == f"no index is live under {tmp_path / 'index'}; run `mutuals index`"


def test_the_number_of_threads_is_set_before_the_model_is_used(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    before = torch.get_num_threads()
    try:
        build_services(Settings(data_dir=tmp_path, threads=1), embedder)
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"^the embedding model '.*no-such-model' cannot be loaded: "):
        build_services(Settings(data_dir=tmp_path, embedding_model=str(tmp_path / "no-such-model")))


def test_the_database_is_under_the_data_directory_and_made_when_it_is_first_used(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    services = build_services(Settings(data_dir=tmp_path), embedder)
    assert list(tmp_path.iterdir()) == []
    services.conversations.open()
    assert (tmp_path / "assistant.db").exists()


def test_a_database_address_that_is_none_is_told(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    with pytest.raises(DatabaseAddressError, match=r"^MUTUALS_DATABASE_URL is not a database address; "):
        build_services(Settings(data_dir=tmp_path, database_url="no address"), embedder)
