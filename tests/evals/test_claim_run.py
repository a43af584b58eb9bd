"""Checking claims over HTTP, and the report of it."""

import json
from pathlib import Path

from pages import HOSTILE, Page

from assistant.checking.verdicts import Check, Verdict
from assistant.services import Services
from evals.claim_run import ClaimRun, check_all, html_report, report_of, summary, write
from evals.claims import Checked, GoldClaim, load_claims


def held(gold: Verdict, told: Verdict, confidence: float) -> Checked:
    places = [] if gold is Verdict.NOT_COVERED else [{"source": "s", "locator": "1"}]
    record = {"id": "x", "split": "dev", "topic": "t", "themes": ["rights"], "claim": HOSTILE, "verdict": gold, "gold": places, "note": "n"}
    return Checked(GoldClaim.model_validate(record), Check(check_id="c", claim=HOSTILE, verdict=told, explanation="", confidence=confidence, timings_ms={}))


RUN = ClaimRun((held(Verdict.SUPPORTED, Verdict.SUPPORTED, 0.9), held(Verdict.CONTRADICTED, Verdict.SUPPORTED, 0.7)), (30.0, 40.0), (10.0, 10.0))


def test_nothing_checked_is_reported_as_nothing() -> None:
    report = report_of(ClaimRun((), (), ()), "dev")
    assert (report["claims"], report["misses"], report["calibration"], report["by_theme"]) == (0, [], [], {})
    assert report["times_ms"] == {"check p50": 0.0, "check p95": 0.0, "bare embedding p50": 0.0, "check p50 / bare p50": 0.0}
    assert Page(html_report(report)).tags["svg"] == 1


def test_a_run_is_reported() -> None:
    report = report_of(RUN, "test")
    assert report["confusion"]["contradicted"] == {"supported": 1, "contradicted": 0, "partly": 0, "not_covered": 0}
    assert (report["by_theme"]["rights"]["mean"], report["by_theme"]["rights"]["cases"]) == (0.5, 2)
    assert report["times_ms"] == {"check p50": 40.0, "check p95": 40.0, "bare embedding p50": 10.0, "check p50 / bare p50": 4.0}
    assert report["calibration"] == [(0.7, 0.0, 1), (0.9, 1.0, 1)]
    assert "accuracy                           0.500" in summary(report)


def test_the_page_fetches_nothing_and_lets_no_claim_become_markup() -> None:
    page = Page(html_report(report_of(RUN, "test")))
    assert page.tags["svg"] == 2
    assert not {"script", "img", "iframe"} & set(page.tags)
    assert [address for address in page.addresses if not address.startswith("#")] == []


def test_the_report_is_written_whole(tmp_path: Path) -> None:
    report = report_of(RUN, "test")
    folder = write(report, tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == ["misses.md", "report.html", "report.json"]
    assert json.loads((folder / "report.json").read_text(encoding="utf-8")) == json.loads(json.dumps(report))
    assert (folder / "misses.md").read_text(encoding="utf-8").startswith("# Wrong verdicts\n\n- x: contradicted was called supported (0.70):")


def test_claims_are_checked_as_a_reader_would(services: Services) -> None:
    claims = load_claims("dev")[:3]
    run = check_all(services.settings, claims)
    assert [each.claim for each in run.checked] == claims
    assert [each.check.verdict for each in run.checked] == [services.checks.check(claim.claim, claim.scope).verdict for claim in claims]
    assert all(whole > 0 and bare > 0 for whole, bare in zip(run.whole, run.bare, strict=True))
