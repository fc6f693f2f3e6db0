"""What a figure is about: a source, an agency, a bureau or an office, and whose rows are edited together."""

from typing import NamedTuple

Spot = tuple[str | None, ...]
"""Agency, component, office, program office of one prospect."""


class Group(NamedTuple):
    """A whole source, or one agency, component (bureau) or office in it."""

    level: str = "source"
    agency: str | None = None
    component: str | None = None
    office: str | None = None

    @property
    def name(self) -> str:
        return getattr(self, self.level, None) or ""


WHOLE = Group()


def groups_of(spot: Spot) -> list[Group]:
    """Every group that a prospect belongs to, the widest first; what is not published makes no group."""
    agency, component, office, *_ = spot
    found = [WHOLE]
    if agency:
        found.append(Group("agency", agency))
    if component:
        found.append(Group("component", agency, component))
    if office:
        found.append(Group("office", agency, component, office))
    return found


def office_of(spot: Spot) -> object:
    """Whose rows are edited together: the contracting office's, else the bureau's, else the program office's."""
    agency, component, office, program = spot
    return (agency, component, office) if office else (agency, component) if component else (agency, program)
