"""Which version of a prospect this is: the newest change of it, and how often what a calendar shows of it moved."""

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from prospect_aggregate.prospects.models import Change, ProspectQuerySet

PROMISES = ("solicitation", "award", "incumbent_ends", "phase")
"""Fields whose changes move an event, or cancel it."""
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
    """Each with how often its dates moved, or it came or went (`moves`): that only grows."""
    moving = Q(field__in=PROMISES) | Q(kind__in=CAME_OR_WENT)
    mine = Change.objects.filter(moving, prospect=OuterRef("pk")).order_by()
    counted = mine.values("prospect").annotate(many=Count("pk")).values("many")
    return found.annotate(moves=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
