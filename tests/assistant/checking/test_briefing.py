"""The briefing of checked claims, read back from its PDF."""

from datetime import date
from io import BytesIO

import pypdfium2
from checks import check

from assistant.checking.briefing import briefing
from assistant.checking.verdicts import Verdict

DAY = date(2026, 11, 23)


def pages(content: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(BytesIO(content))]


def test_half_a_dozen_claims_fit_on_one_page_with_all_that_settles_them() -> None:
    checks = [check(verdict, claim=f"Claim {number} <b>&") for number, verdict in enumerate([*Verdict, *Verdict][:6])]
    (page,) = pages(briefing(checks, DAY))
    assert [f"“Claim {number} <b>&”" in page for number in range(6)] == [True] * 6
    assert page.count("“Statement 1 costs £10 and “stands”.”") == 5
    assert page.count("https://example.org/report") == 5
    assert "Checked on 23 November 2026." in page
    assert "◐ Partly right: “Claim 2 <b>&”" in page


def test_the_same_claims_give_the_same_bytes() -> None:
    assert briefing([check()], DAY) == briefing([check()], DAY)


def test_nothing_checked_is_still_a_page() -> None:
    assert len(pages(briefing([], DAY))) == 1


def test_a_long_quotation_is_cut_at_a_word_and_the_cut_is_marked() -> None:
    cited = check().citations[0].model_copy(update={"quote": "word " * 100})
    (page,) = pages(briefing([check(citations=[cited])], DAY))
    assert f"“{'word ' * 63}word …”" in page
