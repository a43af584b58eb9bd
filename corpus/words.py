"""The controlled vocabularies that sources and notes are filed under."""

from typing import Literal, get_args

Sector = Literal[
    "all",
    "nhs_trust",
    "community_health",
    "adult_social_care",
    "childrens_services",
    "youth",
    "probation",
    "schools",
    "further_education",
    "libraries",
    "fire",
    "police",
    "housing",
    "central_government",
    "local_government",
    "other",
]

Audience = Literal["staff", "employers", "commissioners", "departments", "investors"]

Topic = Literal[
    "definition",
    "pathway",
    "rights",
    "recommendations",
    "stages",
    "escalation",
    "procurement",
    "commissioning",
    "employment",
    "consultation",
    "pensions",
    "tax",
    "finance",
    "assets",
    "legal-forms",
    "governance",
    "support",
    "evidence",
    "case-studies",
    "community-right",
    "history",
    "social-value",
]

Theme = Literal[
    "taskforce",
    "rights",
    "sectors",
    "procurement",
    "people",
    "pensions",
    "money",
    "forms",
    "assets",
    "governance",
    "support",
    "stories",
    "evidence",
]

THEMES: tuple[Theme, ...] = get_args(Theme)
