"""How a server is asked to keep its reply to a JSON schema: the best way that it takes, found out by the first request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

SchemaForm = Literal["auto", "json_schema", "json_object", "none"]
_BEST_FIRST: tuple[SchemaForm, ...] = ("json_schema", "json_object", "none")


@dataclass(frozen=True)
class Form:
    """One way to ask: by `response_format` (OpenAI's `json_schema` or `json_object`, or none), and whether the tokens used are asked for."""

    schema_form: SchemaForm
    with_usage: bool

    def options(self, schema: Mapping[str, object] | None) -> dict[str, Any]:
        """The fields of the request."""
        options: dict[str, Any] = {"stream_options": {"include_usage": True}} if self.with_usage else {}
        if schema is not None and self.schema_form == "json_schema":
            options["response_format"] = {"type": "json_schema", "json_schema": {"name": "reply", "schema": dict(schema), "strict": True}}
        elif schema is not None and self.schema_form == "json_object":
            options["response_format"] = {"type": "json_object"}
        return options


class Forms:
    """The ways to ask one server. Once one was taken it is used alone, so that a request that is refused for another reason is not sent over and over."""

    def __init__(self, schema_form: SchemaForm = "auto"):
        wanted = _BEST_FIRST if schema_form == "auto" else (schema_form,)
        self._forms = [Form(each, with_usage) for with_usage in (True, False) for each in wanted]

    def to_try(self, has_schema: bool) -> list[Form]:
        """The ways, best first; without a schema those that would be the same request are left out."""
        return list(self._forms) if has_schema else list({form.with_usage: form for form in self._forms}.values())

    def taken(self, form: Form, has_schema: bool) -> None:
        """The server took a request of this form."""
        if has_schema:
            self._forms = [form]
