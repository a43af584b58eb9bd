"""The sayings are of sentences that stand in the library, and their figures are what they say."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import Scope
from assistant.checking.verdicts import Check, Verdict
from corpus.library import load_library
from evals.claims import load_claims
from evals.sayings import Saying, load_sayings, said_scores
from index.terms import terms

S, C, N = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_COVERED
RUN = 9
"""Words of a saying that may not stand in its sentence one after another."""


def line(**fields: Any) -> str:
    return json.dumps({"section": "note.section", "sentence": "It is so.", "true": ["so it is"], "false": ["it is not so"]} | fields)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["{}"], "rights.jsonl:1"),
        ([line(), "no JSON"], "rights.jsonl:2"),
        ([line(true=[])], "true"),
        ([line(false=[])], "false"),
        ([line(maybe=["perhaps"])], "maybe"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, lines: list[str], why: str) -> None:
    (tmp_path / "rights.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(why)):
        load_sayings(tmp_path)


def test_lines_are_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "rights.jsonl").write_text(line() + "\n" + line(section="note.other", open=["it may be so"]) + "\n", encoding="utf-8")
    (tmp_path / "assets.jsonl").write_text(line(section="land.section") + "\n", encoding="utf-8")
    found = load_sayings(tmp_path)
    assert [saying.section for saying in found] == ["land.section", "note.section", "note.other"]
    assert list(found[2].claims()) == [("so it is", S), ("it is not so", C)]
    assert found[1].is_learned_from == found[2].is_learned_from


def test_every_saying_is_of_a_sentence_that_stands_in_the_library() -> None:
    sections = {section.id: {section.quote(sentence) for sentence in section.sentences} for section in load_library().sections()}
    assert [saying for saying in load_sayings() if saying.sentence not in sections.get(saying.section, ())] == []


def test_every_sentence_and_every_saying_of_it_is_told_once() -> None:
    sayings = load_sayings()
    assert len(sayings) >= 1_500
    assert [sentence for sentence, count in Counter((each.section, each.sentence) for each in sayings).items() if count > 1] == []
    twice = [each.section for each in sayings for ways in [(*each.true, *each.false, *each.open)] if len({way.casefold() for way in ways}) < len(ways)]
    assert twice == []


def test_a_saying_says_it_in_other_words() -> None:
    copied = [way for each in load_sayings() for way in each.true if way.casefold() == each.sentence.casefold().rstrip(".")]
    copied += [way for each in load_sayings() for way in each.true if any(run in f" {' '.join(terms(each.sentence))} " for run in runs(way))]
    assert copied == []


def runs(text: str) -> list[str]:
    words = terms(text)
    return [f" {' '.join(words[at : at + RUN])} " for at in range(len(words) - RUN + 1)]


def test_no_saying_is_a_claim_that_is_measured() -> None:
    claims = {" ".join(terms(claim.claim)) for claim in load_claims()}
    assert [way for each in load_sayings() for way in (*each.true, *each.false, *each.open) if " ".join(terms(way)) in claims] == []


def test_both_halves_hold_about_as_much() -> None:
    learned = [each.is_learned_from for each in load_sayings()]
    assert 0.3 < sum(learned) / len(learned) < 0.7


def test_figures() -> None:
    checked = [(S, made(S, 0.9)), (S, made(N, 0.3)), (S, made(C, 0.7)), (C, made(C, 0.8)), (C, made(S, 0.8))]
    scores = {name: (round(each.mean, 3), each.cases) for name, each in said_scores(checked).items() if each.cases}
    assert scores == {
        "true called supported": (0.333, 3),
        "true called contradicted": (0.333, 3),
        "true called partly": (0.0, 3),
        "true called not_covered": (0.333, 3),
        "false called supported": (0.5, 2),
        "false called contradicted": (0.5, 2),
        "false called partly": (0.0, 2),
        "false called not_covered": (0.0, 2),
        "supported, precision": (0.5, 2),
        "contradicted, precision": (0.5, 2),
        "settled, confidence told": (0.8, 4),
        "settled, right": (0.5, 4),
    }


def made(verdict: Verdict, confidence: float) -> Check:
    return Check(check_id="a", claim="It is so.", verdict=verdict, explanation="It is.", scope=Scope(), confidence=confidence, timings_ms={})


def test_a_saying_tells_its_half_by_its_note() -> None:
    assert (
        Saying(section="a.b", sentence="c", true=("d",), false=("e",)).is_learned_from
        == Saying(section="a.z", sentence="y", true=("x",), false=("w",)).is_learned_from
    )
