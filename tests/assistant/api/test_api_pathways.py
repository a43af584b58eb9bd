"""The pathway navigator over HTTP: which pathways there are, one of them, the same as a document, and what is wrong with a request."""

from io import BytesIO
from typing import Any

import httpx
import pypdfium2
import pytest
from docx import Document

from assistant.pathway_documents import as_pdf, as_word, blocks
from assistant.sectors import SECTOR_WORDS
from assistant.services import Services
from corpus.dates import PartialDate

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BASE = "/api/v1/pathways"


def problem(response: httpx.Response) -> tuple[int, str, Any, list[dict[str, str]]]:
    body = response.json()
    return response.status_code, response.headers["content-type"], body["detail"], body["errors"]


def test_the_list_and_each_pathway_are_what_the_service_tells(client: httpx.Client, services: Services) -> None:
    listed = client.get(BASE).json()
    assert listed == services.pathways.overview().model_dump(mode="json")
    assert [each["sector"] for each in listed["sectors"]] == list(SECTOR_WORDS)
    assert len(listed["stages"]) == 12
    for sector in ("all", "libraries", "nhs_trust"):
        assert client.get(f"{BASE}/{sector}").json() == services.pathways.pathway(sector).model_dump(mode="json")
    then = client.get(f"{BASE}/fire", params={"as_of": "2013-02"}).json()
    assert then == services.pathways.pathway("fire", PartialDate("2013-02")).model_dump(mode="json")
    assert then["as_of"] == "2013-02-28"


def test_the_documents_are_what_the_service_makes(client: httpx.Client, services: Services) -> None:
    found = services.pathways.pathway("youth", PartialDate("2020-01-31"))
    asked = {"as_of": "2020-01-31"}
    pdf = client.get(f"{BASE}/youth/download", params=asked)
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    assert pdf.headers["content-disposition"] == 'attachment; filename="pathway-youth-2020-01-31.pdf"'
    assert pdf.content == as_pdf(found)
    assert "As on 31 January 2020" in pypdfium2.PdfDocument(pdf.content)[0].get_textpage().get_text_range()
    word = client.get(f"{BASE}/youth/download", params={**asked, "format": "docx"})
    assert (word.status_code, word.headers["content-type"]) == (200, WORD)
    assert word.headers["content-disposition"] == 'attachment; filename="pathway-youth-2020-01-31.docx"'
    assert word.content == as_word(found)
    assert [paragraph.text for paragraph in Document(BytesIO(word.content)).paragraphs] == [block.text for block in blocks(found)]


@pytest.mark.parametrize("path", ["no-such", "NHS", "no-such/download"])
def test_a_sector_that_is_none_is_not_found(client: httpx.Client, path: str) -> None:
    named = path.split("/")[0]
    detail = f"There is no pathway with the id '{named}'. There is one for each of {', '.join(SECTOR_WORDS)}."
    assert problem(client.get(f"{BASE}/{path}")) == (404, "application/problem+json", detail, [])


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("fire", {"as_of": "soon"}, "as_of"),
        ("fire", {"as_of": "2020-02-31"}, "as_of"),
        ("fire", {"day": "2020"}, "day"),
        ("fire/download", {"as_of": ""}, "as_of"),
        ("fire/download", {"format": "odt"}, "format"),
    ],
)
def test_what_is_wrong_is_named(client: httpx.Client, path: str, query: dict[str, str], field: str) -> None:
    status, kind, _, errors = problem(client.get(f"{BASE}/{path}", params=query))
    assert (status, kind, [each["field"] for each in errors]) == (422, "application/problem+json", [field])


def test_another_method_is_told(client: httpx.Client) -> None:
    response = client.post(f"{BASE}/fire")
    assert (response.status_code, response.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize("path", ["", "/fire", "/fire/download"])
def test_without_an_index_it_is_a_503(bare_client: httpx.Client, path: str) -> None:
    response = bare_client.get(f"{BASE}{path}")
    assert (response.status_code, response.headers["retry-after"]) == (503, "30")
