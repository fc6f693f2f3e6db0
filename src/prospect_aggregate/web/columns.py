"""Columns of the list that a reader may add to those that always stand there."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def _text(name: str) -> Callable[[Row], str]:
    return lambda row: "" if row[name] is None else str(row[name])


def _window(name: str) -> Callable[[Row], str]:
    def window(row: Row) -> str:
        first, last = row[f"{name}_from"], row[f"{name}_to"]
        return " – ".join(dict.fromkeys(day.isoformat() for day in (first, last) if day))

    return window


COLUMNS: dict[str, tuple[str, Callable[[Row], str]]] = {
    "key": ("Key", lambda row: f"{row['source__key']}:{row['native_id']}"),
    "source": ("Source", _text("source__name")),
    "naics": ("NAICS", _text("naics_code")),
    "psc": ("PSC", _text("psc_code")),
    "type": ("Type", _text("requirement_type")),
    "vehicle": ("Vehicle", lambda row: row["contract_vehicle"] or row["contract_vehicle_text"] or ""),
    "competition": ("Competition", lambda row: (row["competition"] or "").replace("_", " ")),
    "incumbent": ("Incumbent", _text("incumbent_name")),
    "contract": ("Current contract", _text("incumbent_contract")),
    "contact": ("Contact", lambda row: next((it["name"] or it["email"] or "" for it in row["contacts"]), "")),
    "award": ("Award", _window("award")),
    "performance": ("Performance", _window("performance")),
    "first_seen": ("First seen", lambda row: f"{row['first_seen_at']:%Y-%m-%d}"),
    "edited": ("Edited by the agency", _text("agency_updated_at")),
    "state": ("On the list", _text("state")),
}
NEEDED = (
    "psc_code", "contract_vehicle", "contract_vehicle_text", "competition", "incumbent_name", "incumbent_contract",
    "contacts", "performance_from", "performance_to", "first_seen_at", "agency_updated_at",
)  # fmt: skip
"""What they are worked out from, besides what the list reads anyway."""


def known(names: Iterable[str]) -> list[str]:
    """Those that exist, in the order of the list."""
    asked = set(names)
    return [name for name in COLUMNS if name in asked]


def cells(row: Row, names: Iterable[str]) -> list[tuple[str, str]]:
    """Heading and text of each column that was added."""
    return [(COLUMNS[name][0], COLUMNS[name][1](row)) for name in names]
