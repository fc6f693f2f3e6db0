"""How alike two prospects are: which facts agree, which differ, and whether a person should look at the two."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.utils import default_process

from prospect_aggregate.normalize.text import fold

ALIKE = 80
"""Of 100, titles or descriptions with their words sorted (STATISTICS §7)."""
SAME_WORD = 75
"""Of 100: `Officer` and `Officers`, a letter missing; not `TIGER` and `TERN`, two ships."""
AGREE = 3
"""Facts that must agree beside office, NAICS and title: a title alone is used for many purchases."""
FOR_EACH_DIFFERENCE = 2
DIFFER = 2
"""Facts that may differ. A renamed row keeps nearly all of its cells, and two dates move together; with these three,
of 3,960 titles edited among real rows of nine lists, 4 % of each coming and going, 87 % were found; 3 % of what was
found was wrong, in offices that use one title for many purchases."""


class Described(NamedTuple):
    """The columns of a prospect that tell it from others."""

    title: str | None
    description: str | None
    agency: str | None
    component: str | None
    office: str | None
    program_office: str | None
    naics_code: str | None
    set_aside: str | None
    value_min: Decimal | None
    value_max: Decimal | None
    value_basis: str | None
    solicitation_from: date | None
    solicitation_to: date | None
    award_from: date | None
    award_to: date | None
    place_city: str | None
    place_state: str | None
    place_country: str | None
    incumbent_name: str | None
    incumbent_contract: str | None
    contacts: list[dict[str, str | None]]


Place = Callable[[Described], str | None]


def office_of(it: Described) -> str | None:
    """Who buys, as one list writes it: the contracting office, else the bureau, else who needs it (STATISTICS §5)."""
    return it.office or it.component or it.program_office


def bureau_of(it: Described) -> str | None:
    """Who buys, as two layouts of one list may both write it."""
    return it.component or it.office


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two prospects may be one."""

    title: int
    """How alike the titles are, of 100."""
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    """Facts that both publish."""

    @property
    def likely(self) -> bool:
        agree, differ = len(self.agree), len(self.differ)
        return agree >= AGREE and differ <= DIFFER and agree >= FOR_EACH_DIFFERENCE * differ

    @property
    def rank(self) -> tuple[int, int]:
        return len(self.agree) - len(self.differ), self.title


Suggestion = tuple[int, str, Evidence]
"""Primary key of the older one, number of the newer one, and why."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Pairs that a person should look at, the strongest first, each prospect in one of them."""

    pairs: list[Suggestion]
    compared: int
    left_out: int
    """Comparisons that were too many."""


def likely_pairs(
    olders: Mapping[int, Described], newers: Mapping[str, Described], *, place: Place, most: int
) -> Likely:
    """Of the same office and the same 4 digits of NAICS. Offices with fewest rows come first, as they tell most."""
    blocks = list(_blocks(olders, newers, place))
    blocks.sort(key=lambda block: (len(block[0]) * len(block[1]), block))
    found: list[Suggestion] = []
    compared, left_out = 0, 0
    for ours, theirs in blocks:
        size = len(ours) * len(theirs)
        if compared + size > most:
            left_out += size
            continue
        compared += size
        found += [
            (older, newer, evidence)
            for newer in theirs
            for older in ours
            if (evidence := compare(olders[older], newers[newer])) and evidence.likely
        ]
    return Likely(_one_each(found), compared, left_out)


def _blocks(
    olders: Mapping[int, Described], newers: Mapping[str, Described], place: Place
) -> Iterator[tuple[list[int], list[str]]]:
    ours: dict[Hashable, list[int]] = defaultdict(list)
    for pk, it in olders.items():
        ours[_block(it, place)].append(pk)
    theirs: dict[Hashable, list[str]] = defaultdict(list)
    for number, it in newers.items():
        theirs[_block(it, place)].append(number)
    return ((ours[block], theirs[block]) for block in ours.keys() & theirs.keys() - {None})


def _block(it: Described, place: Place) -> Hashable:
    """None for a prospect whose office, trade or title is unknown: nothing tells that it is another one's equal."""
    who = place(it)
    if not who or not it.naics_code or not it.title:
        return None
    return fold(it.agency or ""), fold(who), it.naics_code[:4]


