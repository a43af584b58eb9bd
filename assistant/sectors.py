"""The sectors in words."""

from corpus.words import Sector

SECTOR_WORDS: dict[Sector, str] = {
    "all": "All services",
    "nhs_trust": "NHS trusts",
    "community_health": "Community health",
    "adult_social_care": "Adult social care",
    "childrens_services": "Children’s services",
    "youth": "Youth services",
    "probation": "Probation",
    "schools": "Schools",
    "further_education": "Further education",
    "libraries": "Libraries",
    "fire": "Fire and rescue",
    "police": "Police",
    "housing": "Housing",
    "central_government": "Central government",
    "local_government": "Local government",
    "other": "Other services",
}


_LABELS: dict[str, str] = dict(SECTOR_WORDS.items())


def label_of(sector: str) -> str:
    """A sector's name as a heading or a choice: `Youth services`."""
    return _LABELS[sector]


def within_a_sentence(sector: str) -> str:
    """A sector's name as it stands inside a sentence: `youth services`, `NHS trusts`."""
    label = _LABELS[sector]
    return label if label.startswith("NHS") else label[0].lower() + label[1:]
