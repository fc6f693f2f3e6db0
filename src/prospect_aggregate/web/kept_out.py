"""Sources of which nothing came in because they were blocked, or because what came was held for review."""

from datetime import datetime

from prospect_aggregate.collection.models import Run, Source

STATUSES = (Run.Status.BLOCKED, Run.Status.QUARANTINED)


def kept_out_since(moment: datetime) -> list[Source]:
    runs = Run.objects.filter(status__in=STATUSES, finished_at__gte=moment)
    return list(Source.objects.filter(pk__in=runs.values("source")).order_by("name"))
