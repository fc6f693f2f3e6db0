"""Which columns name people, in which role, and what of them."""

from collections.abc import Iterator, Sequence

from prospect_aggregate.normalize import text
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.scaffold import evidence
from prospect_aggregate.scrapers.scaffold.lexicon import SURE, words_of
from prospect_aggregate.scrapers.scaffold.opening import Opened
from prospect_aggregate.scrapers.scaffold.proposed import Known, Proposed, mailboxes_of, people_of

Person = dict[str, str]
"""What a row says of somebody → the heading under which it stands."""

_PEOPLE = {"contact", "officer", "specialist", "coordinator", "advisor", "manager", "buyer", "author"}
_HANDS = {"by", "cor", "lead", "owner", "representative", "requester", "requestor"}
_ROLES = {
    "small_business": {"small", "sbs", "osdbu", "osbp", "specialist"},
    "contracting": {"contracting", "officer", "co", "cor", "cs", "buyer"},
    "alternate": {"alternate", "secondary", "backup"},
}
_PARTS = ("first", "last", "name", "mail", "phone", "reach")
_USUAL = [{"requirement": "name mail"}, {"requirement": "name mail", "small_business": "name mail"}]
"""What `fields.contacts` reads by itself."""


def contacts(opened: Opened, known: Known) -> Iterator[Proposed]:
    """All the people that have columns of their own."""
    found = _by_role(opened, known)
    ordered = {role: found[role] for role in ("requirement", *_ROLES) if role in found}
    roles = {role: [part for part in _PARTS if part in parts] for role, parts in ordered.items()}
    headings = tuple(ordered[role][part] for role, parts in roles.items() for part in parts)
    if headings:
        yield _proposed({role: " ".join(parts) for role, parts in roles.items()}, headings)


def persons(opened: Opened, known: Known) -> list[Person]:
    """Everybody whom a row may name, in a role or in a column that no field is read from."""
    found = list(_by_role(opened, known).values())
    taken = {heading for parts in found for heading in parts.values()}
    left = [it for it in opened.headings if it not in taken]
    others = [it for it in left if _is_of_people(it, known) or _is_of_hands(it)]
    parts = {heading: part_of(heading, opened.cells(heading)) for heading in others}
    return found + [{part: heading} for heading, part in parts.items() if part]


def _by_role(opened: Opened, known: Known) -> dict[str, Person]:
    """A second person in a role is the alternate one."""
    found: dict[str, Person] = {}
    for heading in people_headings(opened, known):
        part, role = part_of(heading, opened.cells(heading)), role_of(heading)
        if part:
            role = "alternate" if part in found.get(role, {}) else role
            found.setdefault(role, {}).setdefault(part, heading)
    return found


def people_headings(opened: Opened, known: Known) -> list[str]:
    """Those that name people by their words, or hold mail addresses."""
    return [it for it in opened.headings if _is_of_people(it, known) or _holds_mail(opened.cells(it))]


def _is_of_people(heading: str, known: Known) -> bool:
    words, likeness = words_of(heading), known[heading].get("contacts")
    if "office" in words and "contact" not in words:
        return False
    return bool(words & _PEOPLE) or (likeness is not None and likeness.score >= SURE)


def _is_of_hands(heading: str) -> bool:
    """Whoever had the row in hand: `Modified By`."""
    return bool(words_of(heading) & _HANDS)


def _holds_mail(cells: Sequence[Cell]) -> bool:
    return evidence.readable(text.emails, cells) >= evidence.MOST


def role_of(heading: str) -> str:
    """Whom a heading names; who knows the requirement, where it does not say."""
    return next((role for role, said in _ROLES.items() if words_of(heading) & said), "requirement")


def part_of(heading: str, cells: Sequence[Cell]) -> str | None:
    """What of a person the cells hold; None when it is nothing of one."""
    words, spoken = words_of(heading), evidence.said(cells)
    mails, phones = evidence.readable(text.emails, spoken), evidence.readable(text.phone, spoken)
    if mails >= evidence.MOST:
        return "reach" if phones >= evidence.SOME else "mail"
    if phones >= evidence.MOST:
        return "phone"
    named = next((part for part in _PARTS if part in words), "name")
    if spoken and (named in ("mail", "phone") or evidence.readable(text.person, spoken) < evidence.MOST):
        return None
    return named


def _proposed(roles: dict[str, str], headings: tuple[str, ...]) -> Proposed:
    if roles == {"requirement": "mail"}:
        return Proposed("contacts", headings, why="mail addresses")
    if len(headings) == 1 and roles[role := next(iter(roles))] == "mail":
        return Proposed("contacts", headings, why="mail addresses", reading=mailboxes_of(role))
    usual = {role: parts.replace("reach", "mail") for role, parts in roles.items()}
    reading = None if usual in _USUAL else people_of(roles)
    return Proposed("contacts", headings, why="people, by their headings and cells", reading=reading)
