"""A reader who has signed in, and what they look at."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection.models import Run, Schedule
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.table_scheduler import seed
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role
from tests.agency import Site
from tests.given import collected, day, published, row
from tests.web import held
from tests.web.broker import Broker


@pytest.fixture
def person(db: None) -> Person:
    """Who may do everything that a test does."""
    return Person.objects.create_user("ana", password="long enough for us", role=Role.ADMINISTRATOR)


@pytest.fixture
def reader(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def lists(site: Site, db: None) -> Callable[..., Run]:
    """Collects an edition of the small list, as of a day."""

    def collect(*rows: dict[str, object], at: str) -> Run:
        site.serve(published(rows))
        return collected(at=day(at))

    return collect


@pytest.fixture
def three_prospects(lists: Callable[..., Run]) -> Run:
    """Upcoming, passed and closed on 1 June 2026."""
    return lists(
        row(1, title="Help desk support", solicitation="06/20/2026"),
        row(2, title="Coastal mapping", solicitation="05/20/2026", value="TBD"),
        row("3 A/1", title="<b>Bold</b> & closed", phase="Awarded"),
        at="2026-05-01",
    )


@pytest.fixture
def planned(db: None) -> Schedule:
    seed(app.conf.beat_schedule, task_registry, now=timezone.now())
    return Schedule.objects.get(name="collect dhs")


@pytest.fixture
def dhs(site: Site, settings: Settings) -> Site:
    """Homeland Security's server."""
    settings.HOSTS = {held.HOST: site.address}
    return site


@pytest.fixture
def halved(dhs: Site, db: None) -> Run:
    """Thirty prospects of Homeland Security, and an edition of fourteen of them with one more, held."""
    held.serve(dhs, list(held.rows()[:30]))
    return held.serve(dhs, held.halved_rows())


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    monkeypatch.setitem(app.conf, "broker_url", "memory://")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    return Broker()
