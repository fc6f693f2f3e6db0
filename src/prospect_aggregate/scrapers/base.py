"""What a source declares, and how a declaration becomes drafts."""

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from prospect_aggregate.normalize.dates import as_day
from prospect_aggregate.normalize.text import first_sentence
from prospect_aggregate.scrapers.catalog import key_of
from prospect_aggregate.scrapers.columns import Column, Declared, Plan, Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.errors import KeylessRowError, LayoutChangedError
from prospect_aggregate.scrapers.fetch import Fetched, Fetcher, Kind, Probe, Validators
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import check_bytes, looks_wrong
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.table import Table


class Scraper:
    """One agency's list. A source declares the attributes and overrides a method only where it differs.

    The way of an edition: `fetch` gives bytes, `read` finds the rows by their headings and says in which layout,
    the layout's plan binds the declared columns to this edition's positions, `draft` makes sense of one row.
    """

    name: ClassVar[str]
    """What people call it: "Homeland Security"."""
    key: ClassVar[str]
    """What programs call it; made of the name unless given. Never changes."""
    agency: ClassVar[str]
    """The department whose purchases these are."""
    url: ClassVar[str]
    """The page where a person sees the list."""
    address: ClassVar[str]
    """Where the bytes come from; `url` unless given."""
    kind: ClassVar[Kind] = Kind.XLSX
    """What the address gives; most agencies publish a workbook."""
    coverage: ClassVar[str] = ""
    """What of the agency's buying this list holds, in a sentence."""
    cadence: ClassVar[timedelta] = timedelta(days=1)
    freshness_limit: ClassVar[timedelta] = timedelta(days=3)
    """Older than this without a good edition, the source is late."""
    list_limit: ClassVar[timedelta | None] = None
    """Older than this by its own date, the list is late however freshly it was fetched; None asks nothing."""
    check_every: ClassVar[timedelta] = timedelta(hours=6)
    time_limit: ClassVar[timedelta | None] = None
    """How long one collection may take; None: as long as the settings say."""
    columns: ClassVar[Mapping[str, Declared]]
    optional: ClassVar[Mapping[str, Declared]] = {}
    kept: ClassVar[tuple[str, ...]] = ()
    known: ClassVar[tuple[str, ...]] = ()
    spellings: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    reader: ClassVar[Callable[..., Table] | None] = None
    remark: ClassVar[Column | None] = None
    """These seven and `kind` are the endpoint's layout; see Layout."""
    by_hand: ClassVar[tuple[Layout, ...]] = ()
    """Layouts of what a person's browser downloads, where it is not the endpoint's."""
    dated: ClassVar[re.Pattern[str] | None] = None
    """Finds the list's own date in a line above or below it, as its first group."""
    basis: ClassVar[str] = "forecast"
    """`expiring_contract` where the list is of contracts that are about to end."""
    repeats: ClassVar[bool] = False
    """True where rows may share a number and are still different purchases: the second one is `number~2`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "key" not in vars(cls) and "name" in vars(cls):
            cls.key = key_of(cls.name)
        if "url" in vars(cls) and not hasattr(cls, "address"):
            cls.address = cls.url

    def fetch(self, fetcher: Fetcher, validators: Validators) -> Fetched | None:
        """The list's bytes; None when the agency says that nothing changed since `validators`."""
        return fetcher.get(self.address, expect=self.kind, validators=validators)

    def probe(self, fetcher: Fetcher) -> Probe:
        """A cheap look whether the list is there."""
        return fetcher.probe(self.address, expect=self.kind)

    def layouts(self) -> tuple[Layout, ...]:
        """The endpoint's first."""
        main = Layout(
            kind=self.kind,
            columns=self.columns,
            optional=self.optional,
            kept=self.kept,
            known=self.known,
            spellings=self.spellings,
            reader=type(self).reader,
            remark=self.remark,
        )
        return (main, *self.by_hand)

    def read(self, body: bytes) -> tuple[Table, Layout]:
        """The rows, and the layout that fits them best.

        Raises BlockedError when the bytes are of no kind that this source is known in.
        """
        fitting = [layout for layout in self.layouts() if looks_wrong(body, layout.kind) is None]
        if not fitting:
            check_bytes(body, self.kind, source=self.name)
        best = fitting[0] if len(fitting) == 1 else min(fitting, key=lambda it: self._missing(it, body))
        return best.read(body, source=self.name), best

    def edition_date(self, table: Table) -> date | None:
        """The date that the list gives itself."""
        found = [self.dated.search(note) for note in table.notes] if self.dated else []
        return next((as_day(each[1]) for each in found if each), None)

    def _missing(self, layout: Layout, body: bytes) -> int:
        """How many of a layout's headings these bytes do not have."""
        try:
            present = {fold(heading) for heading in layout.read(body, source=self.name).headings}
        except LayoutChangedError:
            return sys.maxsize
        return sum(present.isdisjoint(map(fold, names)) for names in layout.headings().wanted.values())

    def draft(self, row: Row, plan: Plan) -> ProspectDraft:
        """Raises RowError when the row has no number of its own."""
        values = plan.values(row)
        if not values.get("native_id"):
            raise KeylessRowError(f"row {row.number}: no {' or '.join(plan.origins['native_id'])}")
        if not values.get("title"):
            values |= _title_of(values.get("description"))
        return ProspectDraft(**values, basis=self.basis, raw=plan.raw(row), origins=plan.origins)


def _title_of(description: str | None) -> dict[str, Any]:
    """Where no title is published, the description's first sentence stands for it (fields.md R12)."""
    title = first_sentence(description)
    return {"title": title, "title_derived": title is not None}
