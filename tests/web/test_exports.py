"""Exports, opened with other people's readers: what a view shows is what its file holds."""

import csv
import io
import json
import re
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from prospect_aggregate.collection import homes
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.objects import prospect_object
from prospect_aggregate.prospects.search import Filters, UnknownFilterError, search
from prospect_aggregate.web.api.prospect_schemas import Prospect as Shape
from prospect_aggregate.web.exports.asked import of_filters
from prospect_aggregate.web.exports.columns import COLUMNS, MAIN, NAMED, chosen
from prospect_aggregate.web.exports.delimited import FORMULA, text_of
from prospect_aggregate.web.exports.formats import FORMATS
from tests.given import row, rows
from tests.web.api_client import ROOT, Program

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
VIEW = urlencode({"as_of": "2026-06-01"})
Lists = Callable[..., Run]
NASTY = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=cmd|" /C calc"!A0',
    "＝1+1",
    'a "quoted", cell\nand a line',
)


def exported(name: str, *columns: str) -> bytes:
    return b"".join(FORMATS[name].write(of_filters(Filters(), day=DAY, columns=columns)))


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def about_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("About").to_python()


def sheet_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def objects() -> list[dict[str, Any]]:
    return [prospect_object(each, day=DAY) for each in search(Filters(), day=DAY)]


def test_columns_are_the_fields_of_a_prospect_in_the_api() -> None:
    assert sorted(column.name for column in COLUMNS) == sorted(Shape.model_fields)
    assert set(MAIN) < set(NAMED)


def test_csv_is_read_back_by_others_row_by_row(three_prospects: Run) -> None:
    read = lines_of(exported("csv"))
    assert [each["key"] for each in read] == [each["key"] for each in objects()]
    first = next(each for each in read if each["native_id"] == "1")
    assert (first["value_min"], first["solicitation_from"], first["title_derived"]) == (
        "1000000.00", "2026-06-20", "false",
    )  # fmt: skip
    assert first["incumbent_name"] == ""


def test_csv_ends_its_lines_and_quotes_as_rfc_4180_says(lists: Lists) -> None:
    lists(row(1, title='Say "yes", now'), at="2026-05-01")
    content = exported("csv", "native_id", "title").decode()
    assert content == 'native_id,title\r\n1,"Say ""yes"", now"\r\n'


def test_no_cell_of_a_csv_is_a_formula(lists: Lists) -> None:
    lists(*(row(number, title=text, phase=text) for number, text in enumerate(NASTY)), at="2026-05-01")
    Prospect.objects.filter(native_id="0").update(solicitation_slip_days=-5, office="=HYPERLINK(1)")
    for read in csv.reader(io.StringIO(exported("csv").decode(), newline="")):
        assert [cell for cell in read if cell.startswith(FORMULA) and cell != "-5"] == []
    titles = {each["title"].removeprefix("'") for each in lines_of(exported("csv"))}
    assert "=1+1" in titles


@given(st.text())
def test_a_text_in_a_csv_is_itself_or_itself_behind_an_apostrophe(text: str) -> None:
    written = text_of(text)
    assert not written.startswith(FORMULA)
    assert written in (text, f"'{text}")
    assert (written == text) is not text.startswith(FORMULA)


def test_a_workbook_has_days_as_days_money_as_numbers_and_codes_as_text(three_prospects: Run) -> None:
    Prospect.objects.update(
        naics_code="011110", naics_codes=["011110", "541519"], contacts=[{"name": "Jane", "role": "x"}]
    )
    Prospect.objects.update(first_seen_at=datetime(2026, 5, 1, 6, 12, tzinfo=UTC))
    heads, *read = sheet_of(exported("xlsx"))
    cells = dict(zip(heads, next(each for each in read if each[2] == "1"), strict=True))
    assert cells["Solicitation from"] == date(2026, 6, 20)
    assert cells["Value from, $"] == 1_000_000.0
    assert cells["NAICS"] == "011110"
    assert cells["NAICS, all"] == "011110; 541519"
    assert cells["Title from the description"] is False
    assert cells["First seen (UTC)"] == datetime(2026, 5, 1, 6, 12)
    assert len(read) == 3


def test_what_is_not_known_is_an_empty_cell_of_a_workbook(three_prospects: Run) -> None:
    """A text of no letters looks empty, and is counted and jumped to as if it were not."""
    Prospect.objects.update(naics_codes=[], psc_codes=[], contacts=[])
    sheet = _parts(exported("xlsx"))["xl/worksheets/sheet1.xml"]
    assert not re.findall(rb"<t[^>]*/>|<t[^>]*></t>", sheet)


def test_headings_of_a_workbook_are_words_and_no_two_are_the_same() -> None:
    words = [column.words for column in COLUMNS]
    assert len(set(words)) == len(words)
    assert not [each for each in words if "_" in each or each != each[:1].upper() + each[1:]]


