"""Numbers that may have been given to another requirement: put before a person, and decided."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from prospect_aggregate.collection import audit
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects import joined, pairs
from prospect_aggregate.prospects.models import Reuse
from prospect_aggregate.prospects.reuse import Reused

FACTS = {"naics": "NAICS", "office": "office", "value": "value", "requirement_type": "requirement"}


def suspect(run: Run, found: Iterable[tuple[int, Reused]], *, at: datetime) -> None:
    """Until a person decides, their history is cut here."""
    Reuse.objects.bulk_create(
        Reuse(prospect_id=pk, run=run, at=at, before=it.before, after=it.after, differ=list(it.differ))
        for pk, it in found
    )


def decide(item: Reuse, verdict: Reuse.Verdict, *, by: str, now: datetime) -> Reuse:
    """The same requirement under another title, or another one; until somebody decides again. The slip follows."""
    with transaction.atomic():
        pairs.alone_with(item.prospect.source)
        Reuse.objects.filter(pk=item.pk).update(verdict=verdict, by=by, decided_at=now)
        joined.rejoin(item.prospect)
        said = {"verdict": verdict, "prospect": item.prospect.key}
        audit.record(
            "decide number", "number used again", item.pk, before={"verdict": item.verdict}, after=said
        )
    return Reuse.objects.with_prospect().get(pk=item.pk)


def differ_words(item: Reuse) -> str:
    """`NAICS and value differ`."""
    *others, last = (FACTS[name] for name in item.differ)
    return f"{', '.join(others)} and {last} differ"
