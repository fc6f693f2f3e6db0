"""Which version of a prospect this is: the newest change of it, and the last run that moved what a calendar shows."""

from collections.abc import Mapping

from django.db.models import BigIntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Change, ProspectQuerySet

PROMISES = ("solicitation", "award", "incumbent_ends", "phase")
"""Fields whose changes move an event, or cancel it."""
REREADING = (Run.Purpose.REPLAY, Run.Purpose.UNDO)
CAME_OR_WENT = (Change.Kind.WITHDRAWN, Change.Kind.EXPIRED, Change.Kind.REAPPEARED)


def with_versions(found: ProspectQuerySet) -> ProspectQuerySet:
    """Each with the number, kind and time of its newest change (`version`, `version_kind`, `version_at`)."""
    newest = Change.objects.filter(prospect=OuterRef("pk")).order_by("-at", "-pk")
    return found.annotate(
        version=Subquery(newest.values("pk")[:1]),
        version_kind=Subquery(newest.values("kind")[:1]),
        version_at=Subquery(newest.values("at")[:1]),
    )


def with_moves(found: ProspectQuerySet) -> ProspectQuerySet:
    """Each with the last run that moved a date of it, or in which it came or went (`moved_in`); 0 for none."""
    moving = Q(field__in=PROMISES) | Q(kind__in=CAME_OR_WENT)
    last = Change.objects.filter(moving, prospect=OuterRef("pk")).order_by("-run")
    return found.annotate(
        moved_in=Coalesce(Subquery(last.values("run")[:1]), 0, output_field=BigIntegerField())
    )


def reread_in() -> Mapping[int, int]:
    """By source, the last run that took changes back: an undo, or a replay, which read the same editions otherwise.

    What such a run leaves of the changes may be less than there was; its own number is larger than all before it.
    """
    done = Run.objects.filter(purpose__in=REREADING, status=Run.Status.SUCCEEDED).order_by()
    return dict(done.values_list("source").annotate(last=Max("pk")))
