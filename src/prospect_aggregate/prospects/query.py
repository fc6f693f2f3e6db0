"""What a reader types into the search box, as a tree of conditions; nothing here knows a database.

help desk            both words, the last one also as the beginning of a word while it is typed
"help desk"          the words side by side
netw*                words that begin so
-training            not this
cloud OR hosting     one of the two; it binds closer than a blank
naics:5415           a field, by its code or a part of its name; agency:"Homeland Security"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prospect_aggregate.prospects.words import tokens

NAMED = {
    "naics": "naics", "psc": "psc", "source": "source", "agency": "agency", "component": "component",
    "office": "office", "place": "place", "state": "place", "set": "set_aside", "set-aside": "set_aside",
    "set_aside": "set_aside", "setaside": "set_aside", "vehicle": "vehicle", "incumbent": "incumbent",
    "type": "requirement_type", "competition": "competition", "phase": "phase",
}  # fmt: skip
"""What may stand before a colon, and the filter that it names."""
_PART = re.compile(
    r"""(?P<minus>-?)
        (?: (?P<name>\w[\w-]*):(?P<value>"[^"]*"?|[^\s"]+)
          | "(?P<phrase>[^"]*)(?P<closed>"?)
          | (?P<word>[^\s"]+) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens side by side; `begins`: the last one may be the beginning of a longer word."""

    tokens: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A filter by its name in `search.Filters`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    one: "Node"


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    nodes: tuple["Node", ...]


Node = Words | Named | Not | All | Any


def parse(text: str) -> All:
    """Never fails: what is no operator is words, and what holds no letter or digit asks nothing."""
    groups: list[list[Node]] = []
    joins = False
    for part in _parts(text):
        if part is None:
            joins = bool(groups)
        elif joins:
            groups[-1].append(part)
            joins = False
        else:
            groups.append([part])
    return All(tuple(group[0] if len(group) == 1 else Any(tuple(group)) for group in groups))


def _parts(text: str) -> Iterator[Node | None]:
    """Conditions as they stand; None is an OR."""
    for found in _PART.finditer(text):
        if found["word"] == "OR" and not found["minus"]:
            yield None
        elif node := _node(found, is_last=found.end() == len(text)):
            yield Not(node) if found["minus"] else node


def _node(found: re.Match[str], *, is_last: bool) -> Node | None:
    name = NAMED.get((found["name"] or "").lower())
    if name:
        return Named(name, found["value"])
    if found["phrase"] is not None:
        return _words(found["phrase"], begins=False)
    word = found["word"] or f"{found['name']}:{found['value']}"
    typed = is_last and not found["minus"]
    return _words(word, begins=word.endswith("*") or (typed and word[-1].isalnum()))


def _words(text: str, *, begins: bool) -> Words | None:
    found = tokens(text)
    return Words(tuple(found), begins) if found else None


def naming(text: str) -> str:
    """Words that may name an agency: what is asked in words alone, of an agency and of a component."""
    named = [(found, NAMED.get((found["name"] or "").lower())) for found in _PART.finditer(text)]
    return " ".join(
        found["value"].strip('"') if name else found[0]
        for found, name in named
        if name in (None, "agency", "component")
    )
