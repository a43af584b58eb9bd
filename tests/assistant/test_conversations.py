"""Keeping conversations: whole, in order, for their owner alone, until they are deleted; through kills, crowds and bad disks."""

import hashlib
import re
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from postgres import Cluster
from sqlalchemy import URL, event, text, update
from turns import made_answer

from assistant.answers import Scope
from assistant.conversations import GONE, TURN_LIMIT, ConversationStore, new_id, owner_of
from assistant.database.conversation_tables import ConversationRow
from assistant.database.engine import Database, DatabaseUnavailableError, database_url
from assistant.errors import BadInputError, NotFoundError
from corpus.dates import PartialDate

MINE, OTHERS = owner_of("my key"), owner_of("another's key")


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


def begun(store: ConversationStore, owner: str = "", question: str = "What is a mutual?") -> str:
    identifier = new_id()
    store.begin(made_answer(identifier, question), owner)
    return identifier


def asked(store: ConversationStore, identifier: str, owner: str = "") -> list[tuple[int, str]]:
    return [(turn.position, turn.answer.question) for turn in store.turns(identifier, owner)]


def assert_not_found(store: ConversationStore, identifier: str, owner: str) -> None:
    """Reading, going on with and deleting it all say the same."""
    for attempt in (
        lambda: store.turns(identifier, owner),
        lambda: store.add_turn(made_answer(identifier, "And now?"), owner),
        lambda: store.delete(identifier, owner),
    ):
        with pytest.raises(NotFoundError) as error:
            attempt()
        assert (error.value.what, error.value.identifier, error.value.advice) == ("conversation", identifier, GONE)


def test_an_owner_is_known_by_the_digest_of_a_key() -> None:
    assert (owner_of(None), owner_of(""), owner_of("é")) == ("", "", hashlib.sha256("é".encode()).hexdigest())


def test_ids_are_all_different() -> None:
    made = {new_id() for _ in range(1000)}
    assert (len(made), all(re.fullmatch("[0-9a-f]{32}", each) for each in made)) == (1000, True)


@pytest.mark.parametrize("identifier", ["", " ", "x", "0" * 32, "0" * 31, "A" * 32, "0" * 33, "x" * 5000, "\x00", "\ud83d", "%", "' OR 1=1 --", "é", "../a"])
def test_an_id_that_is_none(store: ConversationStore, identifier: str) -> None:
    assert_not_found(store, identifier, "")


def test_an_answer_is_read_back_as_it_was_kept(store: ConversationStore) -> None:
    identifier = new_id()
    answer = made_answer(identifier, "“Què?” 🙂\n[1] <b>", scope=Scope(sector="youth", as_of=PartialDate("2014-03")))
    before = datetime.now(UTC)
    store.begin(answer, MINE)
    (turn,) = store.turns(identifier, MINE)
    assert (turn.position, turn.answer) == (1, answer)
    assert before <= turn.asked_at <= datetime.now(UTC)


def test_turns_are_in_order_and_the_last_of_them_can_be_had_alone(store: ConversationStore) -> None:
    identifier = begun(store, question="0")
    for number in range(1, 5):
        store.add_turn(made_answer(identifier, str(number)))
    assert asked(store, identifier) == [(1, "0"), (2, "1"), (3, "2"), (4, "3"), (5, "4")]
    assert [[turn.position for turn in store.turns(identifier, last=last)] for last in (1, 2, 5, 9)] == [[5], [4, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]]


@pytest.mark.parametrize(("owner", "other"), [("", MINE), (MINE, ""), (MINE, OTHERS)])
def test_a_conversation_of_another_is_told_as_one_that_is_not_there(store: ConversationStore, owner: str, other: str) -> None:
    identifier = begun(store, owner)
    assert_not_found(store, identifier, other)
    assert asked(store, identifier, owner) == [(1, "What is a mutual?")]


def test_a_deleted_conversation_is_gone_and_so_are_its_words(tmp_path: Path) -> None:
    store = ConversationStore(Database(database_url(None, tmp_path)))
    kept, identifier = begun(store, question="Kept words"), begun(store, MINE, "Forgotten words")
    for number in range(30):
        store.add_turn(made_answer(identifier, f"Forgotten words {number}"), MINE)
    store.delete(identifier, MINE)
    assert_not_found(store, identifier, MINE)
    assert asked(store, kept) == [(1, "Kept words")]
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"Forgotten words" in files, b"Kept words" in files) == (False, True)


def test_a_conversation_holds_so_many_turns_and_no_more(store: ConversationStore) -> None:
    identifier = begun(store, question="1")
    for number in range(2, TURN_LIMIT + 1):
        store.add_turn(made_answer(identifier, str(number)))
    for _ in range(2):
        with pytest.raises(BadInputError) as error:
            store.add_turn(made_answer(identifier, "one more"))
        assert (error.value.field, error.value.message) == (
            "conversation_id",
            "names a conversation with 200 turns, the most that one holds. Leave it out to start a new one.",
        )
    assert asked(store, identifier) == [(number, str(number)) for number in range(1, 201)]


def test_two_tabs_that_ask_at_once_are_both_kept(store: ConversationStore) -> None:
    identifier = begun(store, question="first")
    questions = [f"{tab} {number}" for number in range(20) for tab in ("left", "right", "third")]
    with ThreadPoolExecutor(3) as tabs:
        list(tabs.map(lambda question: store.add_turn(made_answer(identifier, question)), questions))
    told = asked(store, identifier)
    assert [position for position, _ in told] == list(range(1, 62))
    assert sorted(question for _, question in told) == sorted(["first", *questions])


