"""How a server is asked to keep to a schema."""

from assistant.model.forms import Form, Forms

SCHEMA = {"type": "object"}


def test_without_a_schema_only_the_tokens_used_are_asked_for() -> None:
    assert [form.options(None) for form in Forms().to_try(has_schema=False)] == [{"stream_options": {"include_usage": True}}, {}]


def test_with_a_schema_the_best_way_comes_first_and_the_tokens_used_are_given_up_last() -> None:
    usage = {"stream_options": {"include_usage": True}}
    strict = {"response_format": {"type": "json_schema", "json_schema": {"name": "reply", "schema": SCHEMA, "strict": True}}}
    loose = {"response_format": {"type": "json_object"}}
    expected = [{**usage, **strict}, {**usage, **loose}, usage, strict, loose, {}]
    assert [form.options(SCHEMA) for form in Forms().to_try(has_schema=True)] == expected


def test_one_way_set_is_the_only_one() -> None:
    for way in ("json_schema", "json_object", "none"):
        assert Forms(way).to_try(has_schema=True) == [Form(way, True), Form(way, False)]  # type: ignore[arg-type]


def test_what_was_taken_is_used_alone() -> None:
    forms = Forms()
    forms.taken(Form("json_object", True), has_schema=True)
    assert (forms.to_try(has_schema=True), forms.to_try(has_schema=False)) == ([Form("json_object", True)], [Form("json_object", True)])


def test_what_was_taken_without_a_schema_says_nothing_of_schemas() -> None:
    forms = Forms()
    forms.taken(Form("none", True), has_schema=False)
    assert forms.to_try(has_schema=True) == Forms().to_try(has_schema=True)
