"""What a list's bytes claim to be, and the look at them that finds a page where a file should be."""

import html
import re
from enum import StrEnum

from prospect_aggregate.scrapers.errors import BlockedError, ScraperError, TransientError


class Kind(StrEnum):
    """What a source's address is expected to give."""

    JSON = "json"
    XLSX = "xlsx"
    CSV = "csv"
    XLS_HTML = "xls_html"
    """A download called .xls that is an HTML table (Treasury)."""
    HTML = "html"
    """A page, to find a link on."""


NAMES = {
    Kind.JSON: "JSON",
    Kind.XLSX: "a workbook",
    Kind.CSV: "a CSV file",
    Kind.XLS_HTML: "a table",
    Kind.HTML: "a page",
}
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 65_557  # the end record and the longest comment that may follow it
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_EVIDENCE = 300
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|title|meta)\b", re.IGNORECASE)
_TABLE = re.compile(rb"<(?:table|tr)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(
    r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>?", re.IGNORECASE | re.DOTALL
)


def check_bytes(
    body: bytes, expect: Kind, *, source: str = "the file", facts: dict[str, str] | None = None
) -> None:
    """Refuse bytes that are not what they should be, whoever gave them: a server, or a person.

    `source` (a host, or a file's name) begins the message; `facts` of the answer join the evidence.
    BlockedError when it is something else, for a person to see; TransientError when it is nothing, or a part.
    """
    verb = "sent" if facts else "is"
    if not body.strip():
        raise TransientError(f"{source} {verb} nothing instead of {NAMES[expect]}")
    problem = looks_wrong(body, expect)
    if problem is not None:
        raise _refusal(body, f"{source} {verb} {problem} instead of {NAMES[expect]}", facts or {})
    if expect is Kind.XLSX and _ZIP_END not in body[-_ZIP_END_WITHIN:]:
        raise TransientError(f"{source} {verb} a workbook that is cut off after {len(body):,} bytes")


def looks_wrong(head: bytes, expect: Kind) -> str | None:
    """What the first bytes are instead, in words; None when they fit."""
    start = head[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "nothing"
    if _fits(start, expect):
        return None
    return _name(start)


def _fits(start: bytes, expect: Kind) -> bool:
    if expect is Kind.XLSX:
        return start.startswith(_ZIP)
    if expect is Kind.JSON:
        return start[:1] in (b"[", b"{")
    if expect is Kind.CSV:
        return start[:1] != b"<" and _name(start) == "other bytes" and not _is_binary(start)
    return bool(_TABLE.search(start) if expect is Kind.XLS_HTML else _PAGE.search(start))


def _name(start: bytes) -> str:
    if start[:1] == b"<":
        return "a page" if _PAGE.search(start) or _TABLE.search(start) else "markup"
    if start.startswith(_ZIP):
        return "a workbook or zip file"
    if start.startswith(_OLD_EXCEL):
        return "an old or password-protected Excel file"
    if start.startswith(b"%PDF"):
        return "a PDF"
    return "JSON" if start[:1] in (b"[", b"{") else "other bytes"


def _is_binary(start: bytes) -> bool:
    """A stray NUL is typing; UTF-16 that says so is text."""
    return start.count(0) * 100 > len(start) and not start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _refusal(body: bytes, message: str, facts: dict[str, str]) -> ScraperError:
    evidence = {**facts, **seen_in(body)}
    title = evidence.get("title")
    return BlockedError(f"{message} (title: {title!r})" if title else message, evidence=evidence)


def seen_in(body: bytes) -> dict[str, str]:
    """What a person would see of these bytes: their size, a page's title, its first words."""
    text = body[: 16 * _HEAD].decode("utf-8", errors="replace")
    found = _TITLE.search(text)
    title = " ".join(html.unescape(found[1]).split())[:100] if found else ""
    seen = {"size": f"{len(body):,} bytes", "title": title, "text": words(text)}
    return {name: value for name, value in seen.items() if value}


def words(text: str) -> str:
    """The first words a person would see on a page."""
    seen = html.unescape(_UNSEEN.sub(" ", text))
    return " ".join("".join(char if char.isprintable() else " " for char in seen).split())[:_EVIDENCE]
