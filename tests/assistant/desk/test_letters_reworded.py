"""Replies whose answers a language model worded: cited, kept, edited, approved and sent as any other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scripted_model import closes, fails, says, scripted

from assistant.desk.drafts import Drafted, LetterSentence
from assistant.desk.letters import parse_body
from assistant.people.person import RIGHTS, Actor
from assistant.services import Services, build_services
from assistant.settings import Settings
from evals.enquiries import gate_passes
from index.embedding import SentenceEmbedder

CAT = Actor(id="c" * 32, name="Cat", rights=RIGHTS["adviser"], role="adviser")
ANN = Actor(id="a" * 32, name="Ann", rights=RIGHTS["approver"], role="approver")
ENQUIRY = "Dear team,\n\nDo we have to become a community interest company? How long may a reserved contract last?\n\nKind regards,\nAnna Bell"
_PASSAGE = re.compile(r'<passage number="(\d+)">\n(.*?)\n</passage>', re.DOTALL)


def rewords(handler: Any) -> None:
    """Puts `also` into the sentences that it is given, each with its passage: what the gate lets through."""
    given = _PASSAGE.findall(handler.asked["messages"][-1]["content"])
    sentences = [(int(number), text) for number, texts in given for text in re.split(r"(?<=\.) (?=[A-Z])", texts)]
    said = [{"passages": [number], "text": re.sub(r" (may|must|is|are) ", r" \1 also ", text, count=1)} for number, text in sentences]
    says(json.dumps({"answered": True, "sentences": said}))(handler)


def invents(handler: Any) -> None:
    """One sentence that no passage holds."""
    says(json.dumps({"answered": True, "sentences": [{"passages": [1], "text": "Every mutual must pay £500 to the Cabinet Office by 4 May 2031."}]}))(handler)


def worded(services: Services, embedder: SentenceEmbedder, root: Path, base_url: str, **given: Any) -> Services:
    """The services over the bundled library, with a model, and a database of their own."""
    settings = Settings(
        data_dir=services.settings.data_dir,
        database_url=f"sqlite:///{root / 'letters.db'}",
        model_base_url=base_url,
        model_name="scripted",
        model_retries=0,
        **{"model_letters": True, **given},
    )
    return build_services(settings, embedder)


@pytest.fixture
def desk(services: Services, embedder: SentenceEmbedder, tmp_path: Path) -> Iterator[Services]:
    with scripted(rewords) as model:
        built = worded(services, embedder, tmp_path, model.base_url)
        yield built
        built.close()


def evidence(drafted: Drafted) -> list[LetterSentence]:
    return [sentence for sentence in drafted.sentences if sentence.kind == "evidence"]


def around(drafted: Drafted) -> list[tuple[str, int]]:
    """What the letter says around its evidence."""
    return [(sentence.text, sentence.paragraph) for sentence in drafted.sentences if sentence.kind != "evidence"]


def test_each_reworded_sentence_cites_what_it_rests_on(desk: Services, services: Services) -> None:
    drafted, plain = desk.drafting.draft(ENQUIRY), services.drafting.draft(ENQUIRY)
    assert [question.answer.engine for question in drafted.questions] == ["llm", "llm"]
    assert [sentence.text.replace(" also ", " ", 1) for sentence in evidence(drafted)] == [sentence.text for sentence in evidence(plain)]
    assert all(" also " in sentence.text and sentence.support == "supported" for sentence in evidence(drafted))
    assert (drafted.citations, around(drafted), drafted.notices) == (plain.citations, around(plain), plain.notices)
    assert [sentence.citations for sentence in drafted.sentences] == [sentence.citations for sentence in plain.sentences]
    assert set(gate_passes(drafted, desk.live.current().store)) == {1.0}
    written = [(sentence.text, tuple(sentence.citations), sentence.paragraph, sentence.item) for sentence in drafted.sentences]
    assert [tuple(sentence) for sentence in parse_body(drafted.body)] == written


@pytest.mark.parametrize("act", [fails(500), closes(), says(""), says("I cannot."), invents])
def test_whatever_the_model_does_wrong_the_letter_is_the_librarys(act: Any, services: Services, embedder: SentenceEmbedder, tmp_path: Path) -> None:
    with scripted(act) as model:
        desk = worded(services, embedder, tmp_path, model.base_url)
        drafted = desk.drafting.draft(ENQUIRY)
        desk.close()
    assert drafted.letter == services.drafting.draft(ENQUIRY).letter
    assert {question.answer.engine for question in drafted.questions} == {"extractive"}


def test_without_the_setting_the_model_is_not_asked(services: Services, embedder: SentenceEmbedder, tmp_path: Path) -> None:
    with scripted(rewords) as model:
        desk = worded(services, embedder, tmp_path, model.base_url, model_letters=False, engine="llm")
        drafted = desk.drafting.draft(ENQUIRY)
        desk.close()
        assert model.requests == []
    assert drafted.letter == services.drafting.draft(ENQUIRY).letter


def test_a_save_keeps_the_marks_of_what_is_unchanged_and_checks_what_is_not(desk: Services) -> None:
    draft = desk.drafts.create(CAT, ENQUIRY)
    first, *others = evidence(draft)
    numbered = next(sentence for sentence in others if "five years" in sentence.text)
    body = draft.body.replace("Anna Bell", "Ms Bell").replace(numbered.text.rstrip("."), numbered.text.replace("five years", "nine years").rstrip("."))
    saved = desk.drafts.save(CAT, draft.draft_id, 1, body)
    assert [sentence for sentence in evidence(draft) if sentence != numbered] == evidence(saved)
    [changed] = [sentence for sentence in saved.sentences if "nine years" in sentence.text]
    assert (changed.kind, changed.citations, changed.support) == ("human", numbered.citations, "contradicted")
    own_words = desk.drafts.save(CAT, draft.draft_id, 2, saved.body.replace(first.text, first.text.replace(" also ", " ")).replace("nine years", "five years"))
    back = [sentence for sentence in own_words.sentences if sentence.text in (first.text.replace(" also ", " "), numbered.text)]
    assert [(sentence.kind, sentence.support) for sentence in back] == [("evidence", "supported"), ("human", "supported")]


def test_it_is_approved_exported_and_sent(desk: Services) -> None:
    draft = desk.drafts.create(CAT, ENQUIRY)
    desk.drafts.submit(CAT, draft.draft_id, 1)
    approved = desk.drafts.approve(ANN, draft.draft_id, 1)
    told = desk.drafts.export(CAT, draft.draft_id, "txt").content.decode()
    assert all(sentence.text in " ".join(told.split()) for sentence in evidence(draft))
    sent = desk.drafts.mark_sent(CAT, draft.draft_id)
    assert (sent.state, sent.letter, approved.letter) == ("sent", draft.letter, draft.letter)
