"""Addresses for programs that watch this one: is it alive, is it ready, what are its numbers."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from prospect_aggregate.collection import archive
from prospect_aggregate.web.metrics import exposition
from prospect_aggregate.web.permissions import Permission

TEXT = "text/plain"
NOT_KEPT = {"Cache-Control": "no-store"}


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answers when the process and its database do; says nothing else to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("no database\n", status=503, content_type=TEXT, headers=NOT_KEPT)
    return HttpResponse("ok\n", content_type=TEXT, headers=NOT_KEPT)


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Whether work can be done here: 503 names what cannot, and nothing more, to anybody."""
    lacking = ", ".join(_lacking())
    said = f"not ready: {lacking}\n" if lacking else "ok\n"
    return HttpResponse(said, status=503 if lacking else 200, content_type=TEXT, headers=NOT_KEPT)


def _lacking() -> Iterator[str]:
    try:
        if _not_migrated():
            yield "migrations"
    except Error:
        yield "database"
    if not archive.is_writable():
        yield "archive"


def _not_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """For a Prometheus that has the token, and for who is signed in and may see the engine."""
    if not _has_token(request):
        if not request.user.is_authenticated:
            headers = {**NOT_KEPT, "WWW-Authenticate": "Bearer"}
            return HttpResponse(
                "give the token, or sign in\n", status=401, content_type=TEXT, headers=headers
            )
        if not request.user.may(Permission.SEE_ENGINE):
            raise PermissionDenied(Permission.SEE_ENGINE)
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST, headers=NOT_KEPT)


def _has_token(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted: str = settings.METRICS_TOKEN
    return bool(wanted) and scheme.lower() == "bearer" and constant_time_compare(token.strip(), wanted)
