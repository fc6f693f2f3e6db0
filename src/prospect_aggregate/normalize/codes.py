"""Code lists: NAICS, PSC, set-aside, competition, contract type, vehicle, phase."""

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from prospect_aggregate.normalize import vocabularies
from prospect_aggregate.normalize.memo import remembered
from prospect_aggregate.normalize.text import Cell, fold, is_placeholder, known, line


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of ours beside the agency's own words."""

    code: str | None = None
    text: str | None = None

    def labelled(self, question: str) -> "Coded":
        """A Yes or No says nothing without the question: `Competition: No`."""
        return replace(self, text=f"{question}: {self.text}") if self.text else self

    def because(self, reason: Cell) -> "Coded":
        """With the reason that stands in a column of its own: `Withdrawn: Insourcing`."""
        why = known(reason)
        return replace(self, text=f"{self.text}: {why}") if why and self.text else self


_SIX_DIGITS = re.compile(r"(?<![\w.,$])([0-9]{6})(?:\.0+)?(?![\d.]\d|\w|\d)")
_PSC = r"(?=[A-Z0-9]{0,3}\d)[A-HJ-NP-Z1-9][A-Z0-9]{3}"
_PSC_CODES = re.compile(rf"{_PSC}(?:\s*[,;/&]\s*{_PSC})*(?=$|[\s:|–-])")
_PSC_GROUP = re.compile(r"(?:[A-HJ-NP-Z][0-9]|[1-9][0-9]|[A-HJ-NP-Z7])(?=\s*(?:$|[:|–-]))")
_BRACKETS_AT_END = re.compile(r"\s*\((?:see|including|IDV)\b[^()]*\)?\s*$", re.IGNORECASE)
_FAR = re.compile(r"\s*\(see FAR[^()]*\)\s*$", re.IGNORECASE)
_PIID = re.compile(r"(?=(?:.*\d){4})(?=.*[A-Z])[A-Z0-9]{13,17}|DE[A-Z]{2}\d{7}")
"""The second is Energy's own form until 2014: `DE-SC0014664`."""
_PARENT = re.compile(r"(?=(?:.*\d){4})(?=.*[A-Z])[A-Z0-9]{10,17}")
_ORDER = re.compile(r"(?<=\w)\s*[;,]?\s*\bORDER\s*(?:NUMBER|NO\b\.?)?\s*[:#]?\s*(?=\w*\d)")
_LABEL = re.compile(r"^\s*(?:CURRENT )?CONTRACT NUMBER\s*:")


@cache
def naics_titles() -> dict[str, tuple[str, str]]:
    """Every six-digit code of the 2007, 2012, 2017 and 2022 editions → its latest edition and title there.

    Census Bureau's public classification; retired codes stay because lists still use them (511210, 541712), and so
    do two of older editions, which Energy's contracts carry (541710, 234930).
    """
    text = files(__package__).joinpath("naics.csv").read_text(encoding="utf-8")
    return {row["code"]: (row["edition"], row["title"]) for row in csv.DictReader(text.splitlines())}


@remembered(16384)
def naics(cell: Cell) -> tuple[str, ...]:
    """The real codes in a cell, in their order: `541519 | Other…`, 541611.0, `541512/541519`.

    Nine digits are SSA's habit: `541611999` is 541611 when that is a code. Numbers in no edition are unread.
    """
    text = line(cell) or ""
    found = [text[:6]] if re.fullmatch(r"[0-9]{9}", text) else _SIX_DIGITS.findall(text)
    return tuple(dict.fromkeys(code for code in found if code in naics_titles()))


@remembered(16384)
def psc(cell: Cell) -> tuple[str, ...]:
    """Product and service codes at the head of a cell: `7A21-TEXT`, `R499---TEXT`; groups `Y1`, `R`, `66`.

    A four-character code has a digit, so that words are never taken for one.
    """
    text = (known(cell) or "").upper()
    found = _PSC_CODES.match(text) or _PSC_GROUP.match(text)
    return tuple(dict.fromkeys(re.findall(r"[A-Z0-9]+", found[0]))) if found else ()


@remembered(4096)
def set_aside(cell: Cell) -> Coded:
    """SAM.gov's code, written out or as such (`HZC`), or NONE, TBD, OTHER.

    None for nothing, N/A, and words outside the table (`Sole-Source` is no set-aside). A plain `8(a)`,
    `HUBZone`, `SDVOSB`, `WOSB` is the competed kind: sole source is said where it is meant.
    """
    text = line(cell)
    if text is None:
        return Coded()
    if is_placeholder(text):
        undecided = fold(text).startswith("tbd") or fold(text) in vocabularies.TO_BE_DETERMINED
        return Coded("TBD" if undecided else None, text)
    is_code = text in vocabularies.SET_ASIDE_CODES
    return Coded(text if is_code else vocabularies.SET_ASIDES.get(_set_aside_words(text)), text)


