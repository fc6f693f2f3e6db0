"""Somebody who has chosen a digest, what changes for them, and what goes out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from pytest_django.fixtures import Settings

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.web.digests import sending
from prospect_aggregate.web.digests.choosing import choose
from prospect_aggregate.web.digests.when import When
from prospect_aggregate.web.models import Digest, Person, SavedSearch, Watch
from tests.given import day, row
from tests.web.doors import somebody

Lists = Callable[..., Run]
CHOSEN_AT = day("2026-05-12")
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
FIRST, SECOND = CHOSEN_AT + 7 * HOUR, CHOSEN_AT + DAY + 7 * HOUR
DAILY = When(every="daily", hour=7)
ROOT = "https://prospects.example"


@pytest.fixture
def mails(settings: Settings) -> None:
    settings.MAIL_IS_SET_UP, settings.ADDRESS = True, ROOT


@pytest.fixture
def vera() -> Person:
    return somebody("vera", email="vera@example.com")


@pytest.fixture
def listed(lists: Lists) -> Run:
    return lists(row(1, title="Help desk"), row(2, title="Mapping"), row(3, title="Mowing"), at="2026-05-10")


@pytest.fixture
def follower(vera: Person, listed: Run) -> Person:
    """Watches the first, keeps a search that finds the first two, and has chosen a daily digest."""
    watch(vera, 1)
    search(vera, "Either", "q=help+OR+mapping")
    choose(vera, DAILY, now=CHOSEN_AT)
    return vera


def watch(person: Person, number: int) -> None:
    Watch.objects.set(person, Prospect.objects.get(native_id=str(number)), on=True, now=CHOSEN_AT)


def search(person: Person, name: str, query: str) -> SavedSearch:
    return SavedSearch.objects.save_as(person, name, query, now=CHOSEN_AT)


def moved(lists: Lists, *, to: str = "07/15/2026", at: str = "2026-05-11") -> Run:
    """All three change their date; the second its value, too."""
    return lists(
        row(1, title="Help desk", solicitation=to),
        row(2, title="Mapping", solicitation=to, value="$5M to $9M"),
        row(3, title="Mowing", solicitation=to),
        at=at,
    )


def sent(now: datetime) -> list[EmailMultiAlternatives]:
    """What goes out when a process looks at that time."""
    mail.outbox.clear()
    count = sending.send_due(now)
    assert count == len(mail.outbox)
    return list(mail.outbox)  # type: ignore[arg-type]


def kept(person: Person) -> Digest:
    return Digest.objects.get(person=person)
