"""The audit log, before an administrator: who did what."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prospect_aggregate.web.audit import audit_object
from prospect_aggregate.web.exports.delimited import text_of
from prospect_aggregate.web.models import AuditLine
from prospect_aggregate.web.models.audit import AuditLineQuerySet
from prospect_aggregate.web.permissions import Permission, needs

PAGE = 100
NAMES = ("by", "act", "kind", "thing", "through", "since")


@needs(Permission.SEE_PEOPLE)
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    asked = {name: request.GET.get(name, "") for name in NAMES}
    found = _found(asked)
    if request.GET.get("format") == "csv":
        return _as_csv(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/audit.html", {
        "page": page, "asked": asked, "acts": AuditLine.objects.acts(), "through": AuditLine.Through.choices,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "whole": AuditLine.objects.count(), "lines": [(line, list(_moved(line))) for line in page.object_list],
    })  # fmt: skip


def _found(asked: dict[str, str]) -> AuditLineQuerySet:
    """A day that is none narrows nothing down: its field shows what was written."""
    named = {name: value.strip() for name, value in asked.items() if name != "since"}
    try:
        since = datetime.fromisoformat(asked["since"]).replace(tzinfo=UTC) if asked["since"] else None
    except ValueError:
        since = None
    return AuditLine.objects.asked(**named, since=since)


def _moved(line: AuditLine) -> Iterator[tuple[str, Any, Any]]:
    """Field, before, after: only what differs."""
    for name in dict.fromkeys([*line.before, *line.after]):
        was, is_now = line.before.get(name), line.after.get(name)
        if was != is_now and (was or is_now):
            yield name, _said(was), _said(is_now)


def _said(value: Any) -> Any:
    """A list as people write one."""
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _as_csv(found: AuditLineQuerySet) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="audit-{timezone.now():%Y-%m-%d}.csv"'}
    return StreamingHttpResponse(_csv_lines(found), content_type="text/csv; charset=utf-8", headers=headers)


class _Line:
    """What a csv writer writes into, to hand each line on."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(found: AuditLineQuerySet) -> Iterator[str]:
    writer = csv.writer(_Line())
    columns = list(audit_object(AuditLine()))
    yield writer.writerow(columns)
    for line in found.iterator(chunk_size=1000):
        yield writer.writerow([_cell(value) for value in audit_object(line).values()])


def _cell(value: Any) -> str:
    """What was and is are objects: JSON, which programs read again."""
    written = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
    return text_of(written if value else None)
