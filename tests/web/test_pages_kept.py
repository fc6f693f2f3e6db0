"""What is kept of a page is shown only while it is what would be written anew."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection.models import Run, Schedule, Source
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.models import Pair, Prospect
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role
from tests.given import row, rows
from tests.web.pairs import pair
from tests.web.test_pages_pairs import said
from tests.web.test_pages_prospects import page, titles

__all__ = ["pair"]
Lists = Callable[..., Run]
pytestmark = pytest.mark.django_db


def table(content: str) -> str:
    return content.split("<table")[1].split("</table>")[0]


def another(role: Role) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("ben", password="long enough for us", role=role))
    return client


def test_an_edition_changes_the_row_at_once(reader: Client, lists: Lists) -> None:
    lists(row(1, title="Help desk"), at="2026-05-01")
    assert titles(page(reader)) == ["Help desk"]
    lists(row(1, title="Service desk"), at="2026-05-08")
    assert titles(page(reader)) == ["Service desk"]


def test_a_prospect_that_is_missing_says_so_at_once(reader: Client, lists: Lists) -> None:
    lists(*rows(6), at="2026-05-01")
    assert "missing from the latest list" not in page(reader)
    lists(*rows(5), at="2026-05-08")
    assert "missing from the latest list" in page(reader)


def test_another_day_is_another_page(reader: Client, three_prospects: Run) -> None:
    assert "in 19 d" in table(page(reader))
    assert "in 1 d" in table(page(reader, as_of="2026-06-19"))


def test_a_profile_brings_what_fits_at_once_and_follows_each_edit(
    reader: Client, three_prospects: Run
) -> None:
    assert 'class="fit"' not in table(page(reader))
    company.keep(Profile(keywords=("help desk",)), by="ana", now=timezone.now(), read=0)
    assert "fit-fits" in table(page(reader, fit="any"))
    company.keep(Profile(keywords=("bridges",)), by="ana", now=timezone.now(), read=1)
    assert "fit-fits" not in table(page(reader, fit="any"))


def test_two_that_are_one_are_listed_as_one_at_once(reader: Client, pair: Pair) -> None:
    assert len(titles(page(reader, as_of="2026-05-12"))) == 8
    said(reader, pair, "same")
    assert len(titles(page(reader, as_of="2026-05-12"))) == 7


def test_columns_are_of_each_reader(reader: Client, person: Person, three_prospects: Run) -> None:
    assert "data-label" not in page(reader)
    person.columns = ["key"]
    person.save()
    assert 'data-label="Key"' in page(reader)
    assert "data-label" not in page(another(Role.ANALYST))


def test_what_only_some_may_do_is_offered_to_them_alone(reader: Client, three_prospects: Run) -> None:
    assert "tag-chosen" in page(reader)
    assert "tag-chosen" not in page(another(Role.VIEWER))


def test_nothing_of_one_reader_is_kept_for_others(reader: Client, three_prospects: Run) -> None:
    own = page(reader)
    kept = "".join(map(str, caches["pages"]._cache.values()))  # type: ignore[attr-defined]  # no other way to look
    token = own.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert "Help desk support" in kept
    assert token not in kept
    assert "csrf" not in kept


def test_a_run_that_ends_behind_another_is_seen(reader: Client, lists: Lists) -> None:
    """It takes its time before it is over, and others see what it wrote after that."""
    run = lists(row(1), at="2026-05-01")
    page(reader)
    Run.objects.create(source=run.source, request="later", status=Run.Status.STARTED)
    Prospect.objects.update(title="Written by it")
    assert titles(page(reader)) == ["Written by it"]


def test_a_pause_is_told_at_once_and_so_is_its_end(reader: Client, planned: Schedule) -> None:
    Source.objects.create(key="dhs", name="Homeland Security")
    assert "Paused" not in page(reader, "/sources/dhs/")
    Schedule.objects.filter(pk=planned.pk).update(paused=True, pause_reason="on holiday")
    assert "on holiday" in page(reader, "/sources/dhs/")
    Schedule.objects.filter(pk=planned.pk).update(paused=False)
    assert "on holiday" not in page(reader, "/sources/dhs/")


def test_a_source_that_is_late_is_so_at_once(reader: Client, three_prospects: Run) -> None:
    Source.objects.update(last_good_at=timezone.now())
    assert "its list is that of" not in page(reader)
    Source.objects.update(last_good_at=timezone.now() - timedelta(days=400))
    assert "its list is that of" in page(reader)
