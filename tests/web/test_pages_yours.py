"""What an overview begins with: what changed for this reader, each number the one that its page tells."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web.models import Person, Watch
from tests.prospects.histories import load, on
from tests.web.pages import page

pytestmark = pytest.mark.django_db
HEADLINE = re.compile(r'<a href="(/changes/[^"]*)"><strong>([\d,]+)</strong>')


@pytest.fixture
def moved(person: Person) -> None:
    """Three looks at a list: two dates move, two prospects are new; one that moved is watched."""
    first = {"stays": on("2026-05-01"), "later": on("2026-05-01"), "watched": on("2026-05-01")}
    load([first, {**first, "later": on("2026-06-01"), "watched": on("2026-07-01"), "new": on("2026-08-01"),
                  "another": on("2026-08-02")}])  # fmt: skip
    Watch.objects.set(person, Prospect.objects.get(native_id="watched"), on=True, now=timezone.now())


def test_each_headline_is_the_number_of_its_page(reader: Client, moved: None, profile: None) -> None:
    told = dict(HEADLINE.findall(page(reader, "/overview/")))
    assert told.keys() == {"/changes/", "/changes/?scope=fits", "/changes/?scope=watched"}
    for address, count in told.items():
        assert f"<h1><strong>{count}</strong> change" in page(reader, address)


@pytest.fixture
def profile() -> None:
    company.keep(Profile(keywords=("new",)), by="ana", now=timezone.now(), read=0)


def test_what_is_new_and_fits_stands_first(reader: Client, moved: None, profile: None) -> None:
    content = page(reader, "/overview/").partition('id="for-you"')[2].partition("</section>")[0]
    assert content.count('class="row"') == 1
    assert "1 new that fit or may" in content


def test_what_is_watched_is_told_with_its_move(reader: Client, moved: None) -> None:
    content = page(reader, "/overview/").partition('id="watched"')[2].partition("</section>")[0]
    assert "+61 d" in content


def test_without_a_profile_its_first_field_stands_there(reader: Client, moved: None) -> None:
    content = page(reader, "/overview/")
    assert "Tell us your NAICS codes" in content
    assert ">541512</textarea>" in page(reader, "/company/?naics=541512")
    assert not company.profile()


def test_who_watches_nothing_has_no_such_part(reader: Client, moved: None) -> None:
    Watch.objects.all().delete()
    assert 'id="watched"' not in page(reader, "/overview/")
