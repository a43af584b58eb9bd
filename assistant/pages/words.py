"""The library's themes and sectors in words."""

from assistant.sectors import SECTOR_WORDS as SECTOR_WORDS
from corpus.words import Theme

THEME_WORDS: dict[Theme, str] = {
    "taskforce": "The Mutuals Taskforce of 2012",
    "rights": "Rights to take over a service",
    "sectors": "Guidance for each service",
    "procurement": "Contracts and procurement",
    "people": "Staff and employment",
    "pensions": "Pensions",
    "money": "Money and tax",
    "forms": "Legal forms and ownership",
    "assets": "Buildings and other assets",
    "governance": "Governance and approval",
    "support": "Help and support",
    "stories": "Stories of mutuals",
    "evidence": "Evidence and evaluations",
}
