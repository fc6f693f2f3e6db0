"""The page that describes the API, drawn from its own OpenAPI description: no script, nothing from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from prospect_aggregate.web.api.description import ALWAYS, Described


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter, or a field of an object: what it means, and one value as it looks."""

    name: str
    words: SafeString
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    paragraphs: list[SafeString]
    takes: str | None
    """Name of the object that its body is."""
    gives: str
    asked: list[Part]
    refusals: dict[int, str]
    """What it may answer beyond what all may."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object, with its fields."""

    name: str
    paragraphs: list[SafeString]
    fields: list[Part]


class Reference(DocsBase):
    """Ninja's own page needs 1.4 MB of script, and styles that a strict policy refuses."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema(path_params=kwargs)
        facts = {
            "version": schema["info"]["version"],
            "paragraphs": _paragraphs(schema["info"]["description"]),
            "always": ALWAYS,
            "operations": sorted(_operations(schema), key=lambda it: it.path),
            "objects": list(_shapes(schema)),
            "openapi_url": self.get_openapi_url(api, kwargs),
        }
        return render(request, "web/api/reference.html", facts)


def _operations(schema: Described) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, it in methods.items():
            yield Operation(
                name=it["operationId"],
                method=method.upper(),
                path=path,
                summary=it["summary"],
                paragraphs=_paragraphs(it["description"]),
                takes=None if _form_in(it) else _object_in(it.get("requestBody")),
                gives=_object_in(_answer_of(it["responses"])) or "",
                asked=[
                    *(_part(each["name"], each) for each in it["parameters"]),
                    *(_part(name, facts) for name, facts in _form_in(it).items()),
                ],
                refusals=_refusals(it["responses"]),
            )


def _answer_of(answers: dict[int, Described]) -> Described:
    """The one that says that it was done."""
    return next(it for status, it in answers.items() if status < 300)


def _refusals(answers: dict[int, Described]) -> dict[int, str]:
    return {
        status: it["description"] for status, it in answers.items() if status >= 400 and status not in ALWAYS
    }


def _form_in(operation: Described) -> Described:
    """The fields of a body that is a form: a file and what goes with it."""
    form: Described = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {})
    return dict(form.get("schema", {}).get("properties", {}))


def _object_in(message: Described | None) -> str | None:
    """The name of the object that a body or an answer is; None where it is none, as a file."""
    if message is None:
        return None
    schema = message["content"].get("application/json", {}).get("schema", {})
    reference: str = schema.get("$ref") or schema.get("allOf", [{}])[0].get("$ref", "")
    return reference.rpartition("/")[2] or None


def _shapes(schema: Described) -> Iterator[Shape]:
    """The objects that operations take and give; what only groups parameters is not one."""
    for name, it in schema["components"]["schemas"].items():
        if not name.endswith(("Asked", "Paged")):
            fields = [_part(field, facts) for field, facts in it.get("properties", {}).items()]
            yield Shape(name, _paragraphs(it.get("description", "")), fields)


def _part(name: str, facts: Described) -> Part:
    examples = facts.get("examples") or [facts.get("example")]
    return Part(name, _marked(facts.get("description", "")), _as_json(examples[0]))


def _as_json(value: Any) -> str:
    """As it stands in an answer; text without its quotes."""
    if value is None or isinstance(value, str):
        return value or ""
    return orjson.dumps(value).decode()


def _paragraphs(text: str) -> list[SafeString]:
    return [_marked(paragraph) for paragraph in text.split("\n\n")]


def _marked(text: str) -> SafeString:
    """What stands between backticks, as code."""
    pieces = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", it) if at % 2 else it,) for at, it in pieces)
    )
