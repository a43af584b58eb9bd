"""The reader's stages in words."""

from assistant.answers import Stage

STAGE_WORDS: dict[Stage, str] = {
    "pre_spin_out": "Before spinning out",
    "spinning_out": "Spinning out",
    "sustainability_and_growth": "Running and growing",
}