@remembered(4096)
def method(cell: Cell) -> Coded:
    """The set-aside in a column that holds both it and the kind of competition (Navy, SSA).

    There a plain sole source, or limited sources, is a purchase without a set-aside.
    """
    read = set_aside(cell)
    if read.code is None and competition(cell).code in ("sole_source", "limited", "not_competed"):
        return Coded("NONE", read.text)
    return read


@remembered(4096)
def competition(cell: Cell) -> Coded:
    """`full_and_open`, `set_aside`, `sole_source`, `limited`, `competed` (how is not said) or `not_competed`.

    A set-aside in the same column is competition too: HUD's `SOLE SOURCE 8(A)` is a sole source, `TOTAL SB` a
    set-aside. "No set aside used" says nothing of competition.
    """
    text = known(cell)
    if text is None:
        return Coded(None, line(cell))
    code = vocabularies.COMPETITION.get(fold(_FAR.sub("", text))) or vocabularies.COMPETITION.get(fold(text))
    return Coded(code or _competition_of(set_aside(text).code), text)


@remembered(4096)
def contract_type(cell: Cell) -> str | None:
    """The standard name of a pricing arrangement, else the words as published; placeholders are None."""
    text = known(cell)
    if text is None:
        return None
    plain = fold(_BRACKETS_AT_END.sub("", text))
    return vocabularies.CONTRACT_TYPES.get(plain.replace("tandm", "tm"), text)


@remembered(4096)
def vehicle(cell: Cell) -> Coded:
    """The vehicle's usual name (`GSA Schedule`, `OASIS+`…); None for two in one cell, or none we know."""
    text = known(cell)
    if text is None:
        return Coded(None, line(cell))
    names = {name for name, pattern in vocabularies.VEHICLES if pattern.search(text)}
    return Coded(names.pop() if len(names) == 1 else None, text)


@remembered(4096)
def requirement_type(cell: Cell) -> str | None:
    """`new`, `recompete`, `option`, else the words as published."""
    text = known(cell)
    return None if text is None else vocabularies.REQUIREMENT_TYPES.get(fold(text), text)


@remembered(4096)
def phase(cell: Cell) -> Coded:
    """The phase by R1's table; other words are kept without one (`With OCPO`)."""
    text = line(cell)
    return Coded() if text is None else Coded(vocabularies.PHASES.get(fold(text)), text)


@remembered(16384)
def award_number(cell: Cell) -> str | None:
    """Contract numbers by R14: blanks and hyphens out, several joined by `; `, vehicle and order by ` / `.

    The whole cell must be numbers of a PIID's shape (13 to 17 letters and digits). Refused: names, EINs (nine
    digits), UEIs (twelve), numbers inside a sentence (State: `New task order 19AQMM26F0027` is no incumbent).
    The vehicle of an order may be shorter (`NNG15SC82B / 89503425FWA401728`, HUD's `GS-00F-013DA; ORDER #866157…`).
    """
    text = _ORDER.sub(" / ", _LABEL.sub("", (known(cell) or "").upper().replace('"', " ")))
    pieces = [piece for piece in re.split(r"[,;&\n]|\bAND\b", text) if piece.strip()]
    numbers = [_contract(piece) for piece in pieces]
    found = [number for group in numbers if group for number in group]
    return "; ".join(dict.fromkeys(found)) if numbers and all(numbers) else None


def _set_aside_words(text: str) -> frozenset[str]:
    for pattern, word in vocabularies.SET_ASIDE_SYNONYMS:
        text = pattern.sub(word, text)
    return frozenset(re.findall(r"\w+", text.casefold())) - vocabularies.SET_ASIDE_FILLERS


def _competition_of(set_aside_code: str | None) -> str | None:
    if set_aside_code in vocabularies.SOLE_SOURCE_CODES:
        return "sole_source"
    return "set_aside" if set_aside_code in vocabularies.SET_ASIDE_CODES else None


def _without_blanks(number: str) -> str:
    """`HSCG23-16-A MMP083` is one number; beside a word (`Ending in M0183`) or a whole number, a blank stays."""
    parts = re.sub(r"\s*-\s*", "", number).split()
    is_one = len(parts) == 1 or all(re.search(r"\d", part) and not _PIID.fullmatch(part) for part in parts)
    return ("" if is_one else " ").join(parts)


def _contract(piece: str) -> tuple[str, ...]:
    """The numbers of one piece: `IDV / order` as one, several between blanks as several, else nothing."""
    parts = [_without_blanks(part) for part in re.split(r"[/_]+|\s-\s", piece)]
    if len(parts) == 1 and not _PIID.fullmatch(parts[0]):
        parts = piece.split()
        return tuple(parts) if len(parts) > 1 and all(map(_PIID.fullmatch, parts)) else ()
    pair = len(parts) <= 2 and any(map(_PIID.fullmatch, parts)) and all(map(_PARENT.fullmatch, parts))
    return (" / ".join(parts),) if pair else ()
