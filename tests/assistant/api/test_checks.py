"""Checking over HTTP: the contract's exact shape, each verdict, and what is wrong with a request."""

from typing import Any

import httpx
import pytest

FIELDS = {"check_id", "claim", "verdict", "explanation", "parts", "citations", "notices", "related", "suggestion", "scope", "confidence", "timings_ms"}
FIVE_YEARS = "Under the New Act a contract can be reserved for a mutual for up to {} years."


def posted(client: httpx.Client, claim: str, **more: Any) -> dict[str, Any]:
    response = client.post("/api/v1/checks", json={"claim": claim, **more})
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    assert set(body) == FIELDS
    return body


@pytest.mark.parametrize(
    ("claim", "verdict", "cited"),
    [
        (FIVE_YEARS.format("five"), "supported", ["s. 33"]),
        (FIVE_YEARS.format("ten"), "contradicted", ["s. 33"]),
        ("Interest rates went up by half a percent last week.", "not_covered", []),
        ("Mutuals are great", "not_covered", []),
    ],
)
def test_a_claim_gets_its_verdict(dated_client: httpx.Client, claim: str, verdict: str, cited: list[str]) -> None:
    body = posted(dated_client, claim)
    assert (body["claim"], body["verdict"], [citation["locator"] for citation in body["citations"]]) == (claim, verdict, cited)
    assert set(body["timings_ms"]) >= {"total"}


def test_the_day_of_the_scope_decides(dated_client: httpx.Client) -> None:
    claim = "A reserved contract can last no longer than three years under the Old Regulations 2010."
    verdicts = [posted(dated_client, claim, scope=scope)["verdict"] for scope in ({}, {"as_of": "2015-06-01"})]
    assert verdicts == ["contradicted", "supported"]


def test_a_quote_is_in_its_passage_to_the_letter(dated_client: httpx.Client) -> None:
    citation = posted(dated_client, FIVE_YEARS.format("five"))["citations"][0]
    passage = dated_client.get(f"/api/v1/passages/{citation['passage_id']}").json()
    assert citation["quote"] in passage["text"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "claim"),
        ({"claim": ""}, "claim"),
        ({"claim": "x" * 3000}, "claim"),
        ({"claim": "Staff must vote.", "question": "?"}, "question"),
        ({"claim": "Staff must vote.", "scope": {"as_of": "soon"}}, "scope.as_of"),
    ],
)
def test_what_is_wrong_is_named(dated_client: httpx.Client, body: dict[str, Any], field: str) -> None:
    response = dated_client.post("/api/v1/checks", json=body)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_without_an_index_it_says_so(bare_client: httpx.Client) -> None:
    assert bare_client.post("/api/v1/checks", json={"claim": "Staff must vote."}).status_code == 503
