"""The glossary: terms, their abbreviations, and the everyday words people use for them."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.faults import Fault
from corpus.yamlfile import YamlError, read_yaml


class Term(BaseModel):
    """One term. `also` are abbreviations and names that mean the same; `everyday` are people's looser words for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: str = Field(min_length=1)
    meaning: str = Field(min_length=1)
    also: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """All terms, in the file's order."""

    terms: tuple[Term, ...]


def read_glossary(path: Path) -> tuple[Glossary, list[Fault]]:
    """Read the glossary file: its good terms, and a fault for each thing wrong in it."""
    try:
        parsed = read_yaml(path)
    except YamlError as error:
        return Glossary(()), [error.fault]
    if not isinstance(parsed.data, list):
        return Glossary(()), [parsed.fault("must be a list of terms")]
    terms: list[Term] = []
    faults: list[Fault] = []
    for number, record in enumerate(parsed.data):
        try:
            term = Term.model_validate(record)
        except ValidationError as error:
            faults += parsed.refused(error, number)
            continue
        if any(term.term.lower() == other.term.lower() for other in terms):
            faults.append(parsed.fault(f"{term.term!r} is already in the glossary", number, "term"))
        terms.append(term)
    return Glossary(tuple(terms)), faults
