"""A page under watch: whatever a browser complains of is kept, and what it transferred is counted."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP ${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber}`);
});
"""
WIDER = """
() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`).slice(0, 5)
"""
TOLD_BY_REQUEST = ("htmx:sendError", "htmx:afterRequest")  # what failed is told by the request, and why
LEFT_BEHIND = "net::ERR_ABORTED"  # a request in flight when its page is left
axe = Axe()


@dataclass
class Watch:
    """What happened on one page since it was opened."""

    page: Page
    troubles: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(REPORT_VIOLATIONS)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("requestfinished", lambda request: self.requests.append(request))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(TOLD_BY_REQUEST):
            self.troubles.append(f"console {message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT_BEHIND:
            self.troubles.append(f"failed: {request.url}: {request.failure}")

    def transferred(self) -> int:
        """Bytes over the wire, headers included."""
        sizes = [request.sizes() for request in self.requests]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)

    def violations(self) -> list[str]:
        """What axe finds, one line for each element."""
        return [
            f"{found['id']} ({found['impact']}): {' '.join(node['target'])}: {found['help']}"
            for found in axe.run(self.page).response["violations"]
            for node in found["nodes"]
        ]

    def sticks_out(self) -> list[str]:
        """Elements that make the page wider than its window, tables that scroll by themselves apart."""
        return list(self.page.evaluate(WIDER))
