"""Browsing over HTTP: search, the catalogue, sources, passages, timeline and glossary."""

from typing import Any

import httpx
import pytest

from assistant.services import Services

PASSAGE_FIELDS = {
    "passage_id",
    "source_id",
    "title",
    "publisher",
    "published",
    "authority",
    "standing",
    "superseded_by",
    "url",
    "locator",
    "heading_path",
    "text",
    "sha256",
    "sentences",
    "is_original",
    "page",
    "address",
}
REPORT = "mutuals-taskforce-2012"


def get(client: httpx.Client, path: str, **query: Any) -> Any:
    response = client.get(path, params=query)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    return response.json()


def test_search_gives_eight_passages_unless_told_otherwise(client: httpx.Client) -> None:
    found = get(client, "/api/v1/search", q=" reserved  contracts ")
    assert (set(found), found["query"], len(found["results"])) == ({"query", "results"}, "reserved contracts", 8)
    assert [set(result) for result in found["results"]] == [{"score", "passage_id", "passage"}] * 8
    assert [set(result["passage"]) for result in found["results"]] == [PASSAGE_FIELDS] * 8


@pytest.mark.parametrize("k", [1, 2, 20, 50])
def test_search_gives_the_best_of_what_it_finds_each_once(client: httpx.Client, k: int) -> None:
    results = get(client, "/api/v1/search", q="reserved contracts", k=50)["results"]
    assert len({result["passage_id"] for result in results}) == len(results) > 20
    assert get(client, "/api/v1/search", q="reserved contracts", k=k)["results"] == results[:k]


@pytest.mark.parametrize(
    ("q", "source", "locator"),
    [("Recommendation 9", REPORT, "Recommendation 9"), ("rec 2(ii)", REPORT, "Recommendation 2"), ("section 33", "pa-2023", "s. 33")],
)
def test_a_place_named_comes_first(client: httpx.Client, q: str, source: str, locator: str) -> None:
    best = get(client, "/api/v1/search", q=q, k=1)["results"][0]["passage"]
    assert best["source_id"] == source
    assert best["locator"].startswith(locator)


@pytest.mark.parametrize("filters", [{"standing": "in_force"}, {"authority": "statute"}, {"standing": "historic", "authority": "independent_report"}])
def test_search_and_catalogue_are_narrowed_alike(client: httpx.Client, filters: dict[str, str]) -> None:
    results = get(client, "/api/v1/search", q="mutuals", k=50, **filters)["results"]
    sources = get(client, "/api/v1/sources", **filters)["sources"]
    assert {result["passage"]["source_id"] for result in results} <= {each["source"]["id"] for each in sources}
    assert results
    assert [each for each in sources if filters.items() - {"standing": each["standing_today"], "authority": each["source"]["authority"]}.items()] == []


def test_a_sector_keeps_what_speaks_for_all(client: httpx.Client) -> None:
    sectors = [set(each["source"]["sectors"]) for each in get(client, "/api/v1/sources", sector="fire")["sources"]]
    assert sectors
    assert [each for each in sectors if not each & {"all", "fire"}] == []


def test_the_catalogue_is_whole_and_in_order(client: httpx.Client, services: Services) -> None:
    sources = get(client, "/api/v1/sources")["sources"]
    ids = [each["source"]["id"] for each in sources]
    assert ids == sorted(services.live.current().store.sources)
    assert [set(each) for each in sources] == [{"source", "standing_today", "standing", "themes"}] * len(ids)


def test_a_source_has_its_passages(client: httpx.Client) -> None:
    page = get(client, f"/api/v1/sources/{REPORT}")
    succession = {"supersedes", "superseded", "superseded_by", "replaced_in", "replacing_in"}
    assert set(page) == {"source", "standing_today", "standing", "themes", "passages"} | succession
    assert (page["source"]["id"], page["source"]["authority"], page["standing_today"]) == (REPORT, "independent_report", "historic")
    assert {passage["source_id"] for passage in page["passages"]} == {REPORT}
    held = {passage["locator"].split("(")[0] for passage in page["passages"]}
    assert {f"Recommendation {number}" for number in range(1, 18)} <= held


def test_a_passage_reads_the_same_everywhere(client: httpx.Client) -> None:
    found = get(client, "/api/v1/search", q="escalation point", k=1)["results"][0]["passage"]
    alone = get(client, f"/api/v1/passages/{found['passage_id']}")
    assert {field: alone[field] for field in found} == found
    assert set(alone) - set(found) == {"originals", "previous", "next"}
    assert found in get(client, f"/api/v1/sources/{found['source_id']}")["passages"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({}, ["new-act", "old-regulations", "report-2012"]),
        ({"theme": "taskforce"}, ["new-act", "old-regulations", "report-2012"]),
        ({"theme": "stories"}, []),
        ({"q": "ACT"}, ["new-act"]),
        ({"q": ""}, ["new-act", "old-regulations", "report-2012"]),
        ({"q": "stationery", "theme": "taskforce", "standing": "in_force", "as_of": "2012"}, ["old-regulations"]),
    ],
)
def test_the_catalogue_is_narrowed_by_theme_words_and_day(dated_client: httpx.Client, query: dict[str, str], ids: list[str]) -> None:
    assert [each["source"]["id"] for each in get(dated_client, "/api/v1/sources", **query)["sources"]] == ids


def test_the_timeline_and_the_glossary_are_what_the_service_tells(dated_client: httpx.Client, dated_services: Services) -> None:
    browse = dated_services.browse
    assert get(dated_client, "/api/v1/timeline") == browse.timeline().model_dump(mode="json")
    assert get(dated_client, "/api/v1/timeline", sector="fire") == browse.timeline("fire").model_dump(mode="json")
    assert get(dated_client, "/api/v1/glossary") == {
        "terms": [{"term": "spin out", "meaning": "To leave the public sector and carry on the service.", "also": ["spinout"], "everyday": ["go it alone"]}]
    }


def test_a_source_and_a_passage_are_what_the_service_tells(dated_client: httpx.Client, dated_services: Services) -> None:
    browse = dated_services.browse
    for source in ("new-act", "old-regulations", "report-2012"):
        page = get(dated_client, f"/api/v1/sources/{source}")
        assert page == browse.source(source).model_dump(mode="json")
        for passage in page["passages"]:
            assert get(dated_client, f"/api/v1/passages/{passage['passage_id']}") == browse.passage(passage["passage_id"]).model_dump(mode="json")


def test_the_bundled_timeline_and_glossary_can_be_read(client: httpx.Client) -> None:
    changes = get(client, "/api/v1/timeline")["changes"]
    assert len(changes) > 20
    assert [change["id"] for change in changes if not change["passages"]] == []
    assert get(client, "/api/v1/timeline", sector="all")["changes"] == changes
    assert {change["id"] for change in get(client, "/api/v1/timeline", sector="probation")["changes"]} < {change["id"] for change in changes}
    assert len(get(client, "/api/v1/glossary")["terms"]) > 40
