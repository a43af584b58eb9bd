"""Asking over HTTP: the contract's exact shape, the questions that must be answered, and the streamed twin."""

import json
import re
from typing import Any

import httpx
import pytest

from evals.questions import load_questions
from index.passages import text_digest

FIELDS = {
    "answer_id",
    "conversation_id",
    "question",
    "standalone_question",
    "scope",
    "outcome",
    "text",
    "sentences",
    "citations",
    "notices",
    "related",
    "suggestions",
    "clarify",
    "engine",
    "confidence",
    "timings_ms",
}
CITATION_FIELDS = {
    "number",
    "passage_id",
    "source_id",
    "title",
    "publisher",
    "published",
    "authority",
    "standing",
    "superseded_by",
    "locator",
    "url",
    "quote",
    "original",
}
STAGES = ["conversation", "understand", "retrieve", "compose", "gate"]
REPORT = "mutuals-taskforce-2012"
ESCALATION = "Who can I go to if my employer won't engage with our spin-out proposal?"
PATHWAY = "What must a department's pathway contain?"
FUND = "How big was the support fund?"
CIC = "Is it compulsory to become a CIC?"
SECTION_33 = "What does section 33 allow, and for how long?"
TERMS = "Do staff transfer on their existing terms?"
CHALLENGE = "Can a Right to Challenge be turned down because a mutual is under way?"
MUST_ANSWER = (ESCALATION, PATHWAY, FUND, CIC, SECTION_33, TERMS, CHALLENGE)
MUST_NOT_ANSWER = ("What is the VAT rate on childcare in France?", "What does Recommendation 23 say?", "asdf qwer")


def ask(client: httpx.Client, question: str, **fields: Any) -> dict[str, Any]:
    response = client.post("/api/v1/ask", json={"question": question, **fields})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    answer: dict[str, Any] = response.json()
    return answer


