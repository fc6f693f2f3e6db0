"""Changes read for the feed: which are told at all, which are more than small edits, and how large their lists are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property, partial
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, When

from prospect_aggregate.collection.models import Edition, Run
from prospect_aggregate.prospects import memo
from prospect_aggregate.prospects.consequence import (
    DATED,
    DATES,
    DECISIVE,
    GATES,
    NOBODYS,
    READ,
    Concern,
    Group,
    Told,
)
from prospect_aggregate.prospects.folding import Section, Sizes, sections_of
from prospect_aggregate.prospects.models import CLOSED_PHASES, Change, Reuse
from prospect_aggregate.prospects.offices import OFFICES, dated_in, named, sizes_at
from prospect_aggregate.prospects.raw import chunks, day, moment
from prospect_aggregate.prospects.search import told_changes

_COLUMNS = (
    "pk", "prospect_id", "run_id", "at", "prospect__source__key", *(f"prospect__{name}" for name in OFFICES),
    "kind", "field", "read_old", "read_new", "shift_days", "shift_at_least", "significance",
    "prospect__solicitation_to", "prospect__award_to", "prospect__incumbent_ends_to", "prospect__phase",
    "prospect__left_at", "reused",
)  # fmt: skip

_GIVEN_OR_REMOVED = (Q(old__regex=DATED) & ~Q(new__regex=DATED)) | (
    Q(new__regex=DATED) & ~Q(old__regex=DATED)
)
REUSED = Exists(Reuse.objects.waiting().filter(prospect=OuterRef("prospect"), run=OuterRef("run")))
NEWS = ~Q(kind=Change.Kind.LISTED, significance=Change.Significance.LOW)
"""Nothing of a first edition is news. Asked before all else: it is most of what was ever written down."""
LOUD = NEWS & (
    Q(REUSED)
    | Q(kind=Change.Kind.LISTED)
    | Q(kind__in=Change.LEFT, field="")
    | Q(kind=Change.Kind.REAPPEARED)
    | Q(field__in=(*DECISIVE, "value"))
    | Q(field="phase") & (Q(old__in=GATES) | Q(new__in=GATES))
    | Q(field__in=DATES) & ~Q(shift_days=0) & Q(shift_days__isnull=False)
    | Q(field="solicitation", shift_days=None) & _GIVEN_OR_REMOVED
)
"""All but the group of small edits, as a condition; a test holds the two together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What the feed is narrowed down to; empty asks nothing."""

    source: str = ""
    office: str = ""
    """Part of the name of an office, a component or an agency."""
    prospects: Q = field(default_factory=Q)
    """A scope's condition on the prospect of a change, such as `Q(prospect__in=…)`."""

    @property
    def condition(self) -> Q:
        asked = self.prospects
        if self.source:
            asked &= Q(prospect__source__key=self.source)
        if self.office:
            named = (f"prospect__{name}" for name in (*OFFICES, "agency", "source__agency"))
            asked &= _any(Q(**{f"{name}__icontains": self.office}) for name in named)
        return asked

    def __bool__(self) -> bool:
        return bool(self.source or self.office or self.prospects)


def _any(conditions: Iterator[Q]) -> Q:
    either = Q(pk__in=())
    for condition in conditions:
        either |= condition
    return either


def came_since(moment: datetime) -> Q:
    """Changes that we have learnt since then, however old the edition that shows them.

    Runs are looked up first, not with each change; and by number, for what is kept is named by the condition.
    """
    few = Run.objects.filter(finished_at__gte=moment).order_by("pk").values_list("pk", flat=True)
    return Q(run__in=list(few))


def count_loud(these: Q, concern: Concern = NOBODYS) -> int:
    """How many of these changes stand above the small edits."""
    return told_changes().filter(these).filter(LOUD | concern.condition).count()


@dataclass(frozen=True)
class Feed:
    """What a reader is told: sections, and how many changes they hold."""

    sections: list[Section]

    @cached_property
    def count(self) -> int:
        """Small edits are not counted: nobody has to act on them."""
        return sum(section.count for section in self.loud)

    @property
    def loud(self) -> list[Section]:
        return self.sections[:-1]

    @property
    def small(self) -> Section:
        return self.sections[-1]


def feed_of(these: Q, narrow: Narrow, concern: Concern = NOBODYS, *, whole: bool = False) -> Feed:
    """These changes in their groups; small edits are only counted, unless the `whole` is asked for.

    Read once where that is slow. A scope's condition has no name to keep it under.
    """
    read_it = partial(_feed, these, narrow, concern, whole=whole)
    if narrow.prospects:
        return read_it()
    closely = [sorted(numbers) for numbers in concern]
    name = f"feed {these} {narrow.source!r} {narrow.office!r} {closely} {whole}"
    return memo.kept(name, None, read_it, slower=memo.SLOW)


def _feed(these: Q, narrow: Narrow, concern: Concern, *, whole: bool) -> Feed:
    asked = told_changes().filter(these).filter(narrow.condition)
    loud = asked if whole else asked.filter(LOUD | concern.condition)
    told = list(read(loud))
    sections = sections_of(told, sizes_for(), concern)
    if not whole:
        sections[-1] = Section(Group.SMALL_EDITS, [], asked.count() - len(told))
    return Feed(sections)


def read(changes: QuerySet[Change]) -> Iterator[Told]:
    """Without titles and texts, of which a page needs few."""
    kept = {f"read_{name}": Case(When(field__in=READ, then=F(name)), output_field=TextField(null=True))
            for name in ("old", "new")}  # fmt: skip
    for rows in chunks(changes.annotate(**kept, reused=REUSED).values_list(*_COLUMNS)):
        yield from (_told(*row) for row in rows)


def _told(*row: Any) -> Told:
    (pk, prospect, run, at, source, office, component, program_office, kind, field, old, new, days, at_least,
     significance, solicitation_to, award_to, ends_to, phase, left_at, reused) = row  # fmt: skip
    return Told(
        pk=pk,
        prospect=prospect,
        run=run,
        at=moment(at),
        source=source,
        office=named((office, component, program_office)),
        kind=kind,
        field=field,
        old=old,
        new=new,
        shift_days=days,
        shift_at_least=bool(at_least),
        significance=significance,
        solicitation_to=day(solicitation_to),
        anchor=day(solicitation_to or award_to or ends_to),
        closed=phase in CLOSED_PHASES,
        left_at=left_at and moment(left_at),
        reused=bool(reused),
    )


def sizes_for() -> Sizes:
    """Counted where they are asked for, once each."""

    @cache
    def edition(run: int) -> tuple[int, datetime | None]:
        return Edition.objects.filter(run=run).values_list("rows", "observed_at").first() or (0, None)

    @cache
    def sizes(source: str, run: int) -> Mapping[str | None, Mapping[str, int]]:
        return sizes_at(source, edition(run)[1])

    return Sizes(
        dated=lambda it: dated_in(sizes(it.source, it.run), it.office, it.field),
        listed=lambda run: edition(run)[0],
    )
