"""What an edition would do to a source's list, counted for a person who decides whether it may."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.dates import fiscal_year_of
from prospect_aggregate.prospects.models import ANCHOR, Prospect
from prospect_aggregate.prospects.rereading import rereadings
from prospect_aggregate.prospects.sift import Known, Sifted

UNKNOWN = "not published"
PASSED = "a date that has passed"
Part = tuple[str, str]
"""A way of dividing the list, and one of its parts."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a part of the list would leave: `gone` of `listed`."""

    name: str
    gone: int
    listed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """New, changed, unchanged and gone, and who the gone ones are."""

    rows: int
    new: int
    changed: int
    unchanged: int
    back: int
    gone: int
    rejected: int
    fields: Mapping[str, int]
    """Field → in how many prospects it changed, the most frequent first."""
    passed: Share
    """Of those with a dated promise that has passed."""
    by_office: list[Share]
    by_year: list[Share]
    """By fiscal year of the last day promised."""
    leaving: list[int]
    """Primary keys of the gone."""


def difference_of(
    source: Source, sifted: Sifted, known: Known, *, day: date, complete: bool = True
) -> Difference:
    """Nothing is written. `day` decides which promises have passed; what is not complete shows no absence."""
    present = sifted.present()
    listed = known.expected()
    gone = listed - present if complete else set()
    changed = [it for it in rereadings(sifted) if it.differences]
    fields = Counter(difference.field for it in changed for difference in it.differences)
    parts = _Parts(day)
    parts.count(source, gone)
    return Difference(
        rows=sifted.rows,
        new=len(sifted.fresh),
        changed=len(changed),
        unchanged=len(present) - len(changed),
        back=len(present - known.listed()),
        gone=len(gone),
        rejected=len(sifted.rejected),
        fields=dict(fields.most_common()),
        passed=parts.share("passed", PASSED),
        by_office=parts.shares("office"),
        by_year=parts.shares("year"),
        leaving=sorted(gone),
    )


class _Parts:
    """Counts of the list and of the gone, by date passed, office and fiscal year."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._listed: Counter[Part] = Counter()
        self._gone: Counter[Part] = Counter()

    def count(self, source: Source, gone: set[int]) -> None:
        listed = Prospect.objects.of(source.key).listed()
        for pk, component, office, anchor in listed.values_list("pk", "component", "office", ANCHOR):
            parts = list(self._parts(component or office, anchor))
            self._listed.update(parts)
            if pk in gone:
                self._gone.update(parts)

    def share(self, way: str, name: str) -> Share:
        return Share(name, self._gone[way, name], self._listed[way, name])

    def shares(self, way: str) -> list[Share]:
        """Those parts that lose somebody, the greatest loss first."""
        return [self.share(*part) for part, _ in self._gone.most_common() if part[0] == way]

    def _parts(self, office: str | None, anchor: date | None) -> Iterator[Part]:
        yield "office", office or UNKNOWN
        yield "year", str(fiscal_year_of(anchor)) if anchor else UNKNOWN
        if anchor and anchor < self._day:
            yield "passed", PASSED