def test_the_main_columns_say_whom_to_call_and_what_a_figure_must_not_be_taken_for() -> None:
    """A yearly amount is no total, and an expiring contract's set-aside none of the next (fields.md R7, R8)."""
    assert {"title", "next_date", "contacts", "value_basis", "basis"} <= set(MAIN)


def test_a_workbook_says_which_view_it_is(reader: Client, three_prospects: Run) -> None:
    view = urlencode({"as_of": "2026-06-01", "q": "desk", "naics": "5415", "min_value": "250K"})
    about = about_of(file_of(reader, view=view, format="xlsx").getvalue())
    assert ["The view: Upcoming; Words: desk; NAICS: 5415; Value at least: $250,000."] in about
    page = reader.get(f"/export/?{view}").content.decode()
    assert "Upcoming; Words: desk; NAICS: 5415; Value at least: $250,000; as of" in page


def test_a_workbook_of_the_api_says_what_was_asked_as_that_of_a_page_does(three_prospects: Run) -> None:
    asked = {
        "as_of": "2026-06-01",
        "text": "desk",
        "naics": "5415",
        "min_value": "250K",
        "outlook": "upcoming",
    }
    content = Program().client.get(f"{ROOT}/export", {"format": "xlsx", **asked})
    about = about_of(b"".join(content))
    assert ["The view: Upcoming; Words: desk; NAICS: 5415; Value at least: $250,000."] in about


def test_a_workbook_calculates_nothing(lists: Lists) -> None:
    lists(*(row(number, title=text) for number, text in enumerate(NASTY)), at="2026-05-01")
    content = exported("xlsx", "title")
    titles = {each[0] for each in sheet_of(content)[1:]}
    assert {"=1+1", "@SUM(A1)"} <= titles
    assert b"<f>" not in _parts(content)["xl/worksheets/sheet1.xml"]


def test_the_headings_of_a_workbook_stay_in_view_and_filter(three_prospects: Run) -> None:
    sheet = _parts(exported("xlsx", "key", "title"))["xl/worksheets/sheet1.xml"]
    assert b'state="frozen"' in sheet
    assert b'<autoFilter ref="A1:B4"/>' in sheet


def test_a_text_longer_than_a_cell_is_cut_and_says_so(three_prospects: Run) -> None:
    Prospect.objects.update(description="x" * 40_000)
    texts = [each[0] for each in sheet_of(exported("xlsx", "description"))[1:]]
    assert {len(text) for text in texts} == {32_767}
    assert all(text.endswith("(cut: a cell holds no more)") for text in texts)


def _parts(content: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_json_is_the_objects_of_the_api_one_a_line_or_as_a_list(three_prospects: Run) -> None:
    items = Program().get("/prospects", {"as_of": DAY.isoformat()})["items"]
    assert json.loads(exported("json")) == items
    assert [json.loads(line) for line in exported("jsonl").splitlines()] == items


def test_an_empty_view_is_a_whole_file_in_every_format() -> None:
    assert lines_of(exported("csv")) == []
    assert len(sheet_of(exported("xlsx"))) == 1
    assert json.loads(exported("json")) == []
    assert exported("jsonl") == b""
    assert json.loads(exported("ocds"))["releases"] == []


def test_columns_are_chosen_by_name_in_their_order(three_prospects: Run) -> None:
    assert exported("csv", "title", "key", "title").splitlines()[0] == b"title,key"
    assert list(json.loads(exported("json", "title", "key"))[0]) == ["title", "key"]
    with pytest.raises(UnknownFilterError, match="no column named 'titel'; did you mean 'title'"):
        chosen(["titel"])


@pytest.fixture
def many(lists: Lists) -> None:
    """2,100 rows: more than two times as many as are fetched at once."""
    lists(row(1), at="2026-05-01")
    one = Prospect.objects.get()
    copies = [copy(one) for _ in range(2099)]
    for number, each in enumerate(copies, start=2):
        each.pk, each.native_id = None, str(number)
    Prospect.objects.bulk_create(copies)


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "ocds"])
def test_the_first_rows_are_out_before_the_last_are_read(many: None, name: str) -> None:
    said: list[int] = []
    pieces = iter(FORMATS[name].write(replace(of_filters(Filters(), day=DAY), say=said.append)))
    first = next(piece for piece in pieces if b"listing" in piece)
    assert said == [1000]
    assert len(first) < sum(map(len, pieces))
    assert said == [1000, 2000]


def test_how_far_a_workbook_is_told_while_it_is_made(many: None) -> None:
    said: list[int] = []
    made = replace(of_filters(Filters(), day=DAY, columns=["key"]), say=said.append)
    assert next(FORMATS["xlsx"].write(made))
    assert said == [1000, 2000]


