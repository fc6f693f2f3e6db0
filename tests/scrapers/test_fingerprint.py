"""The first bytes of a list, held beside the headings of its newest edition."""

import json

import pytest

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.fingerprint import HeadingsDifferError, compare

KNOWN = ["Number", "Title", "Range.low", "Range.high", "Note"]


class Listed(Scraper):
    name = "Fingerprinted"
    agency = "Department of Examples"
    url = "https://list.example.gov/"
    kind = Kind.JSON
    columns = {"native_id": "Number", "title": "Title", "value": ("Range.low", "Range.high")}
    optional = {"phase": "Note"}


class Csv(Listed):
    kind = Kind.CSV


class Html(Listed):
    kind = Kind.XLS_HTML


class Workbook(Listed):
    kind = Kind.XLSX


def records(*changes: dict[str, object]) -> bytes:
    """Three records, of which the first ones are changed; None takes a field away."""
    made = [{"Number": n, "Title": "A [b] {c}, d", "Range": {"low": 1, "high": 2}} for n in range(3)]
    for record, change in zip(made, changes, strict=False):
        record.update(change)
        for name in [name for name, value in change.items() if value == "gone"]:
            del record[name]
    return json.dumps(made).encode()


@pytest.mark.parametrize("size", [130, 140, 150, 180, 190, 10_000])
def test_the_same_headings_are_the_same_wherever_the_bytes_end(size: int) -> None:
    assert compare(Listed(), records()[:size], KNOWN) == "4 headings, as in the newest edition"


def test_a_heading_that_every_record_must_have_and_has_not_is_told_with_the_new_one() -> None:
    renamed = {"Title": "gone", "Name": "x"}
    with pytest.raises(HeadingsDifferError, match="the headings differ: 'Title' is gone; 'Name' is new"):
        compare(Listed(), records(renamed, renamed, renamed), KNOWN)


def test_what_comes_and_goes_from_record_to_record_is_no_difference() -> None:
    assert compare(Listed(), records({"Note": "x"}), KNOWN).startswith("5 headings")


def test_an_object_that_is_null_stands_for_what_it_holds_elsewhere() -> None:
    null = {"Range": None}
    assert compare(Listed(), records(null, null, null), KNOWN).startswith("3 headings")


def test_a_record_that_is_not_whole_says_nothing() -> None:
    said = compare(Listed(), records()[:40], KNOWN)
    assert said == "headings not compared: they do not all stand in the first 40 bytes"


def test_many_headings_are_named_by_the_first_few() -> None:
    many = {f"New {number}": "x" for number in range(9)}
    with pytest.raises(HeadingsDifferError, match="'New 4' and 4 more are new"):
        compare(Listed(), records(many), KNOWN)


ROWS = "Number,Title,Range.low,Range.high,Note\n1,One,1,2,\n2,Two,1,2,\n3,Thr"


def test_a_csv_file_shows_all_of_them_in_its_first_line() -> None:
    assert compare(Csv(), ROWS.encode(), KNOWN) == "5 headings, as in the newest edition"
    with pytest.raises(HeadingsDifferError, match="'Note' is gone; 'Remark' is new"):
        compare(Csv(), ROWS.replace("Note", "Remark").encode(), KNOWN)


def test_a_table_on_a_page_is_read_as_far_as_it_came() -> None:
    lines = ROWS.splitlines()
    page = "<table>" + "".join(f"<tr><td>{'</td><td>'.join(line.split(','))}</td></tr>" for line in lines[:3])
    assert (
        compare(Html(), f"{page}<tr><td>3</td><t".encode(), KNOWN) == "5 headings, as in the newest edition"
    )


@pytest.mark.parametrize(
    ("scraper", "head", "said"),
    [
        (Workbook(), b"PK\x03\x04", "a workbook shows them only as a whole"),
        (Listed(), b"<html><body>ask below</body></html>", "what is looked at is not the list itself"),
        (Listed(), b"", "what is looked at is not the list itself"),
    ],
)
def test_what_shows_no_headings_is_said_so(scraper: Scraper, head: bytes, said: str) -> None:
    assert compare(scraper, head, KNOWN) == f"headings not compared: {said}"


def test_nothing_to_compare_with_is_said_so() -> None:
    assert compare(Listed(), records(), []) == "headings not compared: no edition was read yet"
