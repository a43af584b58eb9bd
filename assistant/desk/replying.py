"""Composing a reply: each question found is taken up in turn with its evidence, numbered across the whole letter, in plain British official English."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from assistant.advising import ADVISERS, DECISION
from assistant.advising import NOTICE as GENERAL
from assistant.answers import Answer, Citation, Outcome, Scope
from assistant.desk.drafts import FoundQuestion, LetterSentence
from assistant.desk.names import addressed
from assistant.desk.words import Channel
from assistant.nations import NATION_WORDS
from assistant.personal_data import masked
from assistant.refusing import PERSONAL_DATA
from assistant.sectors import label_of, within_a_sentence
from corpus.sources import Authority

SERVICE = "Mutuals Information Service"
SENDER = "[Your name]"
NOT_COVERED = (
    "We have not found an answer to this in the published guidance that we hold, and we do not want to guess.",
    "For a decision that depends on it, please ask your organisation’s own legal, HR, pensions or procurement advisers, or your trade union.",
)
OUT_OF_SCOPE = (
    "This is outside what our service covers.",
    "We answer questions about public service mutuals in the UK, and about the rights, support, procurement, employment and pensions that go with them.",
)
DECIDED = ("This turns on your own circumstances, so it is not for us to settle.", f"Before you decide anything, please ask {ADVISERS}.")
OF_PEOPLE = ("We cannot help with personal details of other people.",)
CLOSING = "Please write to us again if anything is unclear, or if your plans change."
_TOLD = ("authority", "standing", "as_of", "place", "scope", "advice")
_THANKS: dict[Channel, str] = {"email": "Thank you for your email.", "phone": "", "letter": "Thank you for your letter."}
_WEIGHT = {
    Authority.INDEPENDENT_REPORT: "What an independent report recommends is not government policy.",
    Authority.COMMENTARY: "Some sources are commentary and not official, so please check the official text before relying on them.",
}
_MARKED = re.compile(r"(?:(?<!\\)\[\d+\])+")
"""The markers that end a sentence; brackets of its own are escaped in Markdown."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Answered(NamedTuple):
    """A question found with its answer, as the enquirer put it (`own`), and what completes "You asked" (`wording`) where that is safe."""

    question: FoundQuestion
    own: str
    wording: str | None


