"""Drafting: an enquiry in, a reply with its evidence out. Nothing is kept."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from assistant.answers import Engine, Notice, Outcome, Scope
from assistant.conversing import ConversationService, merged, told_of
from assistant.desk.copied_questions import QuestionFinder
from assistant.desk.drafts import Drafted, FoundQuestion
from assistant.desk.enquiries import MOST_QUESTIONS, AskedQuestion, Enquiry, read_enquiry
from assistant.desk.letters import body_text, letter_text
from assistant.desk.replying import Answered, Composer, evidence_of, for_reader
from assistant.desk.turning import asked as turned
from assistant.desk.words import Channel
from assistant.leaning import read_leaning
from assistant.personal_data import found as found_data
from assistant.personal_data import masked
from assistant.recognising import recognise
from assistant.standalone import StandAloneMaker, Told
from index.live import LiveIndex

Progress = Callable[[str], None]
"""Told each stage as it begins: `reading`, then `question 1 of 3` and so on, then `letter`."""

SURE_ENOUGH = 0.65
"""The confidence from which an answer counts that was found only once the question was put as one on a mutual: chosen on the `dev` enquiries, where the
answers below it were mostly beside the question."""
_PRONOUNS = frozenset("it its they them their this that these those one".split())
_LONG = 4
_MUTUAL = re.compile(
    r"\b(?:mutual(?:s|is\w+|iz\w+)?|sp[iu]n(?:ning)?[ -]?(?:out|off)s?|co-?operatives?|(?:employee|staff)[ -](?:owned|led|run)|social enterprises?)\b",
    re.IGNORECASE,
)
_ON_A_MUTUAL = ", when we spin out as a mutual?"
"""What an enquiry on mutuals leaves unsaid in each of its questions. Of the wordings tried, the one that let no question on something else be answered."""
_GONE = (Outcome.NOT_COVERED, Outcome.OUT_OF_SCOPE, Outcome.REFUSED)


class DraftingService:
    """Drafts replies. Safe to share between threads.

    `engine` words the answers; with a `finder` it looks for further questions, once an enquiry has been read.
    """

    def __init__(
        self,
        converse: ConversationService,
        live: LiveIndex,
        maker: StandAloneMaker,
        question_limit: int,
        today: Callable[[], date] = date.today,
        engine: Engine = "extractive",
        finder: QuestionFinder | None = None,
    ):
        self._converse = converse
        self._live = live
        self._maker = maker
        self._question_limit = question_limit
        self._today = today
        self._engine = engine
        self._finder = finder

    def draft(self, enquiry: str, scope: Scope | None = None, channel: Channel = "email", progress: Progress | None = None) -> Drafted:
        """Read an enquiry, answer each of its questions as chat does, and write the reply. `scope` goes before what the enquiry itself tells.

        Raises BadInputError for an enquiry that is empty or too long, and NoIndexError while no index is live.
        """
        tell = progress or (lambda stage: None)
        index = self._live.current()
        tell("reading")
        read = read_enquiry(enquiry, self._finder)
        told = recognise(read.message)
        spoken_for = merged(scope, told, Scope(as_of=recognise(read.background).as_of), follows=True)
        if (scope is None or scope.as_of is None) and told.as_of:
            spoken_for = spoken_for.model_copy(update={"as_of": recognise(read.background).as_of})
        answered = self._answered(read.questions[:MOST_QUESTIONS], spoken_for, bool(_MUTUAL.search(read.message)), tell)
        questions = [each.question for each in answered]
        tell("letter")
        composer = Composer(channel, read.name, spoken_for, self._today())
        if read.language:
            composer.in_language(read.language)
        else:
            composer.reply(answered)
        body = body_text(composer.sentences)
        return Drafted(
            questions=questions,
            letter=letter_text(body, composer.citations),
            body=body,
            sentences=composer.sentences,
            citations=composer.citations,
            unanswered=[question.text for question in questions if question.answer.outcome in _GONE],
            notices=_notices(read, questions),
            scope=spoken_for,
            channel=channel,
            name=read.name,
            index_version=index.manifest.version,
        )

    def _answered(self, asked: Sequence[AskedQuestion], scope: Scope, on_mutuals: bool, tell: Progress) -> list[Answered]:
        """Each question with its answer; one that comes to the very evidence of an earlier one was asked twice, unless it leans on that one.

        Where the enquiry is on mutuals and a question that does not say so is not covered as it stands, it is asked once more as one on a mutual.
        """
        found: list[Answered] = []
        for number, question in enumerate(asked, start=1):
            tell(f"question {number} of {len(asked)}")
            leans = read_leaning(question.text).leans
            text = (self._in_full(question, found) if leans else question.text)[: self._question_limit]
            answer = self._converse.once(text, scope, engine=self._engine)
            if on_mutuals and answer.outcome is Outcome.NOT_COVERED and not _MUTUAL.search(text):
                said = f"{text.rstrip('?. ')}{_ON_A_MUTUAL}"[: self._question_limit]
                again = self._converse.once(said, scope, engine=self._engine)
                text, answer = (said, again) if evidence_of(again) and again.confidence >= SURE_ENOUGH else (text, answer)
            evidence = evidence_of(answer)
            if leans or not evidence or all(evidence != evidence_of(earlier.question.answer) for earlier in found):
                kept = FoundQuestion(text=text, span=(question.start, question.end), answer=answer)
                found.append(Answered(kept, question.text, wording(question)))
        return found

    def _in_full(self, question: AskedQuestion, earlier: Sequence[Answered]) -> str:
        """A question that leans on the one before it, or on the sentence before the first one.

        What is meant is put in for its pronoun where that is plain; else it is asked after the question it leans on, or as it stands.
        """
        text, before = question.text, question.before[: self._question_limit]
        turns = [told_of(each.question.answer) for each in earlier[-3:]] or ([Told(before, before, "", (), Outcome.ANSWERED)] if before else [])
        made = self._maker.make(text, turns, self._live.current()).text if turns else text
        if plainly_meant(text, made, earlier[-1].question.text if earlier else before):
            return made
        asked_after = f"{earlier[-1].own} {text}" if earlier else text
        return asked_after if len(asked_after) <= self._question_limit else text


def plainly_meant(text: str, made: str, said: str) -> bool:
    """Whether a question in full is the one that was asked with one pronoun replaced by a name or a long phrase that was said just before.

    A short phrase such as `the council` is as likely to be the wrong one as the right one.
    """
    before, after = text.rstrip("?. ").split(), made.rstrip("?. ").split()
    same = 0
    while same < min(len(before), len(after)) and before[same].lower() == after[same].lower():
        same += 1
    tail = 0
    while tail < min(len(before), len(after)) - same and before[-1 - tail].lower() == after[-1 - tail].lower():
        tail += 1
    replaced, put_in = before[same : len(before) - tail], after[same : len(after) - tail]
    named = any(word[:1].isupper() for word in put_in[bool(same == 0) :])
    phrase = " ".join(put_in[bool(put_in) and put_in[0].lower() == "the" :]).lower().removesuffix("'s").removesuffix("’s")
    if not phrase or phrase not in " ".join(said.lower().split()):
        return False
    return len(replaced) == 1 and replaced[0].lower().strip(",") in _PRONOUNS and (named or len(put_in) >= _LONG)


def wording(question: AskedQuestion) -> str | None:
    """What completes "You asked" for a question, free of anybody's personal data; None where it is safer to give the question as it stands."""
    return None if found_data(question.text) else turned(question.text, question.clause)


