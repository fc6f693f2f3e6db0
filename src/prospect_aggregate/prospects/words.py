"""The words of a prospect as they are searched: one normalisation, so that every database splits them alike."""

import re
import unicodedata

from prospect_aggregate.prospects.record import COLUMNS, Record

FIELDS = (
    "title", "description", "incumbent_name", "office", "component", "native_id", "solicitation_number",
)  # fmt: skip
BETWEEN = "_"
"""Stands between two fields, so that no phrase spans them; no token holds it."""
MOST = 10_000
"""Words of one prospect that are kept; PostgreSQL's vectors end at a megabyte."""
LONGEST = 64
_TOKEN = re.compile(rf"([^\W_]{{1,{LONGEST}}})[^\W_]*")
_POSITIONS = tuple(COLUMNS.index(field) for field in FIELDS)


def tokens(text: str) -> list[str]:
    """Letters and digits in lower case, without accents; everything else parts words: `70Z0-26` is two."""
    return _TOKEN.findall(_folded(text))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_in(texts: list[str | None]) -> str:
    """` help desk _ f2026 `: every token between blanks, the fields apart."""
    every: list[str] = []
    for text in texts:
        if text:
            every += [*tokens(text), BETWEEN]
    return f" {' '.join(every[:MOST])} " if every else ""


def words_of(record: Record) -> str:
    """The words of a draft as columns (`record.py`)."""
    return words_in([record[at] for at in _POSITIONS])