class Composer:
    """Builds one reply, sentence by sentence. `day` is the day it is written on."""

    def __init__(self, channel: Channel, name: str, scope: Scope, day: date):
        self._channel = channel
        self._name = name
        self._scope = scope
        self._day = day
        self._paragraph = -1
        self._told: set[str] = set()
        self.sentences: list[LetterSentence] = []
        self.citations: list[Citation] = []

    def reply(self, questions: Sequence[Answered]) -> None:
        """The whole reply to the questions found, in their order; without any, one that asks what they would like to know."""
        self._open()
        if questions:
            self._begin(questions)
            for number, each in enumerate(questions, start=1):
                self._take_up(number if len(questions) > 1 else 0, each, questions[: number - 1])
            self._ground(questions)
        else:
            self._say("You did not say in so many words what you would like to know about public service mutuals.", new=True)
            self._say(
                "Please send us your questions, with the service you work in and how far your plans have come, and we will look for the guidance on them."
            )
        self._close()

    def in_language(self, language: str) -> None:
        """A reply to an enquiry that is not in English: nothing in it is answered by guessing."""
        self._open()
        known = language != "another language"
        self._say(f"It seems to be written in {language}." if known else "It does not seem to be written in English.", new=self._channel != "letter")
        self._say(
            f"We have passed it to a colleague who reads {language}, and will reply as soon as we can." if known else "We will find a colleague who reads it."
        )
        self._close()

    def _open(self) -> None:
        if self._channel == "phone":
            self._say("Call note", new=True)
            self._say(f"Caller: {self._name}" if self._name else "Caller: name not given")
            return
        if self._channel == "letter":
            self._say(SERVICE, new=True)
            self._say("[Address of the service]")
            self._say(f"{self._day.day} {self._day:%B %Y}", new=True)
            self._say("[Name and address of the enquirer]", new=True)
        self._say(addressed(self._name), new=True)
        self._say(_THANKS[self._channel], new=True)

    def _begin(self, questions: Sequence[Answered]) -> None:
        count = len(questions)
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        fitted = self._fitted()
        if self._channel == "phone":
            self._say(f"{number.capitalize()} question{'s' * (count > 1)} asked.", new=True)
            if fitted:
                self._say(f"The answers are {fitted}.")
            return
        if count > 1:
            self._say(f"You asked {number} questions, and we take them in turn.")
        self._say(f"What follows is {fitted}." if fitted else "What follows is taken from published guidance.")

    def _fitted(self) -> str:
        """For whom the answers are, in our words."""
        service = f"for {within_a_sentence(self._scope.sector)}" if self._scope.sector and self._scope.sector not in ("all", "other") else ""
        where = f"in {NATION_WORDS[self._scope.nation]}" if self._scope.nation else ""
        told = " ".join(each for each in (service or ("for services" if where else ""), where) if each)
        return f"taken from published guidance {told}" if told else ""

    def _take_up(self, number: int, asked: Answered, earlier: Sequence[Answered]) -> None:
        answer = asked.question.answer
        self._say(self._lead(number, asked.own, asked.wording), new=True)
        evidence = evidence_of(answer)
        same = [place for place, each in enumerate(earlier, start=1) if evidence and evidence == evidence_of(each.question.answer)]
        if same:
            self._say(f"Our answer to question {same[0]} is the guidance on this too.", item=self._channel == "phone")
        elif answer.outcome in (Outcome.ANSWERED, Outcome.PARTIAL):
            self._evidence(answer)
        else:
            for sentence in self._without_answer(answer):
                self._say(sentence, item=self._channel == "phone")
        self._notices(answer)

    def _lead(self, number: int, question: str, wording: str | None) -> str:
        """What was asked, without anybody's personal data."""
        if self._channel == "phone":
            return f"{number or 1}. Asked: “{masked(question)}”"
        count = f"{number}. " if number else ""
        return f"{count}You asked {wording}." if wording else f"{count}You asked: “{masked(question)}”"

    def _evidence(self, answer: Answer) -> None:
        """The evidence of one answer. What the letter tells already is pointed back to by its number instead; a list stays whole."""
        told = {number for sentence in self.sentences if sentence.kind == "evidence" for number in sentence.citations}
        again: list[int] = []
        for sentence, item in zip(answer.sentences, _items(answer), strict=True):
            numbers = [self._number(answer, each) for each in sentence.citations]
            if not item and told.issuperset(numbers):
                again += numbers
            else:
                self._add(sentence.text, "evidence", numbers, item=item or self._channel == "phone")
        if again:
            self._add("What we said above applies here too.", "connective", list(dict.fromkeys(again)), item=self._channel == "phone")

    def _number(self, answer: Answer, number: int) -> int:
        """The number in the letter of a citation of one answer: the same for the same span."""
        wanted = next(citation for citation in answer.citations if citation.number == number)
        for citation in self.citations:
            if (citation.passage_id, citation.quote) == (wanted.passage_id, wanted.quote):
                return citation.number
        self.citations.append(wanted.model_copy(update={"number": len(self.citations) + 1}))
        return len(self.citations)

    def _without_answer(self, answer: Answer) -> Sequence[str]:
        if answer.outcome is Outcome.CLARIFY and answer.clarify:
            labels = [label_of(choice.value) if answer.clarify.field == "sector" else choice.label for choice in answer.clarify.choices]
            differs = "services" if answer.clarify.field == "sector" else "the nations of the UK" if answer.clarify.field == "nation" else "stages"
            asks = {"sector": "which service you work in", "nation": "where your service is", "stage": "how far you have come"}[answer.clarify.field]
            return (f"The answer differs between {differs}.", f"Could you tell us {asks}: {', '.join(labels[:-1])} or {labels[-1]}?")
        if answer.outcome is Outcome.NOT_COVERED:
            return NOT_COVERED
        if answer.outcome is Outcome.REFUSED:
            return DECIDED if answer.text == DECISION else OF_PEOPLE if answer.text == PERSONAL_DATA else NOT_COVERED
        return OUT_OF_SCOPE

    def _notices(self, answer: Answer) -> None:
        """What the reader must know of the sources, once in a letter; what only makes sense on a screen is for the adviser."""
        for notice in answer.notices:
            if notice.text in self._told or not for_reader(notice.kind, notice.citations) or notice.text == GENERAL or notice.kind == "authority":
                continue  # weight is told of once for the whole letter
            self._told.add(notice.text)
            numbers = list(dict.fromkeys(self._number(answer, each) for each in notice.citations))
            self._add(notice.text, "connective", numbers, item=self._channel == "phone")

    def _ground(self, questions: Sequence[Answered]) -> None:
        """What the reply rests on, and what it is not."""
        day = self._scope.as_of.last if self._scope.as_of else self._day
        self._say("This is general guidance, not advice on your own case.", new=True)
        if self.citations:
            self._say(f"The sources are listed below with their standing on {day.day} {day:%B %Y}.")
        for authority, text in _WEIGHT.items():
            numbers = [citation.number for citation in self.citations if citation.authority is authority]
            if numbers:
                self._add(text, "connective", numbers)
        if any(each.question.answer.outcome is Outcome.PARTIAL for each in questions):
            self._say(f"For advice on your own position, please ask {ADVISERS}.")

    def _close(self) -> None:
        if self._channel == "phone":
            return
        self._say(CLOSING, new=True)
        self._say("Yours sincerely," if self._name else "Yours faithfully," if self._channel == "letter" else "Kind regards,", new=True)
        self._say(SENDER)
        self._say(SERVICE)

    def _say(self, text: str, new: bool = False, item: bool = False) -> None:
        if text:
            self._add(text, "connective", [], new, item)

    def _add(self, text: str, kind: str, citations: list[int], new: bool = False, item: bool = False) -> None:
        self._paragraph += new or self._paragraph < 0
        given = {"text": " ".join(text.split()), "kind": kind, "citations": citations, "paragraph": self._paragraph, "item": item}
        self.sentences.append(LetterSentence.model_validate(given | {"support": "supported" if kind == "evidence" else "not_needed"}))


def evidence_of(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The places that an answer rests on, with their words."""
    return tuple((citation.passage_id, citation.quote) for citation in answer.citations)


def for_reader(kind: str, citations: Sequence[int]) -> bool:
    """Whether a notice belongs in a letter: one on a setting of the screen does not."""
    return kind in _TOLD and (kind != "scope" or bool(citations))


def _items(answer: Answer) -> list[bool]:
    """Which sentences of an answer are told as list items, as its Markdown has them."""
    marks = [line.startswith("- ") for line in answer.text.split("\n") for _ in _MARKED.finditer(line)]
    return marks if len(marks) == len(answer.sentences) else [False] * len(answer.sentences)
