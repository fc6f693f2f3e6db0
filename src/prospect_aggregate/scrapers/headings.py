"""Headings: which published column is which, and what to say when one is gone."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from prospect_aggregate.scrapers.errors import LayoutChangedError

Spellings = str | Sequence[str]
"""A heading, or the several ways in which editions have spelled it, the preferred one first."""

_WORDS = re.compile(r"[^\W_]+|[#$%]")
_LIKENESS_OF_NEW = 0.4
_NAMED_AT_ONCE = 5
"""A person reads five missing headings; forty mean "this is another list" and are counted."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where the wanted headings stand among those present."""

    index: dict[str, int]
    """Wanted name → column; a name that is optional and absent is not in it."""
    new: tuple[str, ...] = ()
    """Headings present that nobody asked for or knows."""
    moved: bool = False
    """True when the columns stand in another order than the known one."""


@lru_cache(maxsize=8192)
def fold(heading: str) -> str:
    """The words of a heading; case, blanks and punctuation are typing. `#`, `$` and `%` stay."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", heading).casefold()))


def spellings(wanted: Spellings) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else tuple(wanted)


def match(
    wanted: Mapping[str, Spellings],
    present: Sequence[str],
    *,
    required: Collection[str] | None = None,
    known: Sequence[str] = (),
    source: str = "",
) -> Match:
    """Find each wanted name's column by the first of its spellings that is present.

    `required` are the names that must be found (None: all); `known` are the headings of the edition that the
    source was written from, in its order, so that "moved" can be told. A missing required heading is refused,
    and so is one that stands over two columns.
    """
    columns = _columns(present)
    index = {name: at for name in wanted if (at := _find(wanted[name], columns, present)) is not None}
    gone = [name for name in wanted if (required is None or name in required) and name not in index]
    if gone:
        missing, new = [wanted[name] for name in gone], _new(wanted, present, known)
        raise LayoutChangedError(missing_message(source, missing, present, new=new))
    return Match(index, _new(wanted, present, known), _moved(columns, known))


def missing_message(
    source: str, missing: Iterable[Spellings], present: Collection[str], *, new: Collection[str] = ()
) -> str:
    """One line for a person: what is gone, and what stands there that looks like it, best a heading that is new."""
    gone = [spellings(each) for each in missing]
    parts = [_missing_one(each, present, new) for each in gone[:_NAMED_AT_ONCE]]
    if len(gone) > _NAMED_AT_ONCE:
        parts.append(f"and {len(gone) - _NAMED_AT_ONCE} more are missing")
    return (f"{source}: " if source else "") + "; ".join(parts)


def nearest(heading: str, present: Collection[str], *, likeness: float = 0.6) -> str | None:
    """The published heading that looks most like this one."""
    by_fold = {fold(each): each for each in present}
    close = difflib.get_close_matches(fold(heading), by_fold, n=1, cutoff=likeness)
    return by_fold[close[0]].strip() if close else None


def rearranged(
    before: Sequence[str], row_before: int | None, now: Sequence[str], row_now: int | None
) -> list[str]:
    """In what a list is laid out otherwise than the edition before; nothing for another layout altogether."""
    was, is_now = list(map(fold, before)), list(map(fold, now))
    common = set(was) & set(is_now)
    if len(common) * 2 < len(was):
        return []
    notes = [f"heading {name.strip()!r} is gone" for name in before if fold(name) not in common]
    if row_before and row_now and row_before != row_now:
        notes.append(
            f"the headings stand in row {row_now}; in the edition before they stood in row {row_before}"
        )
    if [name for name in was if name in common] != [name for name in is_now if name in common]:
        notes.append("the columns stand in another order than in the edition before")
    return notes


def _missing_one(names: tuple[str, ...], present: Collection[str], new: Collection[str]) -> str:
    """Of headings that are new, one is likely to be the missing one under another name."""
    said = " or ".join(repr(name) for name in names)
    renamed = [nearest(name, new, likeness=_LIKENESS_OF_NEW) for name in names]
    others = [nearest(name, present) for name in names]
    looks_like = next(filter(None, [*renamed, *others]), None)
    tail = f"nearest present: {looks_like!r}" if looks_like else "nothing present looks like it"
    listed = ", ".join(repr(each.strip()) for each in list(new)[:_NAMED_AT_ONCE])
    return f"heading {said} is missing; {tail}" + (f"; new: {listed}" if new and not looks_like else "")


def _columns(present: Sequence[str]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for number, heading in enumerate(present):
        columns.setdefault(fold(heading), []).append(number)
    return columns


def _find(wanted: Spellings, columns: Mapping[str, list[int]], present: Sequence[str]) -> int | None:
    for name in spellings(wanted):
        found = columns.get(fold(name), [])
        exact = [column for column in found if present[column] == name] or found
        if len(exact) > 1:
            raise LayoutChangedError(f"heading {name!r} stands over {len(exact)} columns")
        if exact:
            return exact[0]
    return None


def _new(wanted: Mapping[str, Spellings], present: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    ours = {fold(name) for names in wanted.values() for name in spellings(names)} | set(map(fold, known))
    return tuple(heading for heading in present if fold(heading) not in ours)


def _moved(columns: Mapping[str, list[int]], known: Sequence[str]) -> bool:
    order = [columns[folded][0] for folded in dict.fromkeys(map(fold, known)) if folded in columns]
    return order != sorted(order)
