"""The outline: what stands where, and the sections cut from it."""

from corpus.readers.cutting import Original, cut
from corpus.readers.pages import Document, Line, Page
from corpus.readers.text import pages_of
from corpus.sections import Role

PROSE = "The plan covers every one of the services that staff run in the area."
REPORT = f"""
CONTENTS

Foreword 3
Annex A: Summary 41

FOREWORD

{PROSE}

2. THE PLAN AND
ITS PARTS

{PROSE}

1. Working with Services

NAViGO

It began in 2011². The plan

Figure 2 – A map

This map shows where.

Established 2010

Established 2012

goes on from there.

² *Our Paper*, p. 3

Support

Recommendation 12: The Government should go on. In particular it should:

- i. **Press** for it. It helps.
- ii. Ensure it.

This helps too.

Recommendation 12 iii. Keep at it.

Recommendation 13: The Department should wait.

Annex A: Summary

Recommendation 12: Go on.
"""


def made(text: str, title: str = "The Report") -> Original:
    return cut(Document(None, tuple(pages_of(text))), "report", title)


def test_the_whole_outline() -> None:
    assert [(section.id, section.locator, section.heading_path[1:]) for section in made(REPORT).sections] == [
        ("report.foreword", "Foreword", ("FOREWORD",)),
        ("report.chapter-2", "Chapter 2", ("2. THE PLAN AND ITS PARTS",)),
        ("report.chapter-2-navigo", "Chapter 2 › NAViGO", ("2. THE PLAN AND ITS PARTS", "1. Working with Services", "NAViGO")),
        ("report.figure-2", "Figure 2", ("2. THE PLAN AND ITS PARTS", "1. Working with Services", "NAViGO", "Figure 2")),
        ("report.recommendation-12", "Recommendation 12", ("2. THE PLAN AND ITS PARTS", "1. Working with Services", "Support", "Recommendation 12")),
        ("report.recommendation-13", "Recommendation 13", ("2. THE PLAN AND ITS PARTS", "1. Working with Services", "Support", "Recommendation 13")),
        ("report.recommendation-12-annex-a", "Recommendation 12 (Annex A)", ("Annex A: Summary", "Recommendation 12")),
        ("report.footnotes", "Footnotes", ("Footnotes",)),
    ]


def test_a_recommendation_with_its_sub_points() -> None:
    section = made(REPORT).sections[4]
    assert [(section.quote(sentence), sentence.role, sentence.locator) for sentence in section.sentences] == [
        ("Recommendation 12: The Government should go on.", Role.PROSE, "Recommendation 12"),
        ("In particular it should:", Role.LEAD_IN, "Recommendation 12"),
        ("Press for it.", Role.ITEM, "Recommendation 12(i)"),
        ("It helps.", Role.ITEM, "Recommendation 12(i)"),
        ("Ensure it.", Role.ITEM, "Recommendation 12(ii)"),
        ("This helps too.", Role.PROSE, "Recommendation 12"),
        ("Keep at it.", Role.PROSE, "Recommendation 12(iii)"),
    ]
    assert section.text == (
        "Recommendation 12: The Government should go on. In particular it should:\n\n- i. Press for it. It helps.\n- ii. Ensure it.\n\n"
        "This helps too.\n\nRecommendation 12 iii. Keep at it."
    )


def test_a_figure_with_its_note_and_labels_interrupts_nothing() -> None:
    sections = made(REPORT).sections
    assert sections[2].text == "It began in 2011. The plan goes on from there."
    assert sections[3].text == "Figure 2 – A map\n\nThis map shows where.\n\nEstablished 2010\n\nEstablished 2012"


def test_footnotes_come_last_each_with_its_number() -> None:
    section = made(REPORT).sections[-1]
    assert [(section.quote(sentence), sentence.locator) for sentence in section.sentences] == [("² Our Paper, p. 3", "footnote 2")]


def test_the_text_after_a_figure_stands_under_its_heading_again() -> None:
    original = made(f"PLAN\n\nCosts of It\n\n{PROSE}\n\nFigure 1: Costs\n\nStaff\t3\nRooms\t4\n\n{PROSE}")
    assert [(section.locator, section.text) for section in original.sections] == [
        ("Plan › Costs of It", PROSE),
        ("Figure 1", "Figure 1: Costs\n\nStaff: 3\nRooms: 4"),
        ("Plan › Costs of It", PROSE),
    ]
    assert [section.id for section in original.sections] == ["report.plan-costs-of-it", "report.figure-1", "report.plan-costs-of-it-2"]


def test_without_headings_each_page_is_a_place() -> None:
    pages = tuple(Page(number, (Line(f"Page words of {name}, and so on."),)) for number, name in enumerate(("one", "two"), start=1))
    sections = cut(Document(None, pages), "letter", "A Letter").sections
    assert [(section.locator, section.page, section.id) for section in sections] == [("p. 1", 1, "letter.p-1"), ("p. 2", 2, "letter.p-2")]


def test_without_headings_and_pages_the_title_is_the_place() -> None:
    assert [section.locator for section in made(PROSE).sections] == ["The Report"]


def test_a_heading_alone_is_words_too() -> None:
    assert [section.text for section in made("CONCLUSIONS").sections] == ["CONCLUSIONS"]


def test_markdown() -> None:
    sections = made(f"# Guide\n\n## Recommendation 3: Do *it*\n\nSoon.\n\n## Costs\n\n{PROSE}\n").sections
    assert [(section.locator, section.text) for section in sections] == [
        ("Recommendation 3", "Recommendation 3: Do it\n\nSoon."),
        ("Guide › Costs", PROSE),
    ]
