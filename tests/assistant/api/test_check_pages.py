"""The check pages over real HTTP: they need no scripts."""

from io import BytesIO

import httpx
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx import Document

CLAIM = "The Mutuals Support Programme was worth £100 million."


def read(response: httpx.Response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def verdicts(response: httpx.Response) -> list[str]:
    return [str(article.get("class", [""])[1]) for article in read(response).select("article.verdict")]


def problem(response: httpx.Response) -> str:
    (found,) = read(response).select("#error a")
    return found.get_text()


def test_the_pages_ask_nobody_else_for_anything_and_are_small(client: httpx.Client) -> None:
    for path in ("/check", "/check/text"):
        response = client.get(path)
        assert response.status_code == 200
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert read(response).select("[src], link") == []
        assert len(response.content) < 20_000


def test_a_link_can_bring_a_claim_that_is_not_checked_yet(client: httpx.Client) -> None:
    response = client.get("/check", params={"claim": "<b>Trusts must help"})
    (field,) = read(response).select("textarea")
    assert (field.get_text(), verdicts(response)) == ("<b>Trusts must help", [])


def test_a_claim_gets_the_verdict_that_the_api_gives(client: httpx.Client) -> None:
    told = client.post("/api/v1/checks", json={"claim": CLAIM}).json()
    response = client.post("/check", data={"claim": CLAIM})
    assert response.status_code == 200
    assert verdicts(response) == [f"verdict-{told['verdict']}"]
    (why,) = read(response).select("article .why")
    assert why.get_text() == told["explanation"]


def test_several_claims_and_those_of_before(client: httpx.Client) -> None:
    response = client.post("/check", data={"claim": f"- {CLAIM}\n\n- Staff transfer.", "earlier": ["Mutuals pay no tax.", CLAIM, "x" * 5000]})
    page = read(response)
    assert [claim.get_text() for claim in page.select("article .claim")] == [f"“{CLAIM}”", "“Staff transfer.”"]
    assert [item.get_text().split("“")[1].split("”")[0] for item in page.select(".before li")] == ["Mutuals pay no tax."]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "The claim is empty. Type what somebody said, for example: You have to become a community interest company."),
        ({"claim": "a\n" * 21}, "The claim has 21 lines; the most at once is 20. Check a longer text as a whole text."),
        ({"claim": CLAIM, "as_of": "soon"}, None),
        ({"claim": CLAIM, "sector": "circus"}, "The service or nation is not one of those in the list. Choose it from the list."),
        ({"claim": "x " * 600}, None),
    ],
)
def test_what_cannot_be_checked_is_told_and_kept_in_the_field(data: dict[str, str], told: str | None, client: httpx.Client) -> None:
    response = client.post("/check", data=data)
    assert response.status_code == 422
    assert told is None or problem(response) == told
    assert read(response).select_one("textarea").get_text() == data.get("claim", "")  # type: ignore[union-attr]


def test_a_body_too_large(client: httpx.Client) -> None:
    assert client.post("/check/text", data={"text": "x" * 300_000}).status_code == 413


def test_before_there_is_an_index(bare_client: httpx.Client) -> None:
    for path, data in (("/check", {"claim": CLAIM}), ("/check/text", {"text": CLAIM}), ("/check/briefing", {"claim": CLAIM})):
        response = bare_client.post(path, data=data)
        assert (response.status_code, "no index yet" in problem(response)) == (503, True)


def test_the_briefing_is_a_pdf_of_what_was_checked(client: httpx.Client) -> None:
    response = client.post("/check/briefing", data={"claim": [CLAIM, "Staff transfer."]})
    assert response.headers["Content-Type"] == "application/pdf"
    text = " ".join(pypdfium2.PdfDocument(BytesIO(response.content))[0].get_textpage().get_text_range().split())
    assert [f"“{claim}”" in text for claim in (CLAIM, "Staff transfer.")] == [True, True]


def test_a_whole_text_is_marked_and_can_be_taken_away(client: httpx.Client) -> None:
    text = f"Dear all,\r\n\r\n{CLAIM} Thank you!"
    response = client.post("/check/text", data={"text": text})
    (whole,) = read(response).select(".whole")
    assert [mark.get_text().startswith(CLAIM) for mark in whole.select("mark")] == [True]
    download = client.post("/check/text/download", data={"text": text})
    paragraphs = [paragraph.text for paragraph in Document(BytesIO(download.content)).paragraphs]
    assert paragraphs[2] == "Dear all,"
    assert paragraphs[3].startswith(f"{CLAIM} [")
    assert client.post("/check/text", data={"text": " "}).status_code == client.post("/check/text/download", data={"text": ""}).status_code == 422
