"""Files that would cost a list its rows, or a process its memory: what damaged editions had taught."""

import io
import zipfile
import zlib
from collections.abc import Callable

import orjson
import pytest
import python_calamine as calamine

from prospect_aggregate.scrapers import extent
from prospect_aggregate.scrapers.errors import LayoutChangedError, TransientError
from prospect_aggregate.scrapers.gateway import open_page
from prospect_aggregate.scrapers.readers import BadRow, read_csv, read_html, read_json, read_workbook
from prospect_aggregate.scrapers.workbook import NOT_MERGED, opened
from tests.scrapers.test_readers import ROW, WANTED, only_sheet, page, rows_of

TWO = b"Number,Title\r\n"


def with_rows(rows: str) -> bytes:
    """A workbook whose sheet holds these rows, as somebody's program might write them."""
    told = b"<sheetData>" + rows.encode() + b"</sheetData>"
    return with_part(
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.partition(b"<sheetData>")[0] + told + sheet.partition(b"</sheetData>")[2],
    )


def with_part(name: str, text: bytes | Callable[[bytes], bytes], *, way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook in which one part has another text."""
    parts = parts_of(only_sheet(WANTED, ROW))
    return packed({**parts, name: text(parts[name]) if callable(text) else text}, way)


def renamed(body: bytes, old: str, new: str) -> bytes:
    return packed({new if name == old else name: part for name, part in parts_of(body).items()})


def parts_of(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def test_a_nul_which_no_database_takes_is_left_out_of_cells_and_headings() -> None:
    table = read_json(b'[{"Num\\u0000ber":"N-\\u00001","Title":"\\u0000"}]')
    assert (table.headings, rows_of(table)) == (("Number", "Title"), [("N-1", None)])
    assert rows_of(read_csv(TWO + b"N-\0001,Roofs\r\n", wanted=WANTED)) == [("N-1", "Roofs")]
    told = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("N-_x0000_1", "Roofs"))
    named = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Number", "Title"))
    table = read_workbook(with_rows(f"<row>{named}</row><row>{told}</row>"), wanted=WANTED)
    assert rows_of(table) == [("N-1", "Roofs")]


@pytest.mark.parametrize("half", [rb"\ud83d", rb"\ude00", rb"\ud83d\ud83d", b"\xf0\x9f"])
def test_half_a_character_in_one_record_spoils_no_other(half: bytes) -> None:
    table = read_json(b'[{"Title":"cut ' + half + rb'"},{"Title":"whole \ud83d\ude00"}]')
    (spoiled,), whole = rows_of(table)
    assert spoiled.startswith("cut �")
    assert whole == ("whole 😀",)


def test_a_quote_that_does_not_close_costs_its_line_and_not_those_that_it_swallowed() -> None:
    body = (
        TWO
        + b'N-1,"6 inch pipe\r\n'
        + b"".join(b"N-%d,Roofs\r\n" % number for number in range(2, 50))
        + b'N-50,"x"\r\n'
    )
    bad, *good = rows_of(read_csv(body, wanted=WANTED))
    assert isinstance(bad, BadRow)
    assert tuple(bad) == ('N-1,"6 inch pipe',)
    assert [number for number, _ in good] == [f"N-{number}" for number in range(2, 51)]


def test_a_file_of_nothing_but_broken_quotes_is_refused() -> None:
    with pytest.raises(LayoutChangedError, match="over 1,000 lines with broken quotes"):
        list(read_csv(TWO + b'N,"x\n' * 1200, wanted=WANTED).rows)


def test_a_file_without_ends_of_lines_is_refused() -> None:
    with pytest.raises(LayoutChangedError, match="a line of over 1,000,000 characters"):
        list(read_csv(TWO + b"x" * 1_000_001, wanted=WANTED).rows)


def test_rows_that_do_not_fit_are_kept_up_to_a_number_that_a_person_can_look_through() -> None:
    with pytest.raises(LayoutChangedError, match="over 20,000 rows do not fit under the headings"):
        list(read_csv(TWO + b"x\n" * 20_001, wanted=WANTED).rows)


def test_a_row_of_more_cells_than_any_list_has_is_refused() -> None:
    wide = page(WANTED).replace(b"</table>", b"<tr>" + b"<td colspan=500>" * 2 + b"</table>")
    with pytest.raises(LayoutChangedError, match="over 512 cells"):
        rows_of(read_html(wide, wanted=WANTED))


def test_a_width_of_a_thousand_digits_is_refused_like_any_other() -> None:
    wide = page(WANTED).replace(b"</table>", b"<tr><td colspan=" + b"9" * 5000 + b"><td></table>")
    with pytest.raises(LayoutChangedError, match="over 512 cells"):
        rows_of(read_html(wide, wanted=WANTED))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="a1"><v>1</v></c></row><row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="78000"><c r="SR78000"><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row><row r="1048576">' + "<c><v>1</v></c>" * 300 + "</row>",
        '<row r="1"><c r="BA1"><v>1</v></c></row><row r="99999"><c r="A99999"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 60_000 + '</row><row r="9999"><c r="A9999"><v>1</v></c></row>',
        '<x:row r="1"><x:c><x:v>1</x:v></x:c></x:row><x:row r="9999">'
        + "<x:c><x:v>1</x:v></x:c>" * 60_000
        + "</x:row>",
        '<row r="1"><c r="A1" r="XFD1048576"><v>1</v></c></row>',
        """<row r="1"><c r="XFD1048576" x=" r='A1'"><v>1</v></c></row>""",
        '<row r="1"><c r="XFD1048576"></x><v>1</v></c></row>',
        '<row r="1"><c r="A0000000001048576"><v>1</v></c><c r="ZZ1"><v>1</v></c></row>',
        "<row>" + "</row>" * 60_000 + "<c><v>1</v></c>" * 300,
    ],
    ids=[
        "small letters",
        "nearly empty",
        "a little too wide",
        "no references",
        "no references in one row",
        "prefixed",
        "two references",
        "a reference inside another attribute",
        "another end before the value",
        "leading zeros",
        "more ends of rows than rows",
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused_however_it_says_where_its_cells_are(rows: str) -> None:
    with pytest.raises(LayoutChangedError, match=r"a sheet .* of \d+ rows and \d+ columns"):
        read_workbook(with_rows(rows), wanted=WANTED)


@pytest.mark.parametrize(
    "cell",
    [
        """<c x="1>" r="XFD1048576">""",
        """<!-- " --><c r="A1" s="--><c " r="XFD1048576">""",
        """<c x="<c r='A1'>" r="XFD1048576">""",
        """<x y="</row>"/><c>""",
    ],
    ids=["end of a tag", "comment", "tag in an attribute", "end of a row"],
)
def test_a_sheet_in_which_cells_are_hidden_from_who_looks_for_them_is_refused(cell: str) -> None:
    with pytest.raises(LayoutChangedError, match="a sheet "):
        read_workbook(with_rows(f'<row r="1">{cell}<v>1</v></c></row>'), wanted=WANTED)


