"""Which heading becomes which field: by what headings mean elsewhere, then by what the cells say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.fields import READ
from prospect_aggregate.scrapers.scaffold import evidence
from prospect_aggregate.scrapers.scaffold.contacts import Person, persons
from prospect_aggregate.scrapers.scaffold.groups import GROUPED, groups
from prospect_aggregate.scrapers.scaffold.lexicon import ALIKE, MAINLY, SAME, SURE, Lexicon, Likeness
from prospect_aggregate.scrapers.scaffold.number import key, own_number, repeats
from prospect_aggregate.scrapers.scaffold.opening import Opened
from prospect_aggregate.scrapers.scaffold.proposed import Known, Proposed

FEWEST_FIELDS = 3
"""A list with fewer is hardly a forecast."""
_BY_CELLS: tuple[tuple[str, str, Callable[[Sequence[Cell]], bool]], ...] = (
    ("naics_codes", "six digits of the classification", lambda cells: _most("naics_codes", cells)),
    ("value", "amounts of money", evidence.is_money),
    ("set_aside", "set-aside programs", evidence.is_set_aside),
    ("requirement_type", "new or not", lambda cells: _most("requirement_type", cells)),
    ("contract_type", "kinds of pricing", lambda cells: _most("contract_type", cells)),
    ("description", "prose", evidence.is_prose),
    ("title", "short texts, hardly ever the same", evidence.is_title),
    ("incumbent_contract", "contract numbers", lambda cells: _many("incumbent_contract", cells)),
    ("url", "addresses on the web", lambda cells: _most("url", cells)),
)
"""Fields that are told by their cells alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Fields in a draft's order, and the headings that no field is read from."""

    fields: tuple[Proposed, ...]
    rest: tuple[str, ...]
    persons: tuple[Person, ...]
    repeats: bool
    """Rows share a number, or are alike in all that one is made of."""
    remarks: tuple[str, ...]
    """What somebody should look at, beside the proposals that say so themselves."""


def propose(opened: Opened, lexicon: Lexicon) -> Proposal:
    """Every field is proposed once at most; a heading serves two only where it does so elsewhere.

    Raises LayoutChangedError for a list that is no forecast, as far as can be told.
    """
    known = _known(opened, lexicon)
    people = persons(opened, known)
    named = {heading for person in people for heading in person.values()}
    things = {heading: known[heading] for heading in opened.headings if heading not in named}
    found = {each.field: each for each in [*_singles(opened, things), *groups(opened, known)]}
    own = own_number(opened, things)
    taken = {heading for each in found.values() for heading in each.headings} | named | {own or ""}
    found |= {each.field: each for each in _by_cells(opened, found, taken)}
    found["native_id"] = key(opened, own, found)
    ordered = tuple(found[name] for name in READ if name in found)
    if len(ordered) < FEWEST_FIELDS:
        raise LayoutChangedError(
            f"{opened.name}: hardly a forecast, by its headings: {', '.join(opened.headings)[:300]}"
        )
    taken = {heading for each in ordered for heading in each.headings}
    return Proposal(
        fields=ordered,
        rest=tuple(it for it in opened.headings if it not in taken),
        persons=tuple(people),
        repeats=repeats(opened, found["native_id"].headings),
        remarks=_unread(opened, ordered),
    )


def _known(opened: Opened, lexicon: Lexicon) -> Known:
    """Heading → field → likeness: where the cells do not speak against it, and the heading means no other thing."""
    return {
        heading: _meaning(opened.cells(heading), lexicon.likenesses(heading)) for heading in opened.headings
    }


def _meaning(cells: Sequence[Cell], alike: Mapping[str, Likeness]) -> dict[str, Likeness]:
    """What keeps words as they are fits always, but only where it is what the heading usually means."""
    usual = max(alike, key=lambda name: (alike[name].score, alike[name].times), default="")
    fitting = {
        name: it
        for name, it in alike.items()
        if evidence.fits(name, cells, it)
        or (name == usual and it.score >= SURE and name in evidence.KEEPS_WORDS)
    }
    uses = sum(it.times for it in fitting.values() if it.score >= SURE)
    return {name: it for name, it in fitting.items() if it.score < SURE or it.times >= MAINLY * uses}


def _singles(opened: Opened, known: Known) -> Iterable[Proposed]:
    """The best heading of each field that has one column; of equals the one whose cells are understood best."""
    claims = [
        (it.score, round(evidence.understood(name, opened.cells(heading)), 1), it.times, name, heading)
        for heading, fields in known.items()
        for name, it in fields.items()
        if name not in GROUPED and name != "native_id"
    ]
    found: dict[str, Proposed] = {}
    taken: dict[str, float] = {}
    for score, _, _, name, heading in sorted(claims, key=lambda it: (-it[0], -it[1], -it[2])):
        is_free = heading not in taken or min(taken[heading], score) >= SURE
        if is_free and name not in found and not _is_one_agency(opened, name, heading):
            found[name] = Proposed(name, (heading,), why=_why(known[heading][name]))
            taken[heading] = score
    return found.values()


def _is_one_agency(opened: Opened, name: str, heading: str) -> bool:
    """A column of departments is the row's own agency only where it names more than one."""
    named = {cell for cell in map(READ["agency"], opened.cells(heading)) if cell}
    return name == "agency" and sum("Department" in each for each in named) < 3


def _why(it: Likeness) -> str:
    if it.score < ALIKE:
        return f"by the word {it.like!r}"
    return f"as in {it.source}" if it.score == SAME else f"like {it.like!r} of {it.source}"


def _by_cells(opened: Opened, found: dict[str, Proposed], taken: set[str]) -> Iterable[Proposed]:
    for name, what, tells in _BY_CELLS:
        left = (it for it in opened.headings if it not in taken and tells(opened.cells(it)))
        heading = next(left, None) if name not in found else None
        if heading is not None:
            taken.add(heading)
            yield Proposed(name, (heading,), why=f"by its cells: {what}")


def _many(name: str, cells: Sequence[Cell]) -> bool:
    return evidence.understood(name, cells) >= evidence.MOST


def _most(name: str, cells: Sequence[Cell]) -> bool:
    return evidence.understood(name, cells) > 1 - evidence.SOME


def _unread(opened: Opened, proposed: Sequence[Proposed]) -> tuple[str, ...]:
    """Fields of which many cells say something and are not understood."""
    strict = [each for each in proposed if each.field in evidence.NEEDED.keys() - evidence.KEEPS_WORDS]
    shares = {each.field: _share(opened, each) for each in strict}
    few = {name: share for name, share in shares.items() if share < 1 - evidence.SOME}
    return tuple(f"{name} is read from {share:.0%} of its cells" for name, share in few.items())


def _share(opened: Opened, each: Proposed) -> float:
    return evidence.share(each.read, list(zip(*map(opened.cells, each.headings), strict=True)), each.field)
