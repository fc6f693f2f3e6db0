"""Who may do what: each permission once, and the role from which on it is had."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.db import models

View = TypeVar("View", bound=Callable[..., Any])


class Role(models.TextChoices):
    """Each may do what those before it may."""

    VIEWER = "viewer", "Viewer"
    ANALYST = "analyst", "Analyst"
    OPERATOR = "operator", "Operator"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(StrEnum):
    SEE = "see"
    """Prospects, their changes, sources and how they are, one run with its file."""
    KEEP_ONES_OWN = "keep-ones-own"
    """What is of this person alone: password, sessions, how pages look."""
    DECIDE_ON_PROSPECTS = "decide-on-prospects"
    """What others see beside a prospect: also whether two of them are one."""
    SEE_ENGINE = "see-engine"
    """All runs, batches, alerts, held editions, the schedule, what is alive."""
    RUN_SOURCES = "run-sources"
    """Collect, check, upload, cancel, take alerts in hand."""
    DECIDE_ON_EDITIONS = "decide-on-editions"
    """Let held editions in, keep them out."""
    EDIT_SCHEDULE = "edit-schedule"
    """When what fires."""
    SEE_PEOPLE = "see-people"
    """Who may come in, and the audit log: who did what."""
    MANAGE_PEOPLE = "manage-people"
    """Invite, give roles, switch off, end sessions."""


FROM: dict[Permission, Role] = {
    Permission.SEE: Role.VIEWER,
    Permission.KEEP_ONES_OWN: Role.VIEWER,
    Permission.DECIDE_ON_PROSPECTS: Role.ANALYST,
    Permission.SEE_ENGINE: Role.OPERATOR,
    Permission.RUN_SOURCES: Role.OPERATOR,
    Permission.DECIDE_ON_EDITIONS: Role.OPERATOR,
    Permission.EDIT_SCHEDULE: Role.OPERATOR,
    Permission.SEE_PEOPLE: Role.ADMINISTRATOR,
    Permission.MANAGE_PEOPLE: Role.ADMINISTRATOR,
}
READING = frozenset({Permission.SEE, Permission.SEE_ENGINE, Permission.SEE_PEOPLE})
"""Those by which nothing is changed: all that who may only read can have of them."""


def permissions_of(role: str) -> frozenset[Permission]:
    """None for a role that does not exist."""
    order = Role.values
    if role not in order:
        return frozenset()
    return frozenset(it for it, least in FROM.items() if order.index(role) >= order.index(least))


def needs(permission: Permission) -> Callable[[View], View]:
    """The page is refused (403) to a reader whose role does not have it; so is one that names none."""

    def named(view: View) -> View:
        view.needs = permission  # type: ignore[attr-defined]  # read by the middleware, and by the test of all pages
        return view

    return named
