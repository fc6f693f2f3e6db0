"""A table for people and a line of JSON for programs."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured; `below` is its target, where it has one."""

    what: str
    value: float
    unit: str
    below: float | None = None

    @property
    def verdict(self) -> str:
        if self.below is None:
            return ""
        return "met" if self.value < self.below else "MISSED"


def show(title: str, figures: list[Figure]) -> None:
    width = max((len(figure.what) for figure in figures), default=0)
    print(f"\n{title}")
    for figure in figures:
        target = "" if figure.below is None else f"under {figure.below:g} {figure.unit}"
        measured = f"{figure.value:>9.2f} {figure.unit}"
        print(f"  {figure.what:<{width}}  {measured:<18} {target:<16} {figure.verdict}".rstrip())
    print(json.dumps({"title": title, "figures": [asdict(figure) for figure in figures]}))
