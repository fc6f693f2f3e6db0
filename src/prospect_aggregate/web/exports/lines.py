"""JSON: the objects of the API, one a line or as one list."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import orjson

from prospect_aggregate.web.exports.export import AT_ONCE, Export


def write_lines(export: Export) -> Iterator[bytes]:
    yield from gathered(packed(prospect) + b"\n" for prospect in export.objects())


def write_list(export: Export) -> Iterator[bytes]:
    yield b"["
    yield from gathered(separated(map(packed, export.objects())))
    yield b"\n]\n"


def separated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The members of a list that is written one by one."""
    for number, piece in enumerate(pieces):
        yield (b",\n" if number else b"\n") + piece


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Some at a time: a piece a row costs more than the rows."""
    held: list[bytes] = []
    for piece in pieces:
        held.append(piece)
        if len(held) == AT_ONCE:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)


def packed(value: object) -> bytes:
    return orjson.dumps(value, default=_plain)


def _plain(value: object) -> str:
    """Money is a string, so that no program rounds it by accident."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"cannot write a {type(value).__name__}")
