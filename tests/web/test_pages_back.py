"""What is opened from a row leads back to its list, to the same row."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.web.models import Person, Watch
from tests.given import day, row, rows
from tests.web.pages import page

pytestmark = pytest.mark.django_db
Lists = Callable[..., Run]
ROW = re.compile(r'<a class="row"[^>]* href="([^"]+)"')
BACK = re.compile(r'<a href="([^"]+)" data-back>‹ ([^<]+)</a>')
MANY = 60  # on one day: more than a page of a counted list holds


@pytest.fixture(autouse=True)
def moved(lists: Lists, person: Person) -> Iterator[None]:
    """A week after the first edition one date moved later, one row is new and one closed; two are watched."""
    with time_machine.travel(day("2026-05-12"), tick=False):
        lists(*rows(MANY), at="2026-05-04")
        lists(
            row(1, solicitation="08/03/2026"), row(2, phase="Cancelled"), *rows(MANY + 1)[2:], at="2026-05-11"
        )
        for prospect in Prospect.objects.filter(native_id__in=("1", "2")):
            Watch.objects.set(person, prospect, on=True, now=timezone.now())
        yield


def back_from(reader: Client, opened: str) -> tuple[str, str]:
    return BACK.findall(page(reader, opened))[0]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/changes/", "back to changes"),
        ("/changes/?group=new", "back to changes"),
        ("/overview/", "back to the overview"),
        ("/counted/new/", "back to the list"),
        ("/calendar/?month=2026-06", "back to the calendar"),
        ("/compare/?chosen=listing:3&chosen=listing:4", "back to the comparison"),
        ("/agencies/?days=180&sort=passed", "all agencies"),
    ],
)
def test_every_row_leads_back_to_itself(reader: Client, path: str, words: str) -> None:
    content = page(reader, path)
    opened = [address for address in ROW.findall(content) if "?line=" not in address]
    assert opened
    for address in opened[:5]:
        there, told = back_from(reader, address)
        here, _, mark = there.partition("#")
        assert (here, told) == (path, words)
        assert content.count(f' id="{mark}"') == 1
        assert address in content.partition(f' id="{mark}"')[2].partition('class="row"')[2][:400]


def test_a_list_opened_from_a_month_leads_back_to_it_from_its_second_page_and_its_rows(
    reader: Client,
) -> None:
    month = "/calendar/?month=2026-06"
    listed = re.findall(r'href="([^"]+)">\d+<span[^>]*>[^<]*</span> in all', page(reader, month))[0]
    second = re.findall(r'rel="next" href="([^"]+)"', page(reader, listed))[0]
    opened = ROW.findall(page(reader, f"{listed.partition('?')[0]}{second}"))[0]
    there, _ = back_from(reader, opened)
    assert "page=2" in there
    assert back_from(reader, there) == (month, "back to the calendar")


@pytest.mark.parametrize("path", ["/prospects/?q=purchase&shelf=upcoming", "/calendar/?month=2026-06"])
def test_the_source_of_a_value_leads_back_to_the_prospect_and_on_to_its_list(
    reader: Client, path: str
) -> None:
    opened = ROW.findall(page(reader, path))[0]
    list_of_it = back_from(reader, opened)
    source = re.findall(r'href="(/provenance/\d+/value/[^"]*)"', page(reader, opened))[0]
    there, words = back_from(reader, source)
    assert words == "back to the prospect"
    assert there.endswith("#fields")
    assert back_from(reader, there) == list_of_it


def test_a_revision_leads_back_to_its_line(reader: Client, lists: Lists) -> None:
    lists(*(row(number, solicitation="09/30/2026") for number in range(1, MANY)), at="2026-05-12")
    content = page(reader, "/changes/")
    line = re.findall(r'href="(/changes/\?line=\d+)"', content)[0]
    there, _ = back_from(reader, line)
    assert f'id="{there.partition("#")[2]}"' in content


def test_a_replaced_list_among_what_fits_opens_among_the_changes(reader: Client, lists: Lists) -> None:
    company.keep(Profile(keywords=("purchase",)), by="ana", now=timezone.now(), read=0)
    lists(*rows(3 * MANY), at="2026-05-12")
    line = re.findall(r'class="row all" href="([^"]+)">show \d+', page(reader, "/overview/"))[0]
    assert page(reader, line).count('<td class="title">') == 2 * MANY - 1  # one of them was there


@pytest.mark.parametrize(
    "given",
    [
        "https://example.com/changes/", "//example.com/changes/", "/\\example.com/changes/", "javascript:/changes/",
        "//[", "/sign-out/", "/nowhere/", "changes/", "/changes/?" + "x" * 1000, "\x00",
    ], ids=lambda given: given[:16].replace("\x00", "NUL"),
)  # fmt: skip
def test_what_is_no_list_of_ours_leads_to_all_prospects(reader: Client, given: str) -> None:
    there, words = back_from(reader, f"/prospects/listing/3/?from={quote(given)}")
    assert there.startswith("/prospects/?")
    assert words == "all prospects"


def test_what_is_given_as_a_list_is_never_markup(reader: Client) -> None:
    answer = reader.get('/prospects/listing/3/?from=/changes/"><script>alert(1)</script>')
    assert "<script>alert" not in unescape(answer.content.decode()).partition("data-back")[0]
