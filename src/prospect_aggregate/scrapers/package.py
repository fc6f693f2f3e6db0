"""The zip file that a workbook is: looked at once, part by part, and packed anew with what was looked at, no more.

Who reads the workbook afterwards cannot find in it what was not seen here: a part under another kind of name, one that
unpacks to more than it tells, or a second directory.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from prospect_aggregate.scrapers.errors import BlockedError, LayoutChangedError, TransientError

MOST_UNPACKED = 500 * 2**20
"""Justice's 1 MB unpacks to 10; a hundred Commerces to 600."""
MOST_PARTS = 10_000
"""Justice has thirty; each costs half a kilobyte before anything of it is read."""
_PART_TOLD = b"PK\x01\x02"
_PIECE, _PIECE_OF_TEXT = 1 << 15, 1 << 20
"""Bytes unpacked at once, and what may come of them at once."""
_LOCAL = struct.Struct("<4s5H3L2H")
_TOLD = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF_8, _DAY = 20, 0x800, 0x21
_LENGTHS, _LENGTHS_AT = struct.Struct("<2H"), 26


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it lies packed."""

    name: str
    method: int
    packed: bytes | memoryview
    size: int
    crc: int

    def pieces(self) -> Iterator[bytes]:
        """Its text. Raises BadZipFile at the end of what is not what it told to be, and before it grows beyond."""
        size = crc = 0
        for piece in self._unpacked():
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            if size > self.size:
                raise zipfile.BadZipFile(f"{self.name} unpacks to more than it tells")
            yield piece
        if (size, crc) != (self.size, self.crc):
            raise zipfile.BadZipFile(f"{self.name} is not what its checksum tells")

    def _unpacked(self) -> Iterator[bytes]:
        slices = (self.packed[start : start + _PIECE] for start in range(0, len(self.packed), _PIECE))
        if self.method == zipfile.ZIP_STORED:
            yield from map(bytes, slices)
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        for piece in slices:
            yield from _inflated(unpacker, piece)
        if not unpacker.eof:
            raise EOFError(f"{self.name} has no end")

    def after(self, text: bytes) -> "Part":
        """The same behind a text whose checksum is 0: both are then one part, though nothing was unpacked for it."""
        length = _LENGTHS.pack(len(text), len(text) ^ 0xFFFF)
        head = b"\0" + length + text if self.method == zipfile.ZIP_DEFLATED else text
        return replace(self, packed=head + self.packed, size=len(text) + self.size)


def _inflated(unpacker: "zlib._Decompress", piece: bytes | memoryview) -> Iterator[bytes]:
    """A little that is packed may be a thousand times as much."""
    text = unpacker.decompress(piece, _PIECE_OF_TEXT)
    while len(text) == _PIECE_OF_TEXT:
        yield text
        text = unpacker.decompress(unpacker.unconsumed_tail, _PIECE_OF_TEXT)
    yield text


def repacked(body: bytes, look: Callable[[Part, str], Part], *, source: str = "") -> bytes:
    """A workbook of the same texts, each as the look left it.

    Raises for a cut file, a zip bomb and what is no workbook; `look` has to ask for a part's pieces to its end.
    """
    who = f"{source}: the workbook" if source else "the workbook"
    if (parts := body.count(_PART_TOLD)) > MOST_PARTS:
        raise BlockedError(f"{who} tells of {parts:,} parts; over {MOST_PARTS:,} it is not opened")
    try:
        return packed([look(part, who) for part in _texts(body, who)])
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, OSError) as error:
        raise TransientError(f"{who} is damaged or cut off ({error})") from error
    except (NotImplementedError, RuntimeError) as error:
        raise LayoutChangedError(f"{who} is packed in a way we cannot read ({error})") from error


def packed(parts: Collection[Part]) -> bytes:
    """A zip file of these parts, which stay packed as they are."""
    out, directory = bytearray(), bytearray()
    for part in parts:
        name = part.name.encode()
        facts = (_VERSION, _UTF_8, part.method, 0, _DAY, part.crc, len(part.packed), part.size, len(name), 0)
        directory += _TOLD.pack(_PART_TOLD, _VERSION, *facts, 0, 0, 0, 0, len(out)) + name
        out += _LOCAL.pack(b"PK\3\4", *facts) + name
        out += part.packed
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + end)


def _texts(body: bytes, who: str) -> Iterator[Part]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        _check_directory(package, who)
        for told in package.infolist():
            if told.filename.lower().endswith((".xml", ".rels")):
                yield _part(package, body, told)


def _check_directory(package: zipfile.ZipFile, who: str) -> None:
    if "xl/workbook.xml" not in {name.lower() for name in package.namelist()}:
        raise LayoutChangedError(f"{who} is a zip file, but no .xlsx or .xlsm")
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > MOST_UNPACKED:
        raise BlockedError(
            f"{who} unpacks to {unpacked // 2**20} MB; over {MOST_UNPACKED // 2**20} it is not opened"
        )


def _part(package: zipfile.ZipFile, body: bytes, told: zipfile.ZipInfo) -> Part:
    """Opened the usual way first, which refuses what is encrypted, or is another part than the directory tells."""
    package.open(told).close()
    if told.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError(f"compression {told.compress_type}")
    name, extra = _LENGTHS.unpack_from(body, told.header_offset + _LENGTHS_AT)
    start = told.header_offset + _LOCAL.size + name + extra
    lies = memoryview(body)[start : start + told.compress_size]
    return Part(told.filename, told.compress_type, lies, told.file_size, told.CRC)
