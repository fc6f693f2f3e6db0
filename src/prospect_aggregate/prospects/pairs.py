"""Pairs of prospects that may be one: suggested by an edition, decided by a person, never merged by themselves."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from prospect_aggregate.collection import audit
from prospect_aggregate.collection.models import Edition, Run, Source
from prospect_aggregate.normalize.text import fold
from prospect_aggregate.prospects import joined
from prospect_aggregate.prospects.likeness import Described, Likely, bureau_of, likely_pairs, office_of
from prospect_aggregate.prospects.models import Pair, Prospect
from prospect_aggregate.prospects.record import COLUMNS
from prospect_aggregate.prospects.rereading import PAGE
from prospect_aggregate.prospects.sift import Known, Sifted
from prospect_aggregate.prospects.waiting import Drafted

MOST = 200_000
"""Comparisons of titles in one run: half a second. A list of 3,452 rows replaced by half needs 33,000."""

Kind, Verdict = Pair.Kind, Pair.Verdict
_POSITIONS = tuple(COLUMNS.index(column) for column in Described._fields)


class CannotPairError(ValueError):
    """A verdict that cannot be given; the message says what to do first."""


def likely(run: Run, sifted: Sifted, known: Known) -> Likely:
    """New rows beside those that this edition lacks: gone from a whole list, or numbered otherwise than a part of it.

    Read before the write transaction. A first edition, one without new rows and one that has all rows cost nothing.
    """
    absent = known.listed() - sifted.present()
    if not sifted.fresh or not absent:
        return Likely([], 0, 0)
    olders = _described(absent) if run.complete else _described(absent, _numbered_otherwise(run))
    newers = {number: _as_drafted(drafted) for number, drafted in sifted.fresh.items()}
    return likely_pairs(olders, newers, place=office_of if run.complete else bureau_of, most=MOST)


def _as_drafted(drafted: Drafted) -> Described:
    return Described(*(drafted.record[position] for position in _POSITIONS))


def _described(pks: Collection[int], last_runs: Collection[int] | None = None) -> dict[int, Described]:
    """Those of the prospects that one of these runs wrote last; without runs, all of them."""
    if last_runs is not None and not last_runs:
        return {}
    wanted = sorted(pks)
    found: dict[int, Described] = {}
    for start in range(0, len(wanted), PAGE):
        page = Prospect.objects.filter(pk__in=wanted[start : start + PAGE])
        if last_runs is not None:
            page = page.filter(last_run__in=last_runs)
        found |= {pk: Described(*values) for pk, *values in page.values_list("pk", *Described._fields)}
    return found


def _numbered_otherwise(run: Run) -> list[int]:
    """Runs of its source that found the number under other headings, and wrote something that is still listed."""
    wrote = Prospect.objects.filter(source=run.source).listed().order_by().values("last_run")
    others = Run.objects.filter(pk__in=wrote).only("layout")
    return [other.pk for other in others if numbering(other) != numbering(run)]


def numbering(run: Run) -> list[str]:
    """The headings that rows are numbered by in this run's layout."""
    return [fold(heading) for heading in run.layout.get("native_id", [])]


def notes_of(found: Likely) -> list[str]:
    """What a person should know of how far was looked."""
    if not found.left_out:
        return []
    left_out = f"{found.left_out:,} more, in the offices with most rows, were too many"
    return [f"likely pairs: {found.compared:,} titles were compared; {left_out}"]


def suggest(run: Run, found: Likely, *, at: datetime) -> None:
    """Put them before a person. The newer ones stand in the database by now."""
    kind = Kind.RENAMED if run.complete else Kind.TWIN
    pks = _pks(run, [newer for _, newer, _ in found.pairs])
    Pair.objects.bulk_create(
        Pair(
            older_id=older,
            newer_id=pks[newer],
            kind=kind,
            run=run,
            evidence={"title": why.title, "agree": list(why.agree), "differ": list(why.differ)},
            suggested_at=at,
        )
        for older, newer, why in found.pairs
    )


