"""Cells as published, and the plain texts read from them."""

import html
import math
import re
from datetime import date, datetime, time

from prospect_aggregate.normalize.memo import remembered

Cell = str | int | float | bool | date | datetime | None
"""What a reader takes from a file: a JSON scalar, or an Excel date."""

PLACEHOLDERS = frozenset({
    "tbd", "tba", "tbdtobedetermined", "tobedetermined", "tobedertermined", "tobedetermine", "tobeannounced",
    "unknowntobedetermined", "na", "nan", "null", "notapplicable", "notprovided", "novalue", "noneprovided",
    "unknown", "unk", "various", "unavailable", "notavailable", "notyetavailable", "nya", "pending",
    "cannotbedisclosed", "currentlythisinformationisnotavailable", "thisinformationisnotavailable",
})  # fmt: skip
"""Words that stand where a value should, folded. "None" is not among them: at DHS it is a fact."""
UNNAMED = frozenset({"none", "multiple", "mutiple", "multiples", "new", "newrequirement", "notyetawarded"})
"""Words in a name's place which are no name: State writes `Mutiple`, Justice `Multiple #s`."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_SPACES = re.compile("[\x0b\x0c\x1c-\x1f\u00a0\u2002-\u200a\u202f\u3000]")
_BREAK_TAG = re.compile(r"<(?:br\s*/?|/(?:p|div|li|tr|h[1-6]|ul|ol|table))\s*>", re.I)
_TAG = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|i|u|em|strong|a|h[1-6]|table|tbody|thead|tr|td|th|font|sup|sub|pre|hr|img|time"
    r"|blockquote|o:p)(?:\s[^<>]*)?/?>",
    re.I,
)
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b(?:Inc|Ltd|Mrs|etc))[.!?](?=\s+[A-Z0-9\"'(])")
_PUT_OFF = re.compile(r"\[?TBD\s*[-–—(,/:].*|FY ?\d{2}(?:\d{2})? NYA", re.I | re.S)
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEB = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(?:[:/?#]\S*)?", re.I)
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,}(?:\s*,?\s*(?:ext|x|extension)\.?:?\s*\d{1,6})?", re.I)


@remembered(16384)
def fold(text: str) -> str:
    """Letters and digits only, lower case: the key under which vocabularies are looked up."""
    return "".join(filter(str.isalnum, text.casefold()))


def as_text(cell: Cell) -> str | None:
    """The published text of a cell; None for nothing, and for a number that is none (NaN)."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return _clean(cell) or None
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def line(cell: Cell) -> str | None:
    """The text on one line, runs of white space squeezed."""
    text = as_text(cell)
    return None if text is None else " ".join(text.split()) or None


@remembered(4096)
def prose(cell: Cell) -> str | None:
    """Text in paragraphs, tags out (DHS: CRLF, and in 2026 `<p>`); a bare `<` or `>` stays."""
    if isinstance(cell, str) and "<" in cell:
        cell = _TAG.sub("", _BREAK_TAG.sub("\n", cell))
    text = as_text(cell)
    if text is None:
        return None
    lines = (" ".join(part.split()) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() or None


def identifier(cell: Cell) -> str | None:
    """An identifier as text: `*F2023061355` is F2023061355 (the star comes and goes), 30002.0 is 30002."""
    text = line(cell)
    return None if text is None else text.lstrip("* ") or None


def known(cell: Cell) -> str | None:
    """One line, or None when the cell says nothing (`[TBD]`, `N/A`, `Not Provided`…)."""
    text = line(cell)
    return None if text is None or is_placeholder(text) else text


@remembered(16384)
def is_placeholder(text: str) -> bool:
    """Whether the text stands where a value should: `TBD - TASK ORDER`, punctuation alone; but not "None"."""
    key = fold(text)
    return not key or key in PLACEHOLDERS or _PUT_OFF.fullmatch(text) is not None


def joined(*cells: Cell) -> str | None:
    """Several cells as one published text; of cells that all say nothing, the first speaks for them."""
    texts = [text for text in map(line, cells) if text]
    return (texts[0] if all(map(is_placeholder, texts)) else " ".join(texts)) if texts else None


def choices(cell: Cell) -> str | None:
    """Several choices in one cell, as SharePoint exports them: `SMD;#STMD` is `SMD; STMD`."""
    return (known(cell) or "").replace(";#", "; ") or None


def named(cell: Cell) -> str | None:
    """A name or number of somebody's: known, and not `None`, `Multiple` or `Multiple #s`."""
    text = known(cell)
    return None if text is None or fold(text) in UNNAMED else text


def first_sentence(text: str | None, limit: int = 120) -> str | None:
    """A title for lists that publish none (R12): the first sentence or line, cut at a word."""
    first = next((part for part in map(line, (text or "").splitlines()) if part), None)
    if first is None:
        return None
    begins = next((place for place, letter in enumerate(first) if letter.isalnum()), 0)
    end = _SENTENCE.search(first, begins)
    sentence = first[: end.start()] if end else first
    if len(sentence) > limit:
        sentence = (sentence[: limit + 1].rpartition(" ")[0] or sentence[:limit]).rstrip(" ,;:-–")
    return re.sub(r"(?<=[^.]{4})\.$", "", sentence) or None


@remembered(16384)
def emails(cell: Cell) -> tuple[str, ...]:
    """Every address in a cell, as written: Energy puts two with a semicolon between."""
    text = as_text(cell) or ""
    return tuple(found.rstrip(".") for found in _EMAIL.findall(text)) if "@" in text else ()


def email(cell: Cell) -> str | None:
    """The first address in a cell."""
    return next(iter(emails(cell)), None)


@remembered(16384)
def phone(cell: Cell) -> str | None:
    """A telephone number as published; 7 to 15 digits before an extension, else None."""
    text = known(cell)
    if text is None or not _PHONE.fullmatch(text):
        return None
    digits = re.sub(r"\D", "", re.split(r"[ex,]", text, maxsplit=1, flags=re.I)[0])
    return text if 7 <= len(digits) <= 15 else None


def web_address(cell: Cell) -> str | None:
    """A cell that is an address on the web, whole and with its scheme; `SAM.GOV` is a word."""
    text = line(cell)
    return text if text and _WEB.fullmatch(text) else None


def person(*cells: Cell) -> str | None:
    """A person's name from its parts, in their order. An address or a telephone number is no name."""
    parts = [text for text in map(named, cells) if text and "@" not in text and any(map(str.isalpha, text))]
    return " ".join(parts) or None


@remembered(16384)
def _clean(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if text.isprintable():  # as most are: nothing in it is invisible, and of blanks only the plain one
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def _number(value: float) -> str | None:
    if not math.isfinite(value):
        return None
    return (
        str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    )  # as Excel shows it