def _one_each(found: list[Suggestion]) -> list[Suggestion]:
    """Of all that a prospect is like, the one that it is most like."""
    older_taken, newer_taken, chosen = set(), set(), []
    for older, newer, evidence in sorted(found, key=lambda it: it[2].rank, reverse=True):
        if older not in older_taken and newer not in newer_taken:
            older_taken.add(older)
            newer_taken.add(newer)
            chosen.append((older, newer, evidence))
    return chosen


def compare(older: Described, newer: Described) -> Evidence | None:
    """None where the titles are not alike."""
    before, after = default_process(older.title or ""), default_process(newer.title or "")
    alike = token_sort_ratio(before, after, score_cutoff=ALIKE)
    if not alike or _is_another(before.split(), after.split()):
        return None
    told = {name: fact(older, newer) for name, fact in FACTS.items()}
    return Evidence(
        title=int(alike),
        agree=tuple(name for name, agrees in told.items() if agrees),
        differ=tuple(name for name, agrees in told.items() if agrees is False),
    )


def _is_another(before: list[str], after: list[str]) -> bool:
    """Whether each title has a word of its own: `Dry dock USCGC TERN` is no new name of `Dry dock USCGC HERON`."""
    gone, come = Counter(before), Counter(after)
    gone, come = gone - come, come - gone
    return _has_own(gone, come) and _has_own(come, gone)


def _has_own(words: Counter[str], others: Counter[str]) -> bool:
    return any(not any(_is_one_word(word, other) for other in others) for word in words)


def _is_one_word(word: str, other: str) -> bool:
    """Numbers are never spelt otherwise: `Code 31` and `Code 32` are two offices."""
    return word.isalpha() and other.isalpha() and ratio(word, other) >= SAME_WORD


def _windows(name: str) -> Callable[[Described, Described], bool | None]:
    """Whether two windows or bands have something in common; None where one is unknown."""

    def agree(older: Described, newer: Described) -> bool | None:
        return _overlap(*_ends(older, name), *_ends(newer, name))

    return agree


def _ends(it: Described, name: str) -> tuple[Any, Any]:
    return getattr(it, f"{name}_from"), getattr(it, f"{name}_to")


def _values(older: Described, newer: Described) -> bool | None:
    """Yearly amounts are never compared with totals."""
    if older.value_basis != newer.value_basis:
        return None
    return _overlap(older.value_min, older.value_max, newer.value_min, newer.value_max)


def _overlap(first: Any, last: Any, other_first: Any, other_last: Any) -> bool | None:
    """An end that is not published is open."""
    if (first is None and last is None) or (other_first is None and other_last is None):
        return None
    begins = last is None or other_first is None or other_first <= last
    return begins and (other_last is None or first is None or first <= other_last)


def _places(older: Described, newer: Described) -> bool | None:
    """As far as both tell: a city has many spellings of its country."""
    here = (fold(older.place_city or ""), older.place_state, older.place_country)
    there = (fold(newer.place_city or ""), newer.place_state, newer.place_country)
    both = [(one, other) for one, other in zip(here, there, strict=True) if one and other]
    return all(one == other for one, other in both) if both else None


def _equal(*names: str) -> Callable[[Described, Described], bool | None]:
    """Whether they say the same in the first column in which both say anything."""

    def agree(older: Described, newer: Described) -> bool | None:
        for name in names:
            one, other = getattr(older, name), getattr(newer, name)
            if one and other:
                return fold(one) == fold(other)
        return None

    return agree


def _descriptions(older: Described, newer: Described) -> bool | None:
    if not older.description or not newer.description:
        return None
    before, after = default_process(older.description), default_process(newer.description)
    return token_sort_ratio(before, after, score_cutoff=ALIKE) > 0


def _people(older: Described, newer: Described) -> bool | None:
    """Whether they name one person, or one address."""
    here, there = _named(older), _named(newer)
    return bool(here & there) if here and there else None


def _named(it: Described) -> set[str]:
    return {fold(each) for contact in it.contacts if (each := contact["email"] or contact["name"])}


FACTS: Mapping[str, Callable[[Described, Described], bool | None]] = {
    "naics": _equal("naics_code"),
    "description": _descriptions,
    "value": _values,
    "solicitation": _windows("solicitation"),
    "award": _windows("award"),
    "set_aside": _equal("set_aside"),
    "place": _places,
    "incumbent": _equal("incumbent_contract", "incumbent_name"),
    "contacts": _people,
}
"""What may agree or differ beside office, four digits of NAICS and title; None where one of the two says nothing."""
