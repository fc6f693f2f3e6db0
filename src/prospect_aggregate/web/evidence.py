"""What letting a held edition in would do, worked out from its file, and who would leave the list."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import F

from prospect_aggregate import review
from prospect_aggregate.collection import held
from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.dates import fiscal_year_of
from prospect_aggregate.prospects.difference import UNKNOWN, Difference
from prospect_aggregate.prospects.models import ANCHOR, Prospect

REMEMBERED = 300  # seconds; to read Commerce's 3,452 rows again takes half a second
PAGE = 50


def difference_of(run: Run, *, day: date) -> Difference:
    """Remembered until a run writes to the source's list. Raises CannotRuleError, UnreadableError."""
    held.check_open(run)
    written = run.source.runs.filter(status=Run.Status.SUCCEEDED).count()
    key = f"difference:{run.pk}:{written}:{day}"
    return cast("Difference", cache.get_or_set(key, partial(review.outlook_of, run, day=day), REMEMBERED))


@dataclass(frozen=True, slots=True)
class Part:
    """Those of an office, of a fiscal year, with a date `passed` or still `open`; what is empty asks for all."""

    office: str = ""
    year: str = ""
    dated: str = ""

    def has(self, office: str | None, anchor: date | None, *, day: date) -> bool:
        year = str(fiscal_year_of(anchor)) if anchor else UNKNOWN
        dated = "passed" if anchor and anchor < day else "open"
        asked = ((self.office, office or UNKNOWN), (self.year, year), (self.dated, dated))
        return all(wanted in ("", found) for wanted, found in asked)


@dataclass(frozen=True, slots=True)
class Leaving:
    """One page of those who would leave."""

    page: Page[int]
    prospects: list[Prospect]


def leaving(run: Run, would: Difference, part: Part, *, number: str, day: date) -> Leaving:
    """The latest date first: whoever has one that is still ahead stands on top."""
    gone = set(would.leaving)
    listed = Prospect.objects.of(run.source.key).listed().annotate(anchor=ANCHOR)
    told = listed.order_by(F("anchor").desc(nulls_last=True), "native_id")
    pks = [
        pk
        for pk, component, office, anchor in told.values_list("pk", "component", "office", "anchor")
        if pk in gone and part.has(component or office, anchor, day=day)
    ]
    page = Paginator(pks, PAGE).get_page(number)
    found = Prospect.objects.select_related("source").in_bulk(list(page.object_list))
    return Leaving(page, [found[pk] for pk in page.object_list])