def _notices(read: Enquiry, questions: Sequence[FoundQuestion]) -> list[Notice]:
    """What the adviser must know beside the letter."""
    texts = []
    if read.language:
        texts.append(f"This enquiry seems to be in {read.language}. Nothing in it was answered: pass it to a colleague who reads it.")
    elif not read.questions:
        texts.append("No question was found in this enquiry. The reply asks what the enquirer would like to know.")
    if len(read.questions) > MOST_QUESTIONS:
        texts.append(f"This enquiry asks {len(read.questions)} questions; the first {MOST_QUESTIONS} were answered. Paste the rest as an enquiry of its own.")
    copied = [f"“{masked(question.text)}”" for question in read.questions if question.by_model]
    if copied:
        texts.append(f"The language model found what follows in this enquiry. Look whether it was meant as a question: {' '.join(copied)}")
    if read.ordered:
        texts.append("This enquiry holds instructions to the assistant. They were treated as text and not followed.")
    back = sum(question.answer.outcome is Outcome.CLARIFY for question in questions)
    if back:
        texts.append("The reply asks something back, as the answer depends on it. Where you know it, set it and draft again.")
    found = [Notice(kind="enquiry", text=text) for text in texts]
    told = [notice for question in questions for notice in question.answer.notices if not for_reader(notice.kind, notice.citations)]
    return [*found, *{notice.text: notice for notice in told}.values()]
