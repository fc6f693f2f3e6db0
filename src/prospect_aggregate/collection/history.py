"""What a source's good editions were like: how many rows, how often each field was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from prospect_aggregate.collection.models import Edition, Ruling, Source

REMEMBERED = 26  # editions: half a year of weekly ones


@dataclass(frozen=True, slots=True)
class History:
    """The last good, complete editions, newest first."""

    rows: Sequence[int] = ()
    filled: Sequence[dict[str, float]] = ()
    dated: date | None = None
    """The newest date that the list gave itself."""

    @property
    def editions(self) -> int:
        return len(self.rows)

    def shares(self, name: str) -> list[float]:
        """In which share of the rows a field was read, in the editions whose layout published it."""
        return [edition[name] for edition in self.filled if name in edition]


def history_of(source: Source) -> History:
    """Since the last edition that a person let in as a new beginning: what came before judges it no more."""
    good = Edition.objects.filter(source=source, complete=True)
    beginning = Ruling.objects.standing().filter(
        verdict=Ruling.Verdict.WHOLE, admitted__source=source, admitted__edition__isnull=False
    )
    if begun := beginning.aggregate(newest=Max("admitted__edition__observed_at"))["newest"]:
        good = good.filter(observed_at__gte=begun)
    newest = good.order_by("-observed_at").values_list("rows", "run__filled")[:REMEMBERED]
    dated = good.aggregate(newest=Max("run__edition_date"))["newest"]
    return History([rows for rows, _ in newest], [filled for _, filled in newest], dated)
