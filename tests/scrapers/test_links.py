"""Files found on a page."""

import re

import pytest

from prospect_aggregate.scrapers.errors import BlockedError, LayoutChangedError
from prospect_aggregate.scrapers.fetch import Fetcher, Kind, Validators
from prospect_aggregate.scrapers.links import Linked, find_link, links_of
from tests.sources.pages import fetcher_of

BASE = "https://list.example.gov/forecast/"
WORKBOOK = re.compile(r"\.xls[xm]\b")


def page(*links, body="<h2>Forecast</h2>{}"):
    anchors = "\n".join(f'<p><a href="{address}">{words}</a></p>' for address, words in links)
    return f"<!doctype html><html><body>{body.format(anchors)}</body></html>".encode()


def found(*links, **terms):
    return find_link(page(*links), base=BASE, matching=WORKBOOK, **terms)


def test_a_link_is_found_by_its_address_and_made_absolute():
    assert found(("/about", "About"), ("docs/list.xlsx", "List")) == f"{BASE}docs/list.xlsx"


def test_an_address_is_matched_as_people_read_it():
    matching = re.compile(r"Acquisition Forecast[^/]*\.xlsx")
    address = "https://list.example.gov/Acquisition%20Forecast%20Public.xlsx"
    assert find_link(page((address, "")), base=BASE, matching=matching) == address


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("/FY25-list-9.xlsx", ""), ("/FY26-list-1.xlsx", "")),
        (("/a_12312026.xlsm", "FY 2025 list"), ("/b_06222026.xlsm", "FY26 list")),
        (("/uploads/2026/04/FY26-list-4.xlsx", ""), ("/uploads/2026/08/FY26-list-Update.xlsx", "")),
        (("/files/2026-06/list 2026-06-11.xlsx", ""), ("/files/2026-07/list for Web.xlsx", "")),
        (("/FY26-list-2.xlsx", ""), ("/FY26-list-11.xlsx", "")),
    ],
)
def test_the_newest_edition_is_taken_wherever_it_stands(older, newer):
    assert found(older, newer) == found(newer, older)
    assert found(older, newer).endswith(newer[0])


def test_of_equals_the_first_is_taken():
    assert found(("/a_12112026.xlsm", "list"), ("/b_06222026.xlsm", "list")).endswith("/a_12112026.xlsm")


SECTIONS = """<nav><a href="/old_12112026.xlsm">FY27 forecast</a></nav>
<h2>Contracting&nbsp;Forecast</h2><h3>This year</h3><a href="/new_06222026.xlsm">FY26</a>
<h2>Archive</h2><a href="/older.xlsm">FY28</a>"""


def test_only_the_section_under_a_heading_counts_when_one_is_named():
    asked = {"base": BASE, "matching": WORKBOOK, "near": "contracting forecast"}
    assert find_link(SECTIONS.encode(), **asked).endswith("/new_06222026.xlsm")


def test_a_link_stands_under_the_headings_of_its_section_and_those_around():
    headings = {link.address.rpartition("/")[2]: link.headings for link in links_of(SECTIONS.encode(), BASE)}
    assert headings == {
        "old_12112026.xlsm": (),
        "new_06222026.xlsm": ("Contracting Forecast", "This year"),
        "older.xlsm": ("Archive",),
    }


def test_a_page_without_the_link_is_named_with_what_it_links_to():
    with pytest.raises(LayoutChangedError, match=r"list\.example\.gov/forecast/: .*files linked: list\.pdf"):
        found(("/list.pdf", "List"), ("/about", "About"))


def test_a_missing_section_is_a_changed_layout():
    with pytest.raises(LayoutChangedError, match="under a heading 'Outlook'"):
        found(("/list.xlsx", "List"), near="Outlook")


@pytest.mark.parametrize(
    "answer",
    [
        page(("/", "Home"), body="<h1>Technical Difficulties</h1>{}"),
        b"<html><title>Please wait</title></html>",
        b"",
    ],
)
def test_a_refusal_in_a_pages_place_is_shown_to_a_person(answer):
    with pytest.raises(BlockedError, match="without our link"):
        find_link(answer, base=BASE, matching=WORKBOOK)


class Moving(Linked):
    name = "Moving"
    agency = "Department of Examples"
    url = address = BASE
    link = WORKBOOK
    kind = Kind.XLSX


SITE = {"/forecast/": page(("/list.xlsx", "List")), "/list.xlsx": b"PK\x03\x04 and so on PK\x05\x06"}


def test_the_file_is_fetched_from_where_the_page_says():
    with fetcher_of(SITE) as fetcher:
        fetched = Moving().fetch(
            fetcher, Validators(etag='"1"', last_modified="Mon, 01 Jun 2026 00:00:00 GMT")
        )
        probe = Moving().probe(fetcher)
    assert fetched is not None
    assert fetched.url == probe.final_url == "https://list.example.gov/list.xlsx"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (page(("/list.pdf", "List")), LayoutChangedError),
        (b"<html><title>Sorry</title><h1>Technical Difficulties</h1></html>", BlockedError),
    ],
)
def test_what_stood_on_a_page_without_the_link_is_kept_for_a_person(answer, error):
    with fetcher_of({"/forecast/": answer}) as fetcher, pytest.raises(error) as caught:
        Moving().fetch(fetcher, Validators())
    evidence = caught.value.evidence
    assert (evidence["status"], evidence["address"]) == ("200", BASE)
    assert evidence["size"] == f"{len(answer)} bytes"
    assert evidence["text"] in ("Forecast List", "Technical Difficulties")
    assert ("title" in evidence) == (error is BlockedError)


def test_an_older_files_date_is_not_asked_about():
    asked = []

    class Remembers(Fetcher):
        def get(self, url, **terms):
            asked.append(terms.get("validators"))
            return super().get(url, **terms)

    with fetcher_of(SITE, of=Remembers) as fetcher:
        Moving().fetch(fetcher, Validators(etag='"1"', last_modified="Mon, 01 Jun 2026 00:00:00 GMT"))
    assert asked == [None, Validators(etag='"1"')]
