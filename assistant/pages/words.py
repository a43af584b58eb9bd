"""The library's themes and sectors in words."""

from corpus.words import Sector, Theme

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
