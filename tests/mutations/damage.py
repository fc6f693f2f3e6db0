"""Files whose bytes are flipped, cut, reordered or repeated, inside their packing too, and some made to hurt."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from random import Random

from prospect_aggregate.scrapers.kinds import Kind
from tests.mutations.lists import Healthy

Damage = Callable[[bytes, Random], bytes]
REFERENCE = b'<c r="A1"'
SHEET_HEAD = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)


def damaged(healthy: Healthy, chance: Random) -> bytes:
    """The list's file with one to three damages."""
    body = healthy.body
    for _ in range(chance.randint(1, 3)):
        ways = ANYWHERE if chance.random() < 0.4 else INSIDE[healthy.kind]
        body = chance.choice(ways)(body, chance)
    return body


def flipped(body: bytes, chance: Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(body: bytes, chance: Random) -> bytes:
    return body[: chance.randint(0, len(body))]


def beheaded(body: bytes, chance: Random) -> bytes:
    return body[chance.randint(0, min(len(body), 4096)) :]


def exchanged(body: bytes, chance: Random) -> bytes:
    """Two stretches change places."""
    first, second, third = sorted(chance.randint(0, len(body)) for _ in range(3))
    return body[:first] + body[second:third] + body[first:second] + body[third:]


def repeated(body: bytes, chance: Random) -> bytes:
    start = chance.randint(0, len(body))
    piece = body[start : start + chance.choice((1, 10, 1000, 100_000))]
    return body[:start] + piece * chance.choice((2, 3, 40)) + body[start:]


def shuffled(body: bytes, chance: Random) -> bytes:
    """Blocks in another order, as a broken download manager might put them."""
    size = chance.choice((64, 1024, 16_384))
    blocks = [body[start : start + size] for start in range(0, len(body), size)]
    chance.shuffle(blocks)
    return b"".join(blocks)


def holed(body: bytes, chance: Random) -> bytes:
    start, length = chance.randint(0, len(body)), chance.choice((1, 100, 10_000))
    return body[:start] + bytes(min(length, len(body) - start)) + body[start + length :]


def marked(body: bytes, chance: Random) -> bytes:
    """Another order mark, or other ends of lines."""
    ways = (
        lambda: b"\xef\xbb\xbf" + body,
        lambda: b"\xff\xfe" + body,
        lambda: b"\xfe\xff\x00" + body,
        lambda: body.replace(b"\n", b"\r"),
        lambda: body.decode("latin-1").encode("utf-16"),
        lambda: body + b"\x1a" * 100,
    )
    return chance.choice(ways)()


ANYWHERE: tuple[Damage, ...] = (flipped, flipped, cut, beheaded, exchanged, repeated, shuffled, holed, marked)


def scrapped(*scraps: bytes) -> Damage:
    """A scrap put where one of the marks `,`, `<` or `"` stands, or over it."""

    def damage(body: bytes, chance: Random) -> bytes:
        at = chance.randint(0, len(body))
        mark = chance.choice((b",", b"<", b'"', b">", b"\n"))
        at = max(0, body.find(mark, at))
        return body[:at] + chance.choice(scraps) + body[at + chance.randint(0, 2) :]

    return damage


IN_JSON = scrapped(
    b'"\\ud83d"', b'"\\u0000"', b"null", b"1e400", b"-0", b"[" * 2000, b'{"a":' * 500, b"NaN", b"{}", b"[]", b"true",
    b'"total":"\xc2\xb2"', b'"total":"' + b"9" * 5000 + b'"', b"9" * 5000, b'\\', b'"",', b'{"nid":[1]}',
    b'"a":{"b":{}},',
)  # fmt: skip
IN_CSV = scrapped(
    b'"', b'""', b",", b",,,,", b";", b"\t", b"\x00", b"\r", b"\n\n", b'"\n', b"x" * 200_000, b'"' + b"y\n" * 5000,
    b"\xff", b"\xed\xa0\x80", b"\xc2\x85", b"\xe2\x80\xa8",
)  # fmt: skip
IN_HTML = scrapped(
    b"<table>", b"</table>", b"<tr>", b"</tr><tr>", b"<td rowspan=3>", b"<td colspan=999999999>", b"&#0;", b"&#xD800;",
    b"<!--", b"<td colspan=" + b"9" * 5000 + b">", b"<th colspan=512>" * 2000, b"<table><tr><td>" * 2000, b"<b>" * 5000,
    b"\x00", b"\xff", b"<script>", b"<![CDATA[", b"<?php", b"</body>", b"&bogus;", b"<td\x00>",
)  # fmt: skip
IN_XML = scrapped(
    b"<", b">", b'"', b"&", b"&#0;", b"&bogus;", b"<!--", b"]]>", b"</row>", b"<row>", b"</sheetData>", b"<v>", b"</c>",
    b'<row r="1048576">', b'<row r="0">', b'<row r="-1">', b"\xff\xfe", b"\x00",
    b'<c r="A0"><v>1</v></c>', b'<c r="ZZZZ9"><v>1</v></c>', b'<c r="B99999999999"><v>1</v></c>',
    b'<c r="XFD1048576"><v>1</v></c>', b'<c r="xfd1048576"><v>1</v></c>', b'<c t="s"><v>99999999</v></c>',
    b'<c t="s"><v>-1</v></c>', b'<c t="b"><v>2</v></c>', b'<c t="d"><v>9999-99-99</v></c>', b'<c t="e"><v>#N/A</v></c>',
    b'<c s="99"><v>1e308</v></c>', b'<c s="1"><v>-99999999</v></c>', b'<c r="A1" t="inlineStr"><is><t>x</t></is></c>',
)  # fmt: skip


RENUMBERED = (
    (b' r="', b' r="A'), (b' r="A', b' r="B'), (b' r="', b' x="'), (b' r="', b' r = "'), (b' t="s"', b""),
    (b' t="inlineStr"', b' t="s"'), (b' s="', b' s="9'), (b"<row ", b'<row hidden="1" '), (b"<v>", b"<v>9"),
    (b"<c ", b"<d:c "), (b"<v>", b"<v> "), (b"<t>", b'<t xml:space="preserve">\n'), (b'sheetId="1"', b'sheetId="x"'),
    (b"r:id=", b"id="), (b"date1904", b"d"), (b'ref="', b'ref="A1:XFD1048576" old="'), (b"<numFmt ", b"<numFmt x"),
    (b'Target="', b'Target="../'),
)  # fmt: skip


def repacked(body: bytes, chance: Random) -> bytes:
    """One part of a workbook damaged, and all packed again so that no checksum tells."""
    return _packed(body, _one_part(chance, chance.choice((IN_XML, IN_XML, IN_XML, *ANYWHERE))), chance)


def renumbered(body: bytes, chance: Random) -> bytes:
    """Cells of a sheet under other references, styles or kinds."""
    (old, new), count = chance.choice(RENUMBERED), chance.choice((1, 5, -1))
    return _packed(body, lambda _name, part: part.replace(old, new, count), chance)


def without_a_part(body: bytes, chance: Random) -> bytes:
    return _packed(body, lambda _, part: part, chance, drop=1)


def with_parts_exchanged(body: bytes, chance: Random) -> bytes:
    return _packed(body, lambda _, part: part, chance, exchange=True)


def _one_part(chance: Random, damage: Damage) -> Callable[[str, bytes], bytes]:
    wanted = chance.choice(
        ("worksheets/sheet", "worksheets/sheet", "sharedStrings", "workbook.xml", "styles", "rels", "Types")
    )
    return lambda name, part: damage(part, chance) if wanted in name else part


def _packed(
    body: bytes, edit: Callable[[str, bytes], bytes], chance: Random, *, drop: int = 0, exchange: bool = False
) -> bytes:
    """A workbook that is broken already stays as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            parts = [(name, edit(name, package.read(name))) for name in package.namelist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError):
        return body
    for _ in range(min(drop, len(parts))):
        parts.pop(chance.randrange(len(parts)))
    if exchange and len(parts) > 1:
        (one, other), names = chance.sample(range(len(parts)), 2), [name for name, _ in parts]
        parts[one], parts[other] = (names[one], parts[other][1]), (names[other], parts[one][1])
    return packed(parts, zipfile.ZIP_STORED if chance.random() < 0.2 else zipfile.ZIP_DEFLATED)


def packed(parts: list[tuple[str, bytes]], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as package:
        for name, part in parts:
            package.writestr(name, part)
    return out.getvalue()


INSIDE: dict[Kind, tuple[Damage, ...]] = {
    Kind.JSON: (IN_JSON,),
    Kind.CSV: (IN_CSV,),
    Kind.XLS_HTML: (IN_HTML,),
    Kind.XLSX: (repacked, repacked, repacked, renumbered, renumbered, without_a_part, with_parts_exchanged),
}


def bombs(healthy: Healthy) -> Iterator[tuple[str, bytes]]:
    """Files made to exhaust whoever opens them; of a workbook's source also those that only its packing could hide."""
    yield from BOMBS[healthy.kind](healthy.body)


def _of_workbooks(body: bytes) -> Iterator[tuple[str, bytes]]:
    yield "a sheet of a million columns", _with_sheet(body, b'<row r="1"><c r="BDWGN1"><v>1</v></c></row>')
    yield "a cell at the far corner", _with_sheet(body, _cell(b"A1") + _cell(b"XFD1048576"))
    yield "a cell at the far corner in small letters", _with_sheet(body, _cell(b"a1") + _cell(b"xfd1048576"))
    yield "a cell far down in a wide sheet", _with_sheet(body, _cell(b"A1") + _cell(b"SR78000"))
    yield (
        "a row far down whose cells have no names",
        _with_sheet(
            body, b'<row r="1"><c><v>1</v></c></row><row r="1048576">' + b"<c><v>1</v></c>" * 400 + b"</row>"
        ),
    )
    yield (
        "a million cells without names beside one far down",
        _with_sheet(body, b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>" + _cell(b"A9999")),
    )
    yield (
        "a sheet that claims to be the largest",
        _with_sheet(body, _cell(b"A1"), b'<dimension ref="A1:XFD1048576"/>'),
    )
    yield (
        "a name that stands for a thousand million letters",
        _with_sheet(
            body,
            b'<row r="1"><c t="inlineStr"><is><t>&i;</t></is></c></row>',
            doctype=b"<!DOCTYPE x [" + b"".join(_laughs()) + b"]>",
        ),
    )
    yield "a part that unpacks to gigabytes", _with_zeros(body, 2**31)
    yield "a million empty cells", _with_sheet(body, b"<row>" + b"<c/>" * 1_000_000 + b"</row>")
    yield (
        "a hundred thousand sheets",
        _with_part(
            body,
            "xl/workbook.xml",
            b"<workbook><sheets>"
            + b'<sheet name="a" sheetId="1" r:id="rId1"/>' * 100_000
            + b"</sheets></workbook>",
        ),
    )


def _of_json(_: bytes) -> Iterator[tuple[str, bytes]]:
    yield "lists in lists in lists", b"[" * 1_000_000
    yield "objects in objects, closed", b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    yield "a record of 500,000 fields", b"[{" + b",".join(b'"f%d":1' % n for n in range(500_000)) + b"}]"
    own = b",".join(b'{"f%d":1}' % n for n in range(100_000))
    yield "a hundred thousand records, each with a field of its own", b"[" + own + b"]"
    yield "300,000 records of nothing", b"[" + b",".join([b"{}"] * 300_000) + b"]"
    same = b",".join([b'{"apfs_number":1,"title":2}'] * 300_000)
    yield "300,000 records under one number", b"[" + same + b"]"


def _of_csv(body: bytes) -> Iterator[tuple[str, bytes]]:
    yield "a line that never ends", body + b"x" * 30_000_000
    yield "a quote that never closes", body + b'"' + b"y\n" * 1_000_000
    yield "a row of a million cells", body + b"," * 1_000_000
    yield "a million empty rows", body + b"\n" * 1_000_000


def _of_pages(body: bytes) -> Iterator[tuple[str, bytes]]:
    yield "tables in tables in tables", b"<table><tr><td>" * 100_000 + b"</table>"
    yield "a row of a million wide cells", b"<table><tr>" + b"<td colspan=512>" * 500_000 + b"</table>"
    yield "tags that never close", b"<table><tr><td>" + b"<b>" * 1_000_000 + b"</table>"
    yield "300,000 rows", body.replace(b"</table>", b"<tr><td>1</td></tr>" * 300_000 + b"</table>")


BOMBS: dict[Kind, Callable[[bytes], Iterator[tuple[str, bytes]]]] = {
    Kind.XLSX: _of_workbooks,
    Kind.JSON: _of_json,
    Kind.CSV: _of_csv,
    Kind.XLS_HTML: _of_pages,
}


def _cell(name: bytes) -> bytes:
    digits = name.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return b'<row r="%s"><c r="%s"><v>1</v></c></row>' % (digits, name)


def _laughs() -> Iterator[bytes]:
    yield b'<!ENTITY a "ha">'
    for name, before in zip(b"bcdefghi", b"abcdefgh", strict=True):
        yield b'<!ENTITY %c "%s">' % (name, b"&%c;" % before * 10)


def _with_sheet(body: bytes, rows: bytes, dimension: bytes = b"", doctype: bytes = b"") -> bytes:
    """Every sheet of the workbook replaced by these rows."""
    head = SHEET_HEAD.replace(b"?>", b"?>" + doctype, 1)
    sheet = head + dimension + b"<sheetData>" + rows + b"</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    return packed([(name, sheet if "worksheets/sheet" in name else part) for name, part in parts])


def _with_part(body: bytes, wanted: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return packed([(name, part if name == wanted else package.read(name)) for name in package.namelist()])


def _with_zeros(body: bytes, size: int) -> bytes:
    """A part of zeros more, whose length its packing tells, while only a little of it is there."""
    out = io.BytesIO(_with_part(body, "", b""))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.xml", bytes(2**20))
    told = bytearray(out.getvalue())
    central = told.rindex(b"PK\x01\x02")
    told[central + 24 : central + 28] = size.to_bytes(4, "little")
    return bytes(told)
