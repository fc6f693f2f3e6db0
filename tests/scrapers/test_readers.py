"""Bytes into tables: real editions, generated ones, and damaged ones."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import orjson
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prospect_aggregate.scrapers import html
from prospect_aggregate.scrapers.errors import BlockedError, LayoutChangedError, ScraperError, TransientError
from prospect_aggregate.scrapers.readers import (
    BadRow,
    read_csv,
    read_html,
    read_json,
    read_workbook,
    sheet_names,
)
from prospect_aggregate.scrapers.workbook import opened

REAL = Path(__file__).parents[2].parent / "shared" / "data"
WANTED = ["Number", "Title", "Value", "Quarter", "Office", "Place"]
ROW = ["N-1", "Roofs", "$1M to $2M", "Q2 2026", "Roofing", "Ohio"]


def real(name):
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real edition {name} is not on this machine")
    return path.read_bytes()


def workbook(sheets, hidden=()):
    """A workbook of the given rows per sheet."""
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
            if name in hidden:
                sheet.hide()
    return body.getvalue()


def only_sheet(*rows):
    return workbook({"List": rows})


def page(*rows, cell="td"):
    cells = ["".join(f"<{cell}>{text}</{cell}>" for text in row) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode()


def lines(*rows, delimiter=","):
    return "\r\n".join(delimiter.join(row) for row in rows).encode()


def rows_of(table):
    return [cells for _, cells in table.rows]


# Real editions


@pytest.mark.parametrize(
    ("name", "wanted", "sheet", "heading_row", "columns", "rows"),
    [
        ("doc/2026-05-12.xlsx", ["Forecast ID", "Title"], "Sheet1", 3, 30, 3452),
        ("doe/2026-05-11.xlsx", ["Current Contract Number", "NAICS Code"], "Sheet1", 18, 13, 886),
        (
            "doj/2026-03-09.xlsx",
            ["Action Tracking Number", "Bureau"],
            "Contracting Opportunities Data",
            13,
            33,
            506,
        ),
        (
            "dos/2026-04.xlsx",
            ["Requirement Title", "Acquistion Phase"],
            "Acquisition Submission",
            1,
            25,
            453,
        ),
        ("hud/2026-05-13.xlsx", ["Plan Number", "Primary NAICS Code"], "OFS Paginated Report", 4, 15, 172),
        ("nasa/2026-05-13.xlsx", ["SourceID", "NAICS"], "Forecast Requirements", 1, 46, 145),
        ("navy/onr-nrl-lrae.xlsx", ["Requirement Title", "Follow-on or New"], "ONR", 7, 26, 50),
    ],
)
def test_real_workbooks_give_the_rows_that_were_counted_in_them(
    name, wanted, sheet, heading_row, columns, rows
):
    table = read_workbook(real(name), wanted=wanted)
    found = (table.sheet, table.heading_row, len(table.headings), len(rows_of(table)))
    assert found == (sheet, heading_row, columns, rows)


def test_a_named_sheet_is_read_and_its_footer_is_a_note():
    table = read_workbook(real("navy/onr-nrl-lrae.xlsx"), wanted=["Requirement Title"], sheet="NRL")
    assert len(rows_of(table)) == 16
    assert table.notes[-1].startswith("row 24: DISTRIBUTION STATEMENT A.")


def test_treasurys_table_of_headings_is_read_whole():
    table = read_html(real("treasury/2026-05-14.xls"), wanted=["Bureau", "ShopCart/req"])
    values = {
        row[table.headings.index("Estimated Total Contract Value")] for row in table.rows for row in [row[1]]
    }
    assert (len(table.headings), len(values)) == (28, 10)
    assert "> $250K to < or = $750K" in values
    assert ">  $100M" in values


def test_treasury_has_202_rows():
    assert len(rows_of(read_html(real("treasury/2026-05-14.xls"), wanted=["Bureau", "PSC"]))) == 202


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("apfs-api-2024-03.json", 802),
        ("2026-05-13.json", 718),
        ("2026-05-18.json", 686),
        ("2026-05-25.json", 699),
    ],
)
def test_homeland_securitys_arrays_are_read_whole(name, rows):
    table = read_json(real(f"dhs/{name}"))
    assert len(rows_of(table)) == rows
    assert "apfs_number" in table.headings


def test_what_homeland_security_calls_none_stays_a_word():
    table = read_json(real("dhs/2026-05-25.json"))
    place = table.headings.index("small_business_program")
    assert "None" in {row[place] for row in rows_of(table)}


# Workbooks


def test_the_heading_row_is_found_below_a_preamble():
    body = only_sheet(["FORECAST"], [], ["Release Date:", "2026-05-01"], WANTED, ROW)
    table = read_workbook(body, wanted=WANTED)
    assert table.heading_row == 4
    assert table.notes == ["row 1: FORECAST", "row 3: Release Date: 2026-05-01"]


def test_headings_are_found_whatever_their_case_and_blanks():
    headings = ["NUMBER ", "ti\ntle", "Value*", " quarter", "Office:", "Place"]
    table = read_workbook(only_sheet(headings, ROW), wanted=["Number", "Value", "Quarter"])
    assert table.headings == tuple(headings)


def test_rows_keep_the_numbers_that_excel_shows():
    table = read_workbook(only_sheet([], WANTED, ROW, [], ROW), wanted=WANTED)
    assert [number for number, _ in table.rows] == [3, 5]


def test_a_hidden_sheet_is_never_the_list():
    body = workbook({"New": [WANTED[:3], ROW[:3]], "Old": [WANTED, ROW, ROW]}, hidden=["Old"])
    table = read_workbook(body, wanted=WANTED)
    assert (table.sheet, len(rows_of(table))) == ("New", 1)


def test_of_two_equal_sheets_the_first_is_read():
    body = workbook({"Data": [[], WANTED, ROW], "History": [WANTED, ROW, ROW, ROW]})
    assert read_workbook(body, wanted=WANTED).sheet == "Data"


def test_the_sheet_with_more_of_the_headings_is_read():
    body = workbook({"Key": [WANTED[:2], ROW[:2]], "List": [WANTED, ROW]})
    assert read_workbook(body, wanted=WANTED).sheet == "List"


def test_a_named_sheet_that_is_gone_is_refused_with_those_present():
    body = workbook({"FY26": [WANTED], "Lists": [["a"]], "Old": [WANTED]}, hidden=["Old"])
    with pytest.raises(LayoutChangedError, match="sheet 'Old' is missing; present: 'FY26', 'Lists'"):
        read_workbook(body, wanted=WANTED, sheet="Old")


def test_visible_sheets_are_listed():
    assert sheet_names(workbook({"A": [["x"]], "B": [["x"]], "C": [["x"]]}, hidden=["B"])) == ("A", "C")


def test_excels_cells_become_plain_values():
    cells = [541519.0, 0.5, date(2026, 5, 1), "  ", True, "x"]
    (row,) = rows_of(read_workbook(only_sheet(WANTED, cells), wanted=WANTED))
    assert row == (541519, 0.5, date(2026, 5, 1), None, True, "x")
    assert [type(cell) for cell in row] == [int, float, date, type(None), bool, str]


def test_a_time_of_day_is_kept_with_its_date():
    cells = [datetime(2026, 5, 1, 13, 30), "x"]
    (row,) = rows_of(read_workbook(only_sheet(WANTED[:2], cells), wanted=WANTED[:2]))
    assert row[0] == datetime(2026, 5, 1, 13, 30)


def test_unnamed_columns_are_left_out():
    spaced = ["Number", None, "Title", "  ", "Value"]
    table = read_workbook(only_sheet(spaced, ["N-1", "?", "Roofs", None, "$1M"]), wanted=WANTED)
    assert table.headings == ("Number", "Title", "Value")
    assert rows_of(table) == [("N-1", "Roofs", "$1M")]


def test_empty_bands_that_repeat_the_headings_are_ignored():
    table = read_workbook(only_sheet(WANTED * 4, ROW, ROW), wanted=WANTED)
    assert table.headings == tuple(WANTED)
    assert len(rows_of(table)) == 2


def test_a_repeated_heading_with_words_of_its_own_is_refused():
    table = read_workbook(only_sheet([*WANTED, "title "], ROW, [*ROW, "Other"]), wanted=WANTED)
    with pytest.raises(
        LayoutChangedError, match="'Title' stands over columns 2 and 7, which differ in row 3"
    ):
        list(table.rows)


def test_one_filled_cell_in_a_wide_list_is_a_footer():
    table = read_workbook(only_sheet(WANTED, ROW, ["Discalimer: all of it may change"]), wanted=WANTED)
    assert rows_of(table) == [tuple(ROW)]
    assert table.notes == ["row 3: Discalimer: all of it may change"]


def test_one_filled_cell_in_a_narrow_list_is_a_row():
    table = read_workbook(only_sheet(WANTED[:3], ROW[:3], ["N-2"]), wanted=WANTED)
    assert rows_of(table)[1] == ("N-2", None, None)


def test_a_thousand_footers_do_not_make_a_thousand_notes():
    table = read_workbook(only_sheet(WANTED, *[["see above"]] * 1000), wanted=WANTED)
    assert rows_of(table) == []
    assert len(table.notes) < 30
    assert table.notes[-1] == "and 975 more rows with one filled cell"


def test_headings_repeated_at_a_page_break_are_no_row():
    assert len(rows_of(read_workbook(only_sheet(WANTED, ROW, WANTED, ROW), wanted=WANTED))) == 2


def test_headings_without_rows_are_an_empty_list():
    assert rows_of(read_workbook(only_sheet(WANTED), wanted=WANTED)) == []


def test_no_heading_row_is_refused_naming_what_looks_like_it():
    body = only_sheet(["Id", "Titles", "Est. Value"], ROW)
    with pytest.raises(LayoutChangedError, match="'Title' is missing; nearest present: 'Titles'"):
        read_workbook(body, wanted=WANTED)


def test_without_wanted_headings_the_fullest_row_of_words_is_the_heading_row():
    assert read_workbook(only_sheet(["FORECAST"], WANTED, ROW), wanted=()).headings == tuple(WANTED)


def test_a_stray_cell_in_the_last_corner_is_refused_before_it_fills_the_memory():
    body = io.BytesIO()
    with xlsxwriter.Workbook(body) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WANTED)
        sheet.write(1_048_575, 16_383, "stray")
    with pytest.raises(LayoutChangedError, match="1048576 rows and 16384 columns"):
        read_workbook(body.getvalue(), wanted=WANTED)


def test_a_format_without_content_in_the_last_corner_does_no_harm():
    body = io.BytesIO()
    with xlsxwriter.Workbook(body) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WANTED)
        sheet.write_row(1, 0, ROW)
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert len(rows_of(read_workbook(body.getvalue(), wanted=WANTED))) == 1


def test_a_zip_bomb_is_not_opened():
    body = io.BytesIO()
    with (
        zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(600):
            part.write(bytes(2**20))
    with pytest.raises(BlockedError, match="unpacks to 600 MB"):
        opened(body.getvalue())


def test_a_cut_off_workbook_is_tried_again_later():
    with pytest.raises(TransientError, match="damaged or cut off"):
        read_workbook(only_sheet(WANTED, ROW)[:-200], wanted=WANTED)


def test_a_zip_that_is_no_workbook_is_refused():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as package:
        package.writestr("letter.txt", "hello")
    with pytest.raises(LayoutChangedError, match=r"a zip file, but no \.xlsx"):
        read_workbook(body.getvalue(), wanted=WANTED)


# JSON


def test_objects_inside_are_flattened_to_dotted_headings():
    table = read_json(b'[{"id": 1, "dollar_range": {"display_name": "$1M", "order": 3}}]')
    assert table.headings == ("id", "dollar_range.display_name", "dollar_range.order")
    assert rows_of(table) == [(1, "$1M", 3)]


def test_headings_are_those_of_all_records_in_first_seen_order():
    table = read_json(b'[{"a": 1}, {"b": 2, "a": 3}]')
    assert table.headings == ("a", "b")
    assert list(table.rows) == [(1, (1, None)), (2, (3, 2))]


def test_a_list_inside_a_record_is_kept_as_its_json():
    assert rows_of(read_json(b'[{"naics": ["541511", "541512"], "none": []}]')) == [
        ('["541511","541512"]', None)
    ]


def test_records_are_found_under_a_path():
    body = b'{"listing": {"total": "2", "data": [{"nid": 1}, {"nid": 2}]}}'
    assert rows_of(read_json(body, path=("listing", "data"))) == [(1,), (2,)]


def test_records_keyed_by_number_are_read_only_when_asked():
    body = b'{"data": {"7": {"nid": 7}, "8": {"nid": 8}}}'
    assert rows_of(read_json(body, path=("data",), keyed=True)) == [(7,), (8,)]
    with pytest.raises(LayoutChangedError, match="no list of records"):
        read_json(body, path=("data",))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": "maintenance"}', "no list of records; it is an object with 'error'"),
        (b'[{"a": 1}, null]', "lists null where a record should be"),
        (b"[1, 2]", "lists 1 where a record should be"),
        (b'"hello"', 'it is "hello"'),
    ],
)
def test_json_that_is_no_list_of_records_is_refused(body, said):
    with pytest.raises(LayoutChangedError) as caught:
        read_json(body, source="Homeland Security")
    assert said in str(caught.value)
    assert str(caught.value).startswith("Homeland Security: ")


def test_a_missing_path_is_refused_by_name():
    with pytest.raises(LayoutChangedError, match=r"has no 'listing\.data'; it holds an object with 'alias'"):
        read_json(b'{"alias": 1}', path=("listing", "data"))


def test_cut_off_json_is_tried_again_later():
    with pytest.raises(TransientError, match="not whole JSON"):
        read_json(b'[{"id": 1}, {"id": ')


def test_two_values_under_one_dotted_heading_are_refused():
    with pytest.raises(LayoutChangedError, match=r"two values under 'a\.b'"):
        read_json(b'[{"a.b": 1, "a": {"b": 2}}]')


def test_an_empty_array_is_an_empty_list():
    assert rows_of(read_json(b"[]")) == []


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_whatever_its_delimiter(delimiter):
    table = read_csv(lines(WANTED, ROW, delimiter=delimiter), wanted=WANTED)
    assert rows_of(table) == [tuple(ROW)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_the_encodings_that_agencies_use(encoding):
    body = "Number,Title\nN-1,Café – “roof”\n".encode(encoding)
    assert rows_of(read_csv(body, wanted=WANTED)) == [("N-1", "Café – “roof”")]


def test_blanks_in_csv_are_nothing_and_words_like_none_are_words():
    assert rows_of(read_csv(b"Number,Title,Value\nNone,NA,\n", wanted=WANTED)) == [("None", "NA", None)]


def test_a_line_break_inside_quotes_belongs_to_the_cell():
    table = read_csv(b'Number,Title\nN-1,"two\nlines"\nN-2,x\n', wanted=WANTED)
    assert list(table.rows) == [(2, ("N-1", "two\nlines")), (3, ("N-2", "x"))]


def test_a_line_of_too_many_cells_is_given_as_a_bad_row_in_its_place():
    table = read_csv(b"Number,Title\nN-1,Roofs, and gutters\nN-2,Doors\n", wanted=WANTED)
    bad, good = rows_of(table)
    assert isinstance(bad, BadRow)
    assert (tuple(bad), bad.reason) == (("N-1", "Roofs", " and gutters"), "3 cells under 2 headings")
    assert good == ("N-2", "Doors")


def test_a_comma_too_many_does_no_harm():
    assert rows_of(read_csv(b"Number,Title\nN-1,Roofs,,\n", wanted=WANTED)) == [("N-1", "Roofs")]


def test_quotes_that_do_not_close_are_a_bad_row_with_its_lines_whole():
    (good, bad) = rows_of(read_csv(b'Number,Title\nN-1,Roofs\nN-2,"cut off here', wanted=WANTED))
    assert good == ("N-1", "Roofs")
    assert isinstance(bad, BadRow)
    assert tuple(bad) == ('N-2,"cut off here',)


def test_a_stray_quote_costs_one_line():
    table = read_csv(b'Number,Title\nN-1,"6" pipe"\nN-2,Doors\n', wanted=WANTED)
    bad, good = rows_of(table)
    assert isinstance(bad, BadRow)
    assert (tuple(bad), good) == (('N-1,"6" pipe"',), ("N-2", "Doors"))


def test_csv_without_known_headings_is_refused():
    with pytest.raises(LayoutChangedError, match="no row of headings"):
        read_csv(b"cow,sheep\n1,2\n", wanted=WANTED)


# HTML


@pytest.mark.parametrize("cell", ["td", "th"])
def test_cells_of_either_kind_are_read(cell):
    assert rows_of(read_html(page(WANTED, ROW, cell=cell), wanted=WANTED)) == [tuple(ROW)]


@pytest.mark.parametrize("value", ["< or = $10K", "> $2M to < or = $5M", "<$2M", ">  $100M", "A&B"])
def test_signs_that_should_have_been_escaped_are_kept(value):
    ((_, found),) = rows_of(read_html(page(["Number", "Value"], ["N-1", value]), wanted=WANTED))
    assert found == value


def test_the_table_with_the_headings_is_read_among_others():
    body = page(["Menu", "Home"]) + page(WANTED, ROW) + page(["Footer", "x"])
    table = read_html(body, wanted=WANTED)
    assert (table.heading_row, rows_of(table)) == (1, [tuple(ROW)])


def test_a_table_inside_a_layout_table_is_read():
    body = b"<table><tr><td>" + page(WANTED, ROW) + b"</td></tr></table>"
    assert rows_of(read_html(body, wanted=WANTED)) == [tuple(ROW)]


def test_a_wide_cell_counts_as_many():
    body = page(WANTED, ROW).replace(b"</table>", b"<tr><td colspan=6>As of May</td></tr></table>")
    table = read_html(body, wanted=WANTED)
    assert rows_of(table) == [tuple(ROW)]
    assert table.notes == ["row 3: As of May"]


def test_a_row_of_too_few_cells_is_a_bad_row():
    (bad,) = rows_of(read_html(page(WANTED, ROW[:4]), wanted=WANTED))
    assert isinstance(bad, BadRow)


def test_cells_that_span_rows_are_refused():
    body = page(WANTED, ROW).replace(b"<td>N-1", b"<td rowspan=2>N-1")
    with pytest.raises(LayoutChangedError, match="span rows"):
        rows_of(read_html(body, wanted=WANTED))


def test_a_page_is_read_once_where_a_row_has_all_headings(monkeypatch):
    taken = []
    monkeypatch.setattr(html, "_cells", lambda row, cells=html._cells: taken.append(row.tag) or cells(row))
    table = read_html(page(WANTED, *[ROW] * 30), wanted=WANTED)
    assert (len(rows_of(table)), len(taken)) == (30, 31)


def test_cells_that_span_rows_far_down_are_refused_in_the_list_and_no_matter_in_another_table():
    spanning = page(["Menu", "Home"], *[["x", "y"]] * 99, ["<b>last</b>", "z"]).replace(
        b"<td><b>last", b"<td rowspan=2><b>last"
    )
    assert rows_of(read_html(spanning + page(WANTED, ROW), wanted=WANTED)) == [tuple(ROW)]
    table = read_html(spanning, wanted=["Menu", "Home"])
    with pytest.raises(LayoutChangedError, match="span rows"):
        list(table.rows)


def test_line_breaks_and_comments_in_a_cell():
    ((_, title),) = rows_of(
        read_html(page(["Number", "Title"], ["N-1", "one<br>two<!-- x -->"]), wanted=WANTED)
    )
    assert title == "one\ntwo"


def test_a_table_that_does_not_end_is_tried_again_later():
    with pytest.raises(TransientError, match="cut off"):
        read_html(page(WANTED, ROW)[:-10], wanted=WANTED)


def test_a_page_without_a_table_is_refused():
    with pytest.raises(LayoutChangedError, match="no row of headings"):
        read_html(b"<html><p>Technical Difficulties</p></html>", wanted=WANTED)


# Damage: whatever happens to the bytes, we raise our own errors or give rows, and come to an end.

SMALL = {
    "workbook": (read_workbook, only_sheet(WANTED, *[ROW] * 5)),
    "json": (read_json, orjson.dumps([dict(zip(WANTED, ROW, strict=True))] * 5)),
    "csv": (read_csv, lines(WANTED, *[[f'"{cell}"' for cell in ROW]] * 5)),
    "html": (read_html, page(WANTED, *[ROW] * 5)),
}


@st.composite
def damages(draw):
    """A way to spoil bytes: flip some, cut, or put pieces in another order."""
    kind = draw(st.sampled_from(["flip", "cut", "reorder", "repeat"]))
    places = draw(st.lists(st.floats(0, 1), min_size=1, max_size=6))
    value = draw(st.integers(1, 255))
    return kind, places, value


def spoil(body, kind, places, value):
    at = sorted(int(place * (len(body) - 1)) for place in places)
    if kind == "flip":
        spoilt = bytearray(body)
        for place in at:
            spoilt[place] ^= value
        return bytes(spoilt)
    if kind == "cut":
        return body[: at[0]]
    pieces = [body[start:end] for start, end in zip([0, *at], [*at, len(body)], strict=True)]
    return b"".join(reversed(pieces)) if kind == "reorder" else b"".join(pieces * 2)


def read_or_refuse(reader, body):
    try:
        return rows_of(reader(body, wanted=WANTED))
    except ScraperError:
        return []


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=300, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(damage=damages())
def test_damaged_files_are_read_or_refused(name, damage):
    reader, body = SMALL[name]
    read_or_refuse(reader, spoil(body, *damage))


@settings(max_examples=200, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(
    damage=damages(), part=st.sampled_from(["sheet1.xml", "sharedStrings.xml", "workbook.xml", "styles.xml"])
)
def test_damage_inside_a_sound_package_is_read_or_refused(damage, part):
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SMALL["workbook"][1])) as sound, zipfile.ZipFile(spoilt, "w") as package:
        for name in sound.namelist():
            text = sound.read(name)
            package.writestr(name, spoil(text, *damage) if name.endswith(part) else text)
    read_or_refuse(read_workbook, spoilt.getvalue())


@pytest.mark.parametrize("reader", [read_workbook, read_json, read_csv, read_html])
@given(body=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(reader, body):
    read_or_refuse(reader, body)


CELLS = st.text(alphabet=st.characters(exclude_characters="\0"), max_size=20)


@given(rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=8))
def test_every_text_comes_through_a_csv_unchanged(rows):
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [WANTED, *rows])
    body = body.encode("utf-8", errors="replace")
    expected = [
        tuple(c.encode("utf-8", "replace").decode() if c and not c.isspace() else None for c in r)
        for r in rows
    ]
    found = rows_of(read_csv(body, wanted=WANTED))
    assert found == [
        row for row in expected if sum(cell is not None for cell in row) > 1 and row != tuple(WANTED)
    ]