def events(client: httpx.Client, question: str, **fields: Any) -> list[tuple[str, Any]]:
    """The events of a streamed answer: name and data of each."""
    response = client.post("/api/v1/ask/stream", json={"question": question, **fields})
    assert (response.status_code, response.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    found = []
    for block in filter(None, response.text.replace("\r\n", "\n").split("\n\n")):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def lasting(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what differs each time."""
    return {name: value for name, value in answer.items() if name not in ("answer_id", "conversation_id", "timings_ms")}


def places(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(citation["source_id"], citation["locator"]) for citation in answer["citations"]]


@pytest.mark.parametrize("question", [*MUST_ANSWER, *MUST_NOT_ANSWER])
def test_every_answer_has_the_shape_of_the_contract(client: httpx.Client, question: str) -> None:
    answer = ask(client, question)
    assert set(answer) == FIELDS
    assert [set(each) for each in answer["sentences"]] == [{"text", "citations"}] * len(answer["sentences"])
    assert [set(each) for each in answer["citations"] + answer["related"]] == [CITATION_FIELDS] * (len(answer["citations"]) + len(answer["related"]))
    assert [set(each) for each in answer["notices"]] == [{"kind", "text", "citations"}] * len(answer["notices"])
    assert (answer["question"], answer["standalone_question"], answer["engine"]) == (question, question, "extractive")
    assert re.fullmatch("[0-9a-f]{32}", answer["answer_id"])
    assert re.fullmatch("[0-9a-f]{32}", answer["conversation_id"])
    assert 0 <= answer["confidence"] <= 1
    assert list(answer["timings_ms"]) == [*STAGES, "total"]


@pytest.mark.parametrize("question", [*MUST_ANSWER, *(question.question for question in load_questions()[::4])])
def test_citations_are_numbered_from_one_and_each_is_used_and_read_back(client: httpx.Client, question: str) -> None:
    answer = ask(client, question)
    numbers = [citation["number"] for citation in answer["citations"]]
    used = [number for sentence in answer["sentences"] for number in sentence["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert sorted(set(used)) == numbers
    assert all(sentence["citations"] for sentence in answer["sentences"])
    assert {number for notice in answer["notices"] for number in notice["citations"]} <= set(numbers)
    assert [int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", answer["text"])] == used
    for citation in answer["citations"]:
        passage = client.get(f"/api/v1/passages/{citation['passage_id']}").json()
        spans = {passage["text"][each["start"] : each["end"]]: each["locator"] for each in passage["sentences"]}
        assert (text_digest(passage["text"]), spans[citation["quote"]]) == (passage["sha256"], citation["locator"])
        shared = CITATION_FIELDS - {"number", "locator", "quote", "original"}
        assert {name: citation[name] for name in shared} == {name: passage[name] for name in shared}
    quotes = {citation["number"]: citation["quote"] for citation in answer["citations"]}
    assert [sentence["text"] for sentence in answer["sentences"]] == [quotes[number] for number in used]


@pytest.mark.parametrize(
    ("question", "source", "locator", "says"),
    [
        (ESCALATION, REPORT, "Recommendation 2(ii)", r"escalation point"),
        (PATHWAY, REPORT, "Recommendation 2(i)", r"exercise their Right to Provide"),
        (PATHWAY, REPORT, "Recommendation 2(ii)", r"escalation point"),
        (PATHWAY, REPORT, "Recommendation 2(iii)", r"pensions"),
        (PATHWAY, REPORT, "Recommendation 2(iv)", r"legal forms"),
        (FUND, REPORT, "Chapter 2 › Mutuals Support Programme", r"£10 million"),
        (CIC, "govuk-start-a-mutual-process", "Stage 1", r"not compulsory|[Nn]o particular legal form"),
        (SECTION_33, "pa-2023", "s. 33", r"five years"),
        (SECTION_33, "pa-2023", "s. 33", r"reserved for qualifying public service mutuals"),
        (TERMS, "", "", r"existing (contracts|terms)"),
        (CHALLENGE, REPORT, "Chapter 2 › Community Right to Challenge", r"reject|turn\w* down|refus"),
    ],
)
def test_the_main_questions_are_answered_from_the_right_place(client: httpx.Client, question: str, source: str, locator: str, says: str) -> None:
    answer = ask(client, question)
    assert answer["outcome"] == "answered"
    quotes = [each["quote"] for each in answer["citations"] if each["source_id"].startswith(source) and each["locator"].startswith(locator)]
    assert [quote for quote in quotes if re.search(says, quote)], places(answer)


NAMED = "“Public Service Mutuals: The Next Steps”"


@pytest.mark.parametrize("question", [ESCALATION, PATHWAY, FUND, CHALLENGE])
def test_what_the_report_of_2012_recommends_is_never_shown_as_policy(client: httpx.Client, question: str) -> None:
    answer = ask(client, question)
    cited = [citation for citation in answer["citations"] if citation["source_id"] == REPORT]
    assert {(citation["authority"], citation["standing"]) for citation in cited} == {("independent_report", "historic")}
    numbers = [citation["number"] for citation in cited]
    told = [(notice["kind"], notice["text"].split("” ", 1)[1]) for notice in answer["notices"] if notice["text"].startswith(NAMED)]
    assert all(notice["citations"] == numbers for notice in answer["notices"] if notice["text"].startswith(NAMED))
    assert told == [
        ("authority", "is an independent report. What it recommends is not government policy."),
        ("standing", "(June 2012) is historic: it describes the position at its time."),
    ]


@pytest.mark.parametrize("question", MUST_NOT_ANSWER)
def test_what_the_library_does_not_cover_is_not_answered(client: httpx.Client, question: str) -> None:
    answer = ask(client, question)
    assert answer["outcome"] in ("not_covered", "out_of_scope")
    assert (answer["sentences"], answer["citations"]) == ([], [])
    assert re.findall(r"\[\d+\]", answer["text"]) == []


def test_a_recommendation_that_does_not_exist_is_named(client: httpx.Client) -> None:
    assert ask(client, "What does Recommendation 23 say?")["notices"] == [
        {"kind": "place", "text": "The library holds nothing at Recommendation 23.", "citations": []}
    ]


def test_a_regulation_named_with_its_year_is_found(client: httpx.Client) -> None:
    answer = ask(client, "What did regulation 77 of the Public Contracts Regulations 2015 allow?")
    assert answer["outcome"] == "answered"
    assert re.search(r"[Rr]egulation 77", answer["text"])


def test_standing_is_that_of_the_day_asked_for(client: httpx.Client) -> None:
    def standing(day: str) -> set[str]:
        answer = ask(client, SECTION_33, scope={"as_of": day})
        return {citation["standing"] for citation in answer["citations"] if citation["source_id"] == "pa-2023"}

    assert (standing("2020-01-01"), standing("2025-03-01")) == (set(), {"in_force"})  # nothing speaks for a day before it stood


@pytest.mark.parametrize(
    "scope",
    [
        None,
        {},
        {"sector": None, "stage": None, "audience": None, "as_of": None},
        {"stage": "pre_spin_out", "audience": "staff"},
        {"sector": "all"},
    ],
)
def test_a_scope_that_narrows_nothing_changes_nothing(client: httpx.Client, scope: dict[str, Any] | None) -> None:
    given, bare = ask(client, ESCALATION, scope=scope), ask(client, ESCALATION)
    assert given["scope"] == {**bare["scope"], **{name: value for name, value in (scope or {}).items() if value}}
    assert lasting({**given, "scope": {}}) == lasting({**bare, "scope": {}})


def test_a_conversation_keeps_its_id(client: httpx.Client) -> None:
    begun = ask(client, ESCALATION)["conversation_id"]
    assert ask(client, FUND, conversation_id=begun)["conversation_id"] == begun


@pytest.mark.parametrize(
    "question", ["W" * 2000, "?", "互助", "<script>alert(1)</script>", "[1](javascript:alert(1))", "'; DROP TABLE passages; --", "{{7*7}} ${x}"]
)
def test_odd_but_usable_questions_get_an_answer_that_repeats_nothing_of_them(client: httpx.Client, question: str) -> None:
    answer = ask(client, question)
    assert (answer["question"], set(answer)) == (question, FIELDS)
    assert question not in answer["text"] or question == "?"


@pytest.mark.parametrize("question", [*MUST_ANSWER, *MUST_NOT_ANSWER])
def test_the_streamed_answer_is_the_plain_one_and_its_progress_comes_first(client: httpx.Client, question: str) -> None:
    found = events(client, question)
    assert found[:-1] == [("progress", {"stage": stage}) for stage in STAGES]
    name, answer = found[-1]
    assert (name, list(answer["timings_ms"])) == ("answer", [*STAGES, "total"])
    assert lasting(answer) == lasting(ask(client, question))


def test_the_stream_keeps_to_the_scope(client: httpx.Client) -> None:
    scope = {"sector": "fire", "as_of": "2015-01-01"}
    assert lasting(events(client, SECTION_33, scope=scope)[-1][1]) == lasting(ask(client, SECTION_33, scope=scope))


def test_a_reader_who_leaves_a_stream_does_not_stop_the_server(client: httpx.Client) -> None:
    with client.stream("POST", "/api/v1/ask/stream", json={"question": ESCALATION}) as response:
        assert next(response.iter_lines()) == "event: progress"
    assert ask(client, ESCALATION)["outcome"] == "answered"
