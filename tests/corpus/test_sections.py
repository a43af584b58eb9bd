"""Sections and their sentences."""

from corpus.sections import Role, Section, Sentence


def section(text: str, *sentences: Sentence) -> Section:
    return Section("note.one", "note", "act", "s. 1", ("Note", "One"), text, 100, sentences)


def test_a_quote_is_exactly_the_span_of_the_text() -> None:
    lead, item = Sentence(0, 10, Role.LEAD_IN, "s. 1"), Sentence(18, 22, Role.ITEM, "s. 1(a)")
    made = section("The first:\n\n- (a) One.", lead, item)
    assert [made.quote(sentence) for sentence in made.sentences] == ["The first:", "One."]


def test_a_section_says_nothing_of_what_it_was_not_told() -> None:
    made = section("One.")
    assert (made.page, made.asks, made.topics, made.sectors, made.audiences, made.path, made.line) == (None, (), (), (), (), None, 1)


def test_roles_are_told_in_words() -> None:
    assert [str(role) for role in Role] == ["prose", "lead_in", "item"]