def test_a_part_that_unpacks_to_more_than_it_tells_is_refused() -> None:
    """Who reads it would go on to where the stream ends; its checksum is that of the part that was told of."""
    sheet = b'<worksheet><sheetData><row><c r="A1"><v>1</v></c></row>'
    far = b'<row><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    body = bytearray(with_part("xl/worksheets/sheet1.xml", sheet + far))
    told = body.index(b"xl/worksheets/sheet1.xml", body.index(b"PK\1\2")) - 46
    body[told + 16 : told + 20] = zlib.crc32(sheet).to_bytes(4, "little")
    body[told + 24 : told + 28] = len(sheet).to_bytes(4, "little")
    with pytest.raises(TransientError, match="unpacks to more than it tells"):
        read_workbook(bytes(body), wanted=WANTED)


@pytest.mark.parametrize("name", ["XL/Worksheets/Sheet1.XML", r"xl\worksheets\sheet1.xml"])
def test_a_sheet_is_looked_through_however_its_name_is_written(name: str) -> None:
    far = with_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(LayoutChangedError, match=r"a sheet .* of \d+ rows and \d+ columns"):
        read_workbook(renamed(far, "xl/worksheets/sheet1.xml", name), wanted=WANTED)
    near = renamed(only_sheet(WANTED, ROW), "xl/worksheets/sheet1.xml", name)
    assert len(rows_of(read_workbook(near, wanted=WANTED))) == 1


def test_what_was_not_looked_through_is_not_read() -> None:
    """The reader would take any part for a sheet that the workbook calls one."""
    body = with_part("xl/_rels/workbook.xml.rels", lambda rels: rels.replace(b"sheet1.xml", b"sheet1.bin"))
    with pytest.raises(LayoutChangedError, match="cannot be read"):
        read_workbook(renamed(body, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.bin"), wanted=WANTED)


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_merged_cells_are_not_looked_for(way: int) -> None:
    """The reader of workbooks reads a sheet to its end a second time for them."""
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    body = with_part(
        "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace(b"</sheetData>", merged), way=way
    )
    assert calamine.load_workbook(io.BytesIO(body)).get_sheet_by_index(0).merged_cell_ranges
    assert opened(body).get_sheet_by_index(0).merged_cell_ranges == []
    assert rows_of(read_workbook(body, wanted=WANTED)) == [tuple(ROW)]
    assert zlib.crc32(NOT_MERGED) == 0


def test_a_long_list_is_no_sheet_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is each of its cells looked at for it, wherever the pieces end that it is unpacked in."""
    monkeypatch.setattr(extent, "_Walk", None)
    body = only_sheet(WANTED, *([[*ROW, *"abcdefgh"]] * 10_001))
    assert len(rows_of(read_workbook(body, wanted=WANTED))) == 10_001
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        assert package.getinfo("xl/worksheets/sheet1.xml").file_size > 4 << 20


@pytest.mark.parametrize("length", [100, 300_000])
def test_a_cell_far_out_is_found_wherever_a_piece_ends(length: int) -> None:
    far = '</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    for before in range((1 << 20) - length - 400, (1 << 20) - length + 100, 23):
        rows = f"<!--{'x' * before}--><row r='1'><c r='A1' t='inlineStr'><is><t>{'y' * length}{far}"
        with pytest.raises(LayoutChangedError, match=r"a sheet .* of \d+ rows and \d+ columns"):
            read_workbook(with_rows(rows), wanted=WANTED)


def test_more_sheets_than_any_list_has_are_refused() -> None:
    sheets = "".join(f'<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 102))
    told = f"<sheets>{sheets}</sheets></workbook>".encode()
    body = with_part("xl/workbook.xml", lambda book: book.partition(b"<sheets>")[0] + told)
    with pytest.raises(LayoutChangedError, match="101 sheets"):
        read_workbook(body, wanted=WANTED)


@pytest.mark.parametrize("total", ["²", "9" * 5000, "-1", "about 5", None, []])
def test_a_total_that_is_no_number_is_not_known(total: object) -> None:
    assert open_page(orjson.loads(orjson.dumps({"listing": {"data": [], "total": total}}))).total is None
