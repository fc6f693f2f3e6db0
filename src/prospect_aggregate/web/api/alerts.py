"""Operations on alerts: what is wrong, who was told, who has it in hand."""

# ruff: noqa: ARG001  # an operation takes its request

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field, TypeAdapter

from prospect_aggregate.collection import alerts
from prospect_aggregate.collection.models import Alert
from prospect_aggregate.collection.objects import alert_object
from prospect_aggregate.web.api import alert_schemas as schemas
from prospect_aggregate.web.api.paging import Keyset, Paged, only_known
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["alerts"])
Object = dict[str, Any]

NEWEST: Keyset[Alert] = Keyset(("pk",), TypeAdapter(tuple[int]), descending=True)


class AlertsAsked(Paged):
    """Which alerts are wanted."""

    open: bool | None = Field(
        None, description="true: only what lasts; false: what is over.", examples=[True]
    )
    subject: str | None = Field(None, description="Key of a source, or `engine`.", examples=["commerce"])


@router.get("/alerts", response=schemas.AlertPage, operation_id="list_alerts", summary="Alerts")
@needs(Permission.SEE_ENGINE)
def list_alerts(request: HttpRequest, asked: Query[AlertsAsked]) -> Object:
    """Troubles, newest first: since when, who was told, and who has it in hand."""
    only_known(request, AlertsAsked)
    found = Alert.objects.prefetch_related("deliveries")
    if asked.open is not None:
        found = found.filter(closed_at__isnull=asked.open)
    if asked.subject is not None:
        found = found.filter(subject=asked.subject)
    rows, following = NEWEST.page(found, asked)
    return {"items": [alert_object(row) for row in rows], "next_cursor": following}


@router.get("/alerts/{int:number}", response=schemas.Alert, operation_id="get_alert", summary="One alert")
@needs(Permission.SEE_ENGINE)
def get_alert(request: HttpRequest, number: int) -> Object:
    """One alert, by its number."""
    return alert_object(_alert(number))


@router.post(
    "/alerts/{int:number}/acknowledge",
    response=schemas.Alert,
    operation_id="acknowledge_alert",
    summary="Take an alert in hand",
)
@needs(Permission.RUN_SOURCES)
def acknowledge_alert(request: HttpRequest, number: int) -> Object:
    """Say that you have it in hand, as long as it lasts and nobody else has."""
    alerts.acknowledge(_alert(number), by=request.user.get_username(), now=timezone.now())
    return alert_object(_alert(number))


@router.post(
    "/alerts/{int:number}/release",
    response=schemas.Alert,
    operation_id="release_alert",
    summary="Let go of an alert",
)
@needs(Permission.RUN_SOURCES)
def release_alert(request: HttpRequest, number: int) -> Object:
    """Say that nobody has it in hand after all."""
    alerts.release(_alert(number))
    return alert_object(_alert(number))


def _alert(number: int) -> Alert:
    """Raises LookupError, naming the newest."""
    alert = Alert.objects.filter(pk=number).first()
    if alert is None:
        newest = Alert.objects.first()
        raise LookupError(
            f"no alert {number}; " + (f"the newest is {newest.pk}" if newest else "there are none yet")
        )
    return alert
