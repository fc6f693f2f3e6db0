"""What a source declares, and how a declaration becomes drafts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from prospect_aggregate.scrapers.catalog import key_of
from prospect_aggregate.scrapers.columns import Column, Headings, Plan, Row, compile_plan
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.errors import RowError
from prospect_aggregate.scrapers.fetch import Fetched, Fetcher, Kind, Probe, Validators
from prospect_aggregate.scrapers.readers import READERS
from prospect_aggregate.scrapers.table import Table


class Scraper:
    """One agency's list. A source declares the attributes and overrides a method only where it differs.

    The way of an edition: `fetch` gives bytes, `read` finds the rows by their headings, `plan` binds the declared
    columns to this edition's positions, `draft` makes sense of one row.
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
    """Where the bytes come from."""
    kind: ClassVar[Kind]
    coverage: ClassVar[str] = ""
    """What of the agency's buying this list holds, in a sentence."""
    cadence: ClassVar[timedelta] = timedelta(days=1)
    freshness_limit: ClassVar[timedelta] = timedelta(days=3)
    """Older than this without a good edition, the source is late."""
    check_every: ClassVar[timedelta] = timedelta(hours=6)
    columns: ClassVar[Mapping[str, Column]]
    """Field of ProspectDraft → where it is read from. `native_id` is a must."""
    kept: ClassVar[tuple[str, ...]] = ()
    """Headings that the list has always had and no field is read from; one that goes missing is a layout change."""
    known: ClassVar[tuple[str, ...]] = ()
    """Headings that come and go, and no field is read from."""
    spellings: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Other spellings of a heading, seen in other editions; case, blanks and punctuation need none."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "key" not in vars(cls) and "name" in vars(cls):
            cls.key = key_of(cls.name)

    def fetch(self, fetcher: Fetcher, validators: Validators) -> Fetched | None:
        """The list's bytes; None when the agency says that nothing changed since `validators`."""
        return fetcher.get(self.address, expect=self.kind, validators=validators)

    def probe(self, fetcher: Fetcher) -> Probe:
        """A cheap look whether the list is there."""
        return fetcher.probe(self.address, expect=self.kind)

    def read(self, body: bytes) -> Table:
        """The rows under the headings that this source knows."""
        wanted = [spelling for names in self.headings().wanted.values() for spelling in names]
        return READERS[self.kind](body, wanted=wanted, source=self.name)

    def headings(self) -> Headings:
        """Every heading this source declares, with its spellings."""
        of_columns = [(heading, each.required) for each in self.columns.values() for heading in each.headings]
        named = [*(heading for heading, _ in of_columns), *self.kept, *self.known]
        required = {heading for heading, must in of_columns if must} | set(self.kept)
        return Headings({each: (each, *self.spellings.get(each, ())) for each in named}, frozenset(required))

    def plan(self, table: Table) -> Plan:
        """Raises LayoutChangedError when a required heading is not in the table."""
        return compile_plan(self.columns, table, headings=self.headings(), source=self.name)

    def draft(self, row: Row, plan: Plan) -> ProspectDraft:
        """Raises RowError when the row has no number of its own."""
        values = plan.values(row)
        if not values.get("native_id"):
            raise RowError(f"row {row.number}: no {' or '.join(plan.origins['native_id'])}")
        return ProspectDraft(**self.settle(values, row, plan), raw=plan.raw(row), origins=plan.origins)

    def settle(self, values: dict[str, Any], row: Row, plan: Plan) -> dict[str, Any]:  # noqa: ARG002
        """Where a field depends on more than its own columns, a source decides it here."""
        return values
