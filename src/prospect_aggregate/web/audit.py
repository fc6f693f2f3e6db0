"""Acts of people kept in the audit log, and its lines as programs get them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from prospect_aggregate.collection.audit import Act, kept_by
from prospect_aggregate.web.address import address_of
from prospect_aggregate.web.models import AuditLine

API = "/api/"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
_NO_ACT = {"django_session", "web_failure", "web_auditline", "collection_anchor", "collection_lease"}
"""Tables that a request writes into without changing anything for anybody: the clock's own note, a lease."""
_SECRET = {"token", "secret"}
"""Names of parts of an address that let somebody in."""


class Requested:
    """The acts of one request, and whether it wrote without telling one."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.told = self.wrote = False

    def keep(self, act: Act) -> None:
        self.told = True
        user = self._request.user
        person = user if user.is_authenticated else None
        AuditLine.of(
            act,
            by=act.by or (person.get_username() if person else ""),
            person=person,
            through=through(self._request),
            address=address_of(self._request),
        ).save(force_insert=True)

    def watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        """Django's shape of a wrapper around every statement."""
        result = execute(sql, params, many, context)
        written = _WRITE.match(sql)
        if written and written[1] not in _NO_ACT and context["cursor"].rowcount != 0:
            self.wrote = True
        return result


def through(request: HttpRequest) -> AuditLine.Through:
    return AuditLine.Through.API if request.path.startswith(API) else AuditLine.Through.PAGE


def answered(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponseBase]) -> HttpResponseBase:
    """Whatever it changed leaves a line: the one that its door tells, or one that names the address."""
    asked = Requested(request)
    with kept_by(asked.keep), connection.execute_wrapper(asked.watch):
        response = answer(request)
    if asked.wrote and not asked.told and request.user.is_authenticated:
        asked.keep(_unnamed(request))
    return response


def _unnamed(request: HttpRequest) -> Act:
    """By the shape of the address, not by what stands in it."""
    found = request.resolver_match
    if found is None:
        return Act(name=f"{request.method}")
    name = found.url_name or f"{request.method} {found.route.removeprefix('api/v1/')}"
    parts: Mapping[str, Any] = found.kwargs
    thing = " ".join(str(value) for part, value in parts.items() if part not in _SECRET)
    return Act(name=name[:40], thing=thing)


def keep_command(by: str) -> Callable[[Act], None]:
    """For an act that the command line does."""

    def keep(act: Act) -> None:
        AuditLine.of(act, by=act.by or by, through=AuditLine.Through.COMMAND).save(force_insert=True)

    return keep


def audit_object(line: AuditLine) -> dict[str, Any]:
    return {
        "id": line.pk,
        "at": line.at,
        "by": line.by or None,
        "through": line.through,
        "address": line.address or None,
        "act": line.act,
        "kind": line.kind or None,
        "thing": line.thing or None,
        "before": line.before,
        "after": line.after,
    }
