"""Prospects that a person called one: their earlier names, and the slip counted over all of them."""

from collections.abc import Iterable, Iterator
from itertools import chain

from prospect_aggregate.collection.models import Source
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.prospects.ledger import window_in
from prospect_aggregate.prospects.models import Pair, Prospect, Reuse
from prospect_aggregate.prospects.rereading import SLIP
from prospect_aggregate.prospects.slips import slip_over


def earlier_names(prospect: Prospect) -> list[Prospect]:
    """What it was listed as before, the latest first."""
    return [pair.older for pair in _followed(prospect, "newer")]


def later_names(prospect: Prospect) -> list[Prospect]:
    """What it was listed as since, the earliest first."""
    return [pair.newer for pair in _followed(prospect, "older")]


def _followed(prospect: Prospect, role: str) -> Iterator[Pair]:
    renamed = Pair.objects.standing().filter(kind=Pair.Kind.RENAMED).with_both()
    while pair := renamed.filter(**{role: prospect}).first():
        yield pair
        prospect = pair.older if role == "newer" else pair.newer


def copies(prospect: Prospect) -> list[Prospect]:
    """Second copies that are shown with it."""
    twins = Pair.objects.standing().filter(kind=Pair.Kind.TWIN).with_both()
    shown = twins.filter(older=prospect) | twins.filter(newer=prospect)
    return [pair.under for pair in shown.order_by("pk") if pair.under and pair.under != prospect]


def stands_under(prospect: Prospect) -> Pair | None:
    """The pair by which it is shown with another one."""
    return Pair.objects.standing().with_both().filter(under=prospect).first()


def rejoin(prospect: Prospect) -> None:
    """Count its slip anew from what the ledger holds now, and the slip of those that continue it."""
    for name in [prospect, *later_names(prospect)]:
        names = [each for each, _ in since_cut([name, *earlier_names(name)])]
        slip = slip_over(chain.from_iterable(map(promises_seen, names)))
        Prospect.objects.filter(pk=name.pk).update(**dict(zip(SLIP, slip, strict=True)))


def continuing(source: Source) -> set[int]:
    """Primary keys of prospects whose history a person joined: to an earlier name, or over a number used again."""
    renamed = Pair.objects.standing().filter(kind=Pair.Kind.RENAMED, newer__source=source)
    same = Reuse.objects.filter(prospect__source=source, verdict=Reuse.Verdict.SAME)
    return {*renamed.values_list("newer", flat=True), *same.values_list("prospect", flat=True)}


def part(prospect: Prospect) -> None:
    """Give it the slip that it has by itself, whatever a person decided. Nothing is written."""
    last = prospect.reuses.order_by("-at", "-pk").first()
    for name, value in zip(SLIP, slip_over(_promises_since(prospect, last)), strict=True):
        setattr(prospect, name, value)


def promises_seen(prospect: Prospect) -> list[Window]:
    """Every promise of its solicitation under this name, the first one first; one at least.

    Where the number was given to another requirement, those of the last one only.
    """
    return _promises_since(prospect, cut_of(prospect))


def _promises_since(prospect: Prospect, cut: Reuse | None) -> list[Window]:
    told = prospect.changes.filter(field="solicitation").order_by("at", "pk")
    moves = list(told.values_list("at", "old", "new"))
    before = [new for at, _, new in moves if cut and at <= cut.at]
    since = [(old, new) for at, old, new in moves if not cut or at > cut.at]
    if not before and not since:
        return [promise_now(prospect)]
    return [window_in(before[-1] if before else since[0][0]), *(window_in(new) for _, new in since)]


def since_cut(names: Iterable[Prospect]) -> list[tuple[Prospect, Reuse | None]]:
    """Of names, the latest first, those of the requirement that it is now, the oldest first; each with its cut."""
    kept: list[tuple[Prospect, Reuse | None]] = []
    for name in names:
        kept.insert(0, (name, cut_of(name)))
        if kept[0][1]:
            break
    return kept


def cut_of(prospect: Prospect) -> Reuse | None:
    """Where its number was last given to another requirement, as far as that is suspected or decided."""
    return prospect.reuses.cutting().order_by("-at", "-pk").first()


def promise_now(prospect: Prospect) -> Window:
    return Window(prospect.solicitation_from, prospect.solicitation_to, prospect.solicitation_precision,
                  prospect.solicitation_text)  # fmt: skip
