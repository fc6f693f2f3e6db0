"""Errors as programs get them: `application/problem+json` (RFC 9457), with the sentences of the command line."""

import logging
import re
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.log import log_response
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import Field

from prospect_aggregate.collection.alerts import AlertChangedError
from prospect_aggregate.collection.given import UnfitFileError
from prospect_aggregate.collection.held import CannotRuleError
from prospect_aggregate.collection.outcomes import AlreadyEndedError, OutOfOrderError
from prospect_aggregate.collection.schedules import ScheduleChangedError
from prospect_aggregate.prospects.company import NoProfileError, ProfileChangedError
from prospect_aggregate.prospects.cuts import NoCutError
from prospect_aggregate.prospects.pairs import CannotPairError
from prospect_aggregate.prospects.profile import UnfitProfileError
from prospect_aggregate.prospects.search import UnknownFilterError
from prospect_aggregate.review import UnreadableError
from prospect_aggregate.web.acts import NobodyThereError
from prospect_aggregate.web.digests.when import UnfitTimeError
from prospect_aggregate.web.exports.workbook import TooManyRowsError
from prospect_aggregate.web.invitations import InvitationOverError
from prospect_aggregate.web.models.decisions import UnfitDecisionError
from prospect_aggregate.web.models.notes import NotYoursError, UnfitNoteError
from prospect_aggregate.web.models.searches import UnfitSearchError
from prospect_aggregate.web.models.tags import UnfitTagError
from prospect_aggregate.web.roster import LastAdministratorError
from prospect_aggregate.web.seen import NotTheLastError

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
IN_THE_WAY = (
    AlertChangedError,
    AlreadyEndedError,
    InvitationOverError,
    LastAdministratorError,
    CannotPairError,
    CannotRuleError,
    NotTheLastError,
    OutOfOrderError,
    NotYoursError,
    ProfileChangedError,
    ScheduleChangedError,
    UnreadableError,
)
"""Raised for what does not go as things stand."""
SIGNED_OUT = "sign in first, or show a token: Authorization: Bearer …; the page Tokens makes them"
CHALLENGE = {"WWW-Authenticate": "Bearer"}


class BadRequestError(ValueError):
    """The request names something that does not exist, or cannot be; the message says what does."""


class UnknownTokenError(Exception):
    """Nobody is known by this token; the message says what to do."""


UNFIT = (
    BadRequestError,
    NoCutError,
    NoProfileError,
    TooManyRowsError,
    UnfitDecisionError,
    UnfitFileError,
    UnfitNoteError,
    UnfitProfileError,
    UnfitSearchError,
    UnfitTagError,
    UnfitTimeError,
    UnknownFilterError,
)
"""Raised for what cannot be, however things stand."""


class Problem(Schema):
    """Why a request was not answered."""

    type: str = Field(description="`about:blank`: the status says what kind it is.", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(
        description="What is wrong, and what to do about it.",
        examples=["no scraper named 'dsh'; did you mean 'dhs'?"],
    )


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> HttpResponse:
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return HttpResponse(orjson.dumps(said), status=status, content_type=MEDIA_TYPE, headers=headers)


def speak_problems(api: NinjaAPI) -> None:
    """Every error that an operation raises is answered here; the status is decided by its type."""
    api.add_exception_handler(AuthenticationError, _says(401, lambda error: SIGNED_OUT, CHALLENGE))  # noqa: ARG005
    api.add_exception_handler(UnknownTokenError, _says(401, str, CHALLENGE))
    api.add_exception_handler(Throttled, _says(429, lambda error: f"asked too often; wait {error.wait} s"))
    api.add_exception_handler(LookupError, _says(404, lambda error: _adapted(str(error.args[0]))))
    api.add_exception_handler(ValidationError, _says(422, lambda error: _invalid(error.errors)))
    for refused in UNFIT:
        api.add_exception_handler(refused, _says(422, lambda error: _adapted(str(error))))
    for in_the_way in IN_THE_WAY:
        api.add_exception_handler(in_the_way, _says(409, lambda error: _adapted(str(error))))
    api.add_exception_handler(MultiPartParserError, _says(400, str))
    api.add_exception_handler(NobodyThereError, _says(503, str, {"Retry-After": "30"}))
    api.add_exception_handler(HttpError, _refused)
    api.add_exception_handler(Http404, _nothing_at)
    api.add_exception_handler(OperationalError, _busy)
    api.add_exception_handler(Exception, _broken)


def _says(status: int, detail: Callable[[Any], str], headers: dict[str, str] | None = None) -> Any:
    def answer(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
        return problem(status, detail(error), headers)

    return answer


def _refused(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001
    return problem(error.status_code, f"{error}: {error.__cause__}" if error.__cause__ else str(error))


def _nothing_at(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001
    return problem(404, f"there is no {request.path}; the operations are listed in openapi.json and docs")


def _busy(request: HttpRequest, error: Any) -> HttpResponse:
    logger.warning("api %s %s: the database does not answer: %s", request.method, request.path, error)
    return problem(503, "the database is busy; nothing was changed, try again", {"Retry-After": "5"})


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    reference = uuid.uuid4().hex[:8]
    answer = problem(500, f"our mistake, and it is in the log under reference {reference}")
    where = (request.method, request.path, reference)
    log_response("api %s %s: reference %s", *where, response=answer, request=request, exception=error)
    return answer


def _adapted(message: str) -> str:
    """The command line's words for a program: `--place VA` → `place=VA`, `prospects search` → `GET /prospects`."""
    message = message.replace("`prospects profile --set FILE`", "`PUT /profile`")
    message = re.sub(r"--([a-z-]+) (\w+)", lambda it: f"{it[1].replace('-', '_')}={it[2]}", message)
    message = re.sub(r"`prospects review[^`]*`", "`GET /reviews`", message)
    return message.replace("`prospects search`", "`GET /prospects`")


def _invalid(errors: list[dict[str, Any]]) -> str:
    """`min_value: write 250000, 250K or 1.5M; limit: …`"""
    return "; ".join(f"{_where(error)}: {error['msg'].removeprefix('Value error, ')}" for error in errors)


def _where(error: dict[str, Any]) -> str:
    named = [str(part) for part in error["loc"][1:] if part not in ("asked", "wanted")]
    return ".".join(named) or str(error["loc"][0])
