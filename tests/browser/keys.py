"""Keys alone, counted: what a person's hands do, word by word."""

from playwright.sync_api import Page

MOST_STEPS, MOST_TABS = 100, 200  # the schedule has some 26 rows of several controls


def tab_to(page: Page, selector: str) -> int:
    """Press Tab until the focus is there; says how often."""
    for count in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return count
        page.keyboard.press("Tab")
    raise AssertionError(f"{page.url}: {selector} is not reached by {MOST_TABS} tabs")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


class Hands:
    """Presses and types on one page, and counts: a word or a number that is typed is one, as it comes in one go."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        press(self.page, *keys)
        self.count += len(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += len(text.split())

    def step_to(self, selector: str) -> None:
        """Down the rows until that one has the focus."""
        at_it = self.page.locator(f"{selector}:focus")
        for _ in range(MOST_STEPS):
            if at_it.count():
                return
            self.press("j")
        raise AssertionError(f"{self.page.url}: {selector} is not reached by {MOST_STEPS} rows")

    def tab_to(self, selector: str) -> None:
        self.count += tab_to(self.page, selector)
