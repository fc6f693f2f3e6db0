"""The ways in which every page is looked at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Look:
    name: str
    scheme: Literal["light", "dark"]
    width: int
    height: int
    scale: float = 1
    """Dots of the screen for one of the page: two is what a zoom of 200 % leaves."""
    colours: Literal["active", "none"] = "none"
    """Active where the reader's own few colours take the place of ours."""

    def __str__(self) -> str:
        return self.name


LIGHT = Look("light", "light", 1440, 900)
DARK = Look("dark", "dark", 1440, 900)
PHONE = Look("phone", "light", 390, 844)
PHONE_DARK = Look("phone-dark", "dark", 390, 844)
TABLET = Look("tablet", "light", 900, 1200)
ZOOMED = Look("zoomed", "light", 720, 450, scale=2)  # 1440 × 900 at 200 %
CONTRAST = Look("contrast", "dark", 1440, 900, colours="active")
LOOKS = (LIGHT, DARK, PHONE)