def test_the_last_place_goes_to_one_of_two(store: ConversationStore, database: Database) -> None:
    identifier = begun(store)
    with database.session() as session:
        session.execute(update(ConversationRow).values(turn_count=TURN_LIMIT - 1))

    def add(number: int) -> bool:
        try:
            store.add_turn(made_answer(identifier, str(number)))
        except BadInputError:
            return False
        return True

    with ThreadPoolExecutor(4) as tabs:
        assert sorted(tabs.map(add, range(4))) == [False, False, False, True]


def test_a_turn_that_comes_after_the_conversation_was_deleted_does_not_bring_it_back(store: ConversationStore) -> None:
    identifier = begun(store)
    store.delete(identifier)
    assert_not_found(store, identifier, "")


def test_idle_conversations_are_removed_and_others_stay(store: ConversationStore, database: Database) -> None:
    idle, used = begun(store, question="Idle words"), begun(store)
    with database.session() as session:
        long_ago = datetime.now(UTC) - timedelta(days=30, seconds=1)
        session.execute(update(ConversationRow).values(active_at=long_ago))
    store.add_turn(made_answer(used, "And now?"))
    assert (store.remove_idle(0), store.remove_idle(31), store.remove_idle(30), store.remove_idle(30)) == (0, 0, 1, 0)
    assert_not_found(store, idle, "")
    assert asked(store, used) == [(1, "What is a mutual?"), (2, "And now?")]


WRITER = """
import sys
from sqlalchemy import make_url
sys.path.append("tests")
from turns import made_answer
from assistant.conversations import ConversationStore
from assistant.database.engine import Database

store = ConversationStore(Database(make_url(sys.argv[1])))
number = int(sys.argv[3])
while True:
    number += 1
    store.add_turn(made_answer(sys.argv[2], str(number)))
    print(number, flush=True)
"""


def test_what_was_acknowledged_survives_being_killed_ten_times(store: ConversationStore, database_at: URL) -> None:
    identifier = begun(store, question="1")
    acknowledged = 1
    for kill in range(10):
        kept = asked(store, identifier)[-1][0]
        assert kept - acknowledged in (0, 1)  # the last may have been kept and not yet told
        command = [sys.executable, "-c", WRITER, database_at.render_as_string(False), identifier, str(kept)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
            assert writer.stdout is not None
            for _ in range(1 + kill):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            acknowledged = ([acknowledged] + [int(line) for line in writer.stdout])[-1]
    told = asked(store, identifier)
    assert told == [(number, str(number)) for number in range(1, len(told) + 1)]
    assert len(told) - acknowledged in (0, 1)


def test_a_locked_database_is_told_and_works_again_when_it_is_free(tmp_path: Path) -> None:
    store = ConversationStore(Database(database_url(None, tmp_path), wait_seconds=0.1))
    identifier = begun(store)
    other = sqlite3.connect(tmp_path / "assistant.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for attempt in (lambda: store.begin(made_answer(new_id(), "?")), lambda: store.add_turn(made_answer(identifier, "?")), lambda: store.delete(identifier)):
        with pytest.raises(DatabaseUnavailableError):
            attempt()
    assert asked(store, identifier) == [(1, "What is a mutual?")]  # what is there can be read
    other.close()
    store.add_turn(made_answer(identifier, "And now?"))
    assert asked(store, identifier) == [(1, "What is a mutual?"), (2, "And now?")]


def test_a_full_disk_loses_nothing_of_what_was_there(tmp_path: Path) -> None:
    database = Database(database_url(None, tmp_path))
    store = ConversationStore(database)
    identifier = begun(store)

    @event.listens_for(database.engine, "checkout")
    def fill(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the pages there are as the most there may be

    with pytest.raises(DatabaseUnavailableError):
        store.add_turn(made_answer(identifier, "x" * 20_000))
    assert asked(store, identifier) == [(1, "What is a mutual?")]


def test_a_disk_that_cannot_be_written_can_still_be_read(tmp_path: Path) -> None:
    identifier = begun(ConversationStore(Database(database_url(None, tmp_path))))
    held = Database(database_url(f"sqlite:///file:{tmp_path}/assistant.db?mode=ro&uri=true", tmp_path))
    unwritable = ConversationStore(held)
    assert asked(unwritable, identifier) == [(1, "What is a mutual?")]
    for attempt in (
        lambda: unwritable.begin(made_answer(new_id(), "?")),
        lambda: unwritable.add_turn(made_answer(identifier, "?")),
        lambda: unwritable.delete(identifier),
    ):
        with pytest.raises(DatabaseUnavailableError):
            attempt()
    with held.session() as session:
        assert session.scalar(text("SELECT count(*) FROM turns")) == 1


def test_a_server_that_goes_away_is_told_and_used_again_once_it_is_back(postgresql: Cluster) -> None:
    address = postgresql.new_database()
    database = Database(address)
    store = ConversationStore(database)
    identifier = begun(store)
    postgresql.allow(address, False)
    postgresql.end_others(address)
    for attempt in (lambda: store.turns(identifier), lambda: store.begin(made_answer(new_id(), "?")), lambda: store.delete(identifier)):
        with pytest.raises(DatabaseUnavailableError):
            attempt()
    postgresql.allow(address, True)
    assert asked(store, identifier) == [(1, "What is a mutual?")]
    database.engine.dispose()
