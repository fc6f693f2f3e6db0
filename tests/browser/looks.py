"""The ways in which every page is looked at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Look:
    name: str
    scheme: Literal["light", "dark"]
    width: int
    height: int

    def __str__(self) -> str:
        return self.name


LIGHT = Look("light", "light", 1440, 900)
DARK = Look("dark", "dark", 1440, 900)
PHONE = Look("phone", "light", 390, 844)
LOOKS = (LIGHT, DARK, PHONE)
