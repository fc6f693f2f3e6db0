"""What a replay would change, counted, with examples."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.prospects.objects import change_object
from prospect_aggregate.replay.compare import UNSEEN, Difference, Pair, again
from prospect_aggregate.replay.scratch import SCRATCH
from prospect_aggregate.replay.sightings import Sighting

EXAMPLES = 5
Object = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """How many there are, and the first few of them."""

    count: int = 0
    examples: list[Any] = field(default_factory=list)

    def add(self, example: Any) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(example)


@dataclass(frozen=True, slots=True)
class Value:
    """One prospect's value as it is stored, and as today's code reads it."""

    key: str
    stored: Any
    today: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An edition that today's code cannot read at all."""

    run: int
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One replay, beside what is kept."""

    source: str
    editions: int
    first_at: datetime
    last_at: datetime
    differs: bool
    unreadable: Sequence[Unreadable]
    prospects: int
    """Compared: of either side."""
    changed: int
    """How many read otherwise."""
    new: Tally
    """Keys of prospects that would come in."""
    gone: Tally
    """Keys of prospects whose number no edition has, as it is read today."""
    fields: Mapping[str, Tally]
    """The most frequent first."""
    unseen: Mapping[str, int]
    """In how many prospects a column differs that is shown to nobody."""
    readings: int
    """Runs whose headings, shares of fields read or edition are not as on record."""
    changes_new: Tally
    changes_gone: Tally


def report_of(source: Source, sightings: Sequence[Sighting], difference: Difference) -> Report:
    """While the fresh database is open."""
    fields = _fields(source.key, difference.differing)
    return Report(
        source=source.key,
        editions=difference.editions,
        first_at=sightings[0].at,
        last_at=sightings[-1].at,
        differs=not difference.nothing,
        unreadable=[Unreadable(again(run), run.observed_at, run.error) for run in difference.unreadable],
        prospects=difference.prospects,
        changed=sum(pair.reads_otherwise() for pair in difference.differing),
        new=_keys(source.key, difference.new),
        gone=_keys(source.key, difference.gone),
        fields={name: tally for name, tally in fields.items() if name not in UNSEEN},
        unseen={name: fields[name].count if name in fields else 0 for name in UNSEEN},
        readings=len(difference.rereads),
        changes_new=_changes(difference.ledger.found, SCRATCH),
        changes_gone=_changes(difference.ledger.lost, source._state.db),
    )


def report_object(report: Report, *, applied: Run | None) -> Object:
    """As programs get it; `applied` is the run that wrote it, whose file holds what stood there before."""
    former = applied.artifact if applied else None
    return {
        **asdict(report),
        "applied": applied is not None,
        "run": applied.pk if applied else None,
        "former": former.filename if former else None,
        "former_sha256": former.sha256 if former else None,
    }


def _fields(key: str, pairs: Iterable[Pair]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for pair in pairs:
        for column in pair.differing():
            tallies[column].add(Value(f"{key}:{pair.kept.native_id}", *_values(pair, column)))
    return dict(sorted(tallies.items(), key=lambda it: -it[1].count))


def _values(pair: Pair, column: str) -> Iterator[Any]:
    """Both values; of the published row only the cells that differ."""
    stored, today = getattr(pair.kept, column), getattr(pair.today, column)
    if column != "raw":
        yield from (stored, today)
        return
    yield from (_without(stored, today), _without(today, stored))


def _without(cells: Object, others: Object) -> Object:
    return {heading: cell for heading, cell in cells.items() if others.get(heading) != cell}


def _keys(key: str, prospects: Sequence[Prospect]) -> Tally:
    return Tally(len(prospects), [f"{key}:{it.native_id}" for it in prospects[:EXAMPLES]])


def _changes(pks: Sequence[int], alias: str | None) -> Tally:
    shown = (
        Change.objects.using(alias).filter(pk__in=pks[:EXAMPLES]).select_related("prospect__source", "run")
    )
    return Tally(len(pks), [_change(change) for change in shown.order_by("pk")])


def _change(change: Change) -> Object:
    """Under the run on record, also when the fresh database's run saw it."""
    on_record = again(change.run) if change._state.db == SCRATCH else change.run_id
    return {**change_object(change), "run": on_record}