def _pks(run: Run, numbers: list[str]) -> dict[str, int]:
    pks: dict[str, int] = {}
    for start in range(0, len(numbers), PAGE):
        page = Prospect.objects.filter(first_run=run, native_id__in=numbers[start : start + PAGE])
        pks |= dict(page.values_list("native_id", "pk"))
    return pks


def decide(pair: Pair, verdict: Pair.Verdict, *, by: str, note: str, now: datetime) -> Pair:
    """One purchase or two, until somebody decides again. Nothing is deleted, and both keep their numbers.

    Raises CannotPairError.
    """
    with transaction.atomic():
        alone_with(pair.newer.source)
        pair = Pair.objects.with_both().get(pk=pair.pk)
        under = will_stand_under(pair) if verdict == Verdict.SAME else None
        if under:
            _check(pair, under)
        Pair.objects.filter(pk=pair.pk).update(verdict=verdict, under=under, by=by, at=now, note=note.strip())
        _record(pair, verdict, note.strip())
        if pair.kind == Kind.RENAMED:
            joined.rejoin(pair.newer)
    return Pair.objects.with_both().get(pk=pair.pk)


def _record(pair: Pair, verdict: Pair.Verdict, note: str) -> None:
    was = {"verdict": pair.verdict, "by": pair.by, "note": pair.note} if pair.verdict else {}
    both = {"older": pair.older.key, "newer": pair.newer.key}
    audit.record("decide pair", "pair", pair.pk, before=was, after={"verdict": verdict, "note": note, **both})


def alone_with(source: Source) -> None:
    """An edition that is being written ends first, and one that was read waits: both write slips; so do verdicts.

    In the order in which an ingest takes these rows.
    """
    started = Run.objects.select_for_update().filter(source=source, status=Run.Status.STARTED)
    list(started.values_list("pk"))
    Source.objects.select_for_update().get(pk=source.pk)


def will_stand_under(pair: Pair) -> Prospect:
    """An earlier name stands under the later one; of two copies, the one that is not read from the whole list."""
    if pair.kind == Kind.RENAMED:
        return pair.older
    whole = Edition.objects.filter(source=pair.newer.source_id, complete=True).select_related("run")
    newest = whole.order_by("-observed_at").first()
    is_whole = newest is not None and numbering(newest.run) == numbering(pair.run)
    return pair.older if is_whole else pair.newer


def _check(pair: Pair, under: Prospect) -> None:
    """Raises CannotPairError where the list, or another pair, says otherwise."""
    older, newer = pair.older, pair.newer
    if pair.kind == Kind.RENAMED and older.state == older.State.LISTED:
        raise CannotPairError(f"{older.key} is back on the list beside {newer.key}; call them different")
    if taken := _taken(pair, under):
        said = f"pair {taken.pk} says already that {taken.older.key} and {taken.newer.key} are one"
        raise CannotPairError(f"{said}; decide that pair anew first")
    if under in _all_above(newer if under == older else older):
        raise CannotPairError(
            f"by way of other pairs {under.key} would stand under itself; decide those anew"
        )


def _taken(pair: Pair, under: Prospect) -> Pair | None:
    """The pair that gives one of the two another place already."""
    claims = Q(under=under)
    if pair.kind == Kind.RENAMED:
        claims |= Q(kind=Kind.RENAMED, newer=pair.newer)
    return Pair.objects.standing().filter(claims).exclude(pk=pair.pk).with_both().first()


def _all_above(prospect: Prospect) -> Iterator[Prospect]:
    while pair := joined.stands_under(prospect):
        prospect = pair.above
        yield prospect


def rejoin_all(source: Source) -> None:
    """After prospects were put back as they stood, with the slips of that time: by what is decided now."""
    renamed = Pair.objects.filter(newer__source=source, kind=Kind.RENAMED).exclude(verdict=None)
    for pair in renamed.select_related("newer").order_by("pk"):
        joined.rejoin(pair.newer)
    for prospect in Prospect.objects.filter(source=source, reuses__verdict__isnull=False).distinct():
        joined.rejoin(prospect)
