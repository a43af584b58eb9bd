"""The figures of follow-ups with a language model."""

import re

import pytest
from scripted_model import fails, scripted

from assistant.services import Services
from evals import followups
from evals.questions import load_dialogues


def test_what_a_model_adds_is_measured_beside_what_a_person_would(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    two = [dialogue for dialogue in load_dialogues() if dialogue.split == "dev"][:2]
    count = sum(len(dialogue.turns) - 1 for dialogue in two)
    monkeypatch.setattr(followups, "load_dialogues", lambda: two)
    with scripted(fails(400)) as model:
        for name, value in {"DATA_DIR": str(services.settings.data_dir), "MODEL_BASE_URL": model.base_url, "MODEL_NAME": "scripted"}.items():
            monkeypatch.setenv(f"MUTUALS_{name}", value)
        followups.measure(["--model", "--show"])
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("dev, ")]
    right = rf": follow-ups right [01]\.\d{{3}} of {count}"
    asked = r"; asked (\d+), usable (\d+), \d+\.\d\d s each"
    patterns = [
        "without a model" + right,
        "with scripted" + right + asked,
        "a person's wording, checked" + right + asked,
        "a person's wording, unchecked" + right + asked,
    ]
    matches = [re.fullmatch(f"dev, {pattern}", line) for pattern, line in zip(patterns, told, strict=True)]
    assert all(matches)
    assert [match[2] for match in matches[1:2] if match] == ["0"]
    assert [match[1] == match[2] for match in matches[3:] if match] == [True]
    assert told[0].split(":")[1] in told[1]