def test_what_no_sheet_holds_is_refused_before_anything_is_sent(
    reader: Client, three_prospects: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prospect_aggregate.web.exports.workbook.MOST_ROWS", 1)
    view = {"view": urlencode({"as_of": "2026-01-01"})}
    answer = file_of(reader, format="xlsx", **view)
    said = "a sheet holds 1 rows; narrow the view down, or export CSV"
    assert (answer.status_code, answer.content.decode()) == (400, said)
    assert Program().get("/export", {"format": "xlsx"}, wants=422)["detail"] == said
    assert file_of(reader, **view).status_code == 200


def test_more_rows_than_are_fetched_at_once_come_whole(many: None) -> None:
    assert len({each["key"] for each in lines_of(exported("csv", "key"))}) == 2100
    assert len(json.loads(exported("json", "key"))) == 2100
    assert len(json.loads(exported("ocds"))["releases"]) == 2100


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_made_up_data_says_so(three_prospects: Run, name: str) -> None:
    homes.claim(homes.Kind.SAMPLE)
    content = exported(name)
    if name == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        assert book.sheet_names[0] == "Prospects, sample data"
        assert {each[0] for each in sheet_of(content)[1:]} == {"sample data"}
    elif name == "csv":
        assert {each["sample_data"] for each in lines_of(content)} == {"sample data"}
    elif name == "ocds":
        package = json.loads(content)
        assert package["publisher"]["name"].endswith("(sample data)")
        assert {each["ocid"][:12] for each in package["releases"]} == {"sample-data-"}
    else:
        assert content.count(b'"sample_data":true') == 3
    assert of_filters(Filters(), day=DAY).name("x") == "sample-data-prospects-2026-06-01.x"


def file_of(reader: Client, **asked: object) -> Any:
    return reader.get("/export/file/", {"view": VIEW, "format": "csv", **asked})


def test_the_page_counts_the_rows_that_the_file_holds(reader: Client, lists: Lists) -> None:
    lists(*rows(70), row(71, solicitation="05/01/2026"), at="2026-05-01")
    content = reader.get(f"/export/?{VIEW}").content.decode()
    assert "Export 70 prospects" in content
    assert len(lines_of(file_of(reader).getvalue())) == 70
    assert f'href="/export/?{VIEW}"' in reader.get(f"/prospects/?{VIEW}").content.decode()


def test_a_file_follows_the_shelf_the_words_and_the_order_of_its_view(
    reader: Client, three_prospects: Run
) -> None:
    passed = urlencode({"as_of": "2026-06-01", "shelf": "passed", "q": "coastal"})
    answer = file_of(reader, view=passed, which="chosen", column=["title", "outlook"])
    assert answer["Content-Disposition"] == 'attachment; filename="prospects-passed-2026-06-01.csv"'
    assert lines_of(answer.getvalue()) == [{"title": "Coastal mapping", "outlook": "passed"}]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"view": f"{VIEW}&source=listing"}, "prospects-listing-upcoming-2026-06-01"),
        ({"view": f"{VIEW}&source=listing&source=dhs"}, "prospects-upcoming-2026-06-01"),
        ({"view": f"{VIEW}&source=../../x%0Ay"}, "prospects-x-y-upcoming-2026-06-01"),
        ({"view": VIEW, "chosen": "listing:1"}, "prospects-chosen-2026-06-01"),
    ],
)
def test_a_file_is_called_by_what_it_holds(
    reader: Client, three_prospects: Run, asked: dict[str, str], named: str
) -> None:
    answer = file_of(reader, **asked)
    assert answer["Content-Disposition"] == f'attachment; filename="{named}.csv"'


@pytest.mark.parametrize(
    "asked", [{"format": "pdf"}, {"which": "chosen", "column": "nothing"}, {"format": "../csv"}]
)
def test_a_file_that_cannot_be_is_refused_in_words(reader: Client, asked: dict[str, str]) -> None:
    answer = file_of(reader, **asked)
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("path", ["/export/", "/export/file/"])
def test_nobody_exports_without_signing_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/sign-in/?next=/export/")


@pytest.mark.parametrize("view", ["//evil.example", "https://evil.example/", "shelf=\r\nSet-Cookie:%20a=b"])
def test_a_view_is_a_question_and_never_an_address(reader: Client, three_prospects: Run, view: str) -> None:
    answer = file_of(reader, view=view)
    assert answer.status_code == 200
    assert "evil" not in "".join(f"{name}{value}" for name, value in answer.items())
    page = reader.get(f"/export/?{view}").content.decode()
    assert 'href="/prospects/?' in page


def test_the_api_gives_every_row_at_once(three_prospects: Run) -> None:
    answer = Program().client.get(
        f"{ROOT}/export", {"format": "csv", "as_of": "2026-06-01", "text": "desk", "columns": "key"}
    )
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.getvalue() == b"key\r\nlisting:1\r\n"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"format": "pdf"}, "format is one of csv, xlsx, jsonl, json, ocds"),
        ({"format": "csv", "columns": "titel"}, "no column named 'titel'; did you mean 'title'?"),
        ({"format": "ocds", "columns": "key"}, "columns: OCDS 1.1 has fields of its own; leave it out"),
        ({"format": "csv", "limit": "5"}, "no parameter named 'limit'"),
    ],
)
def test_the_api_refuses_what_cannot_be(asked: dict[str, str], said: str) -> None:
    assert Program().get("/export", asked, wants=422)["detail"].startswith(said)
