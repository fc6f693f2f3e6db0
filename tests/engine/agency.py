"""An agency on this machine: a loopback file server of made-up lists that can be told to keep a reader waiting."""

import io
import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import xlsxwriter

LONGEST_HOLD = 200.0  # seconds; a test that forgets to let go must not hang its server
ROWS = 200
COMMERCE = (
    "Forecast ID", "Organization", "Office", "Organization Unit", "Title", "Description", "Naics Code",
    "Type Of Awardee", "Anticipated Set Aside And Type", "Competition Strategy", "Anticipated Contract Vehicle",
    "Anticipated Action Award Type", "New Requirement Or Recompete", "Awarded?", "Estimated Value Range",
    "Estimated Solicitation Fiscal Quarter", "Estimated Solicitation Fiscal Year", "Years", "Months",
    "Place Of Performance City", "Place Of Performance State", "Place Of Performance Country",
    "Incumbent Contractor Name", "Awarded Contract Order Number", "Point Of Contact Name", "Point Of Contact Email",
    "Date Created or Modified", "Date Created", "Workspace Number",
    "Does This Acquisition Contain Information Technology",
)  # fmt: skip


class Agency:
    """Serves a DHS list as JSON and a Commerce list as a workbook, at the agencies' own paths."""

    def __init__(self) -> None:
        self.rows = forecast(ROWS)
        self.fetched = 0
        self._workbook = workbook(3)
        self._open = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Answer)
        self._server.agency = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> "Agency":
        self._open.set()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def hosts(self) -> str:
        """As PROSPECTS_HOSTS takes it."""
        here = f"http://127.0.0.1:{self._server.server_port}"
        return f"apfs-cloud.dhs.gov={here},www.commerce.gov={here}"

    def hold(self) -> None:
        """From now on the DHS list's body does not come: whoever asks for it is in the middle of a collection."""
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    def move(self, count: int) -> None:
        """A new edition, in which the first `count` purchases have slipped by a year."""
        later = [{**row, "anticipated_award_date": "09/30/2031"} for row in self.rows[:count]]
        self.rows = [*later, *self.rows[count:]]

    def body(self, path: str) -> bytes | None:
        if path == "/api/forecast/":
            self.fetched += 1
            return json.dumps(self.rows).encode()
        return self._workbook if path.endswith(".xlsx") else None

    def keep_waiting(self, path: str) -> None:
        if path == "/api/forecast/":
            self._open.wait(LONGEST_HOLD)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    agency: Agency


class _Answer(BaseHTTPRequestHandler):
    """Headers at once, the body when the agency lets go; a reader that was killed meanwhile is no error."""

    server: _Server

    def do_GET(self) -> None:
        body = self.server.agency.body(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.server.agency.keep_waiting(self.path)
        with suppress(ConnectionError):
            self.wfile.write(body or b"")

    def log_message(self, *_: Any) -> None:
        """pytest shows what a test prints; nobody needs each request."""


def forecast(count: int) -> list[dict[str, Any]]:
    """Rows with the headings of the APFS list; nothing in them was ever published."""
    return [_purchase(number) for number in range(count)]


def _purchase(number: int) -> dict[str, Any]:
    return {
        "id": 70_000 + number,
        "apfs_number": f"F2030{number:06}",
        "requirements_title": f"Synthetic purchase {number}",
        "organization": "USCG",
        "contracting_office": "Office of Tests",
        "requirements_office": "Loopback Division",
        "naics": "541512",
        "small_business_program": "Small Business",
        "small_business_set_aside": True,
        "contract_type": "Firm Fixed Price",
        "contract_vehicle": "TBD",
        "competitive": "Yes",
        "contract_status": "NEW",
        "dollar_range": {"display_name": "$1M to $2M", "display_order": 4},
        "estimated_solicitation_release_date": "03/31/2030",
        "anticipated_award_date": "09/30/2030",
        "estimated_period_of_performance_start": "10/01/2030",
        "estimated_period_of_performance_end": "09/30/2031",
        "place_of_performance_city": "Norfolk",
        "place_of_performance_state": "VA",
        "contractor": None,
        "contract_number": None,
        "last_updated_date": "2030-01-15",
    }


def workbook(count: int) -> bytes:
    """A Commerce list: all its headings, little in the cells."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COMMERCE)
        for number in range(1, count + 1):
            cells = {"Forecast ID": f"C-{number}", "Title": f"Synthetic workbook purchase {number}"}
            sheet.write_row(number, 0, [cells.get(heading, "") for heading in COMMERCE])
    return stream.getvalue()
