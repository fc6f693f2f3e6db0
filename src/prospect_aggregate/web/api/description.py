"""The OpenAPI description, completed with what holds for every operation."""

from typing import Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema

from prospect_aggregate.web.api.problems import MEDIA_TYPE, Problem

Described = dict[str, Any]
ALWAYS = {401: "Not signed in, and no token.",
          403: "The role does not have the permission; the token only reads; or a write without the CSRF token.",
          429: "Asked too often; Retry-After says when to ask again.",
          500: "Our mistake; the detail names its reference in the log.",
          503: "The database or the broker is busy or away; Retry-After says when to ask again."}  # fmt: skip

NAMES = {
    "prospects": {
        "description": "Source and number; the number alone where one source has it.",
        "example": "dhs:F1",
    },
    "sources": {"description": "Key or name of a source.", "example": "dhs"},
    "reused": {"description": "Number of an entry of that list.", "example": 3},
    "pairs": {"description": "Number of a pair.", "example": 7},
    "changes": {"description": "Number of a mark of yours.", "example": 12},
    "notes": {"description": "Number of a note.", "example": 7},
    "decisions": {"description": "Number of a decision.", "example": 7},
    "searches": {"description": "Number of a saved search.", "example": 7},
    "runs": {"description": "Number of a run.", "example": 412},
    "batches": {"description": "Number of a batch.", "example": 7},
    "feeds": {"description": "Number of a feed.", "example": 3},
    "tokens": {"description": "Number of a token.", "example": 3},
    "alerts": {"description": "Number of an alert.", "example": 31},
    "invitations": {"description": "Number of an invitation.", "example": 7},
    "people": {"description": "By which somebody signs in.", "example": "ana"},
    "schedule": {"description": "Name of a row of the schedule.", "example": "collect dhs"},
}
"""What stands in an address, by the first word of its path."""


def completed(schema: OpenAPISchema) -> OpenAPISchema:
    """With the problems that each operation may answer, and parameters' examples where OpenAPI wants them."""
    schema["components"].setdefault("schemas", {})["Problem"] = Problem.model_json_schema(
        ref_template=REF_TEMPLATE
    )
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                _place_example(parameter)
                if parameter["in"] == "path":
                    parameter |= NAMES[path.removeprefix("/api/v1").split("/")[1]]
            for status, why in _problems(path, operation).items():
                operation["responses"].setdefault(status, _answer(why))
    return schema


CONFLICTS = (
    "edit_schedule", "list_reviews", "get_review", "accept_run", "dismiss_run", "undo_ruling", "decide_pair",
    "cancel_run", "acknowledge_alert", "release_alert", "set_profile", "edit_note", "delete_note", "take_back_decision",
    "edit_person", "undo_seen", "list_leaving", "take_back_invitation",
)  # fmt: skip
"""Operations that may make no sense as things stand."""


def _problems(path: str, operation: Described) -> dict[int, str]:
    found = dict(ALWAYS)
    if "{" in path:
        found[404] = "Nothing has this name; the detail says which comes nearest."
    if operation["parameters"] or "requestBody" in operation:
        found[422] = "A value that cannot be; the detail says what can."
    if "requestBody" in operation:
        found[400] = "The body cannot be read; the detail says why."
    if operation["operationId"] in CONFLICTS:
        found[409] = "Not as things stand; the detail says why, and what can be done."
    return dict(sorted(found.items()))


def _answer(why: str) -> Described:
    return {"description": why, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _place_example(parameter: Described) -> None:
    """A parameter's `examples` are a mapping in OpenAPI; one is enough, and the schema keeps its list."""
    if examples := parameter.pop("examples", None):
        parameter["example"] = examples[0]
