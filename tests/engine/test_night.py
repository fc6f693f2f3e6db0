"""Nobody watches at night: the workers die, one message goes out, and one when they are back."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.engine.house import House, kill, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]
TOLD_WITHIN = 180  # seconds
SECRET = "only the two of us know"


@contextmanager
def inbox() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook on this machine, and what came to it."""
    came: list[dict[str, Any]] = []

    class Inbox(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append({**json.loads(body), "signature": self.headers["X-Prospects-Signature"]})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The test looks at what came."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/alerts", came
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_dead_workers_are_told_of_once_and_their_return_once(new_house):
    with inbox() as (address, came):
        house = new_house(alert_webhook_url=address, alert_webhook_secret=SECRET)
        house.migrate()
        house.start_broker()
        house.beat()
        worker = house.worker()
        wait_until(lambda: house.count("collection_process WHERE kind = 'worker'"))
        kill(worker)
        wait_until(lambda: "The last worker has not been heard since" in status(house))
        wait_until(lambda: came, TOLD_WITHIN)
        house.worker()
        wait_until(lambda: len(came) == 2)
        assert [(alert["cause"], alert["edge"]) for alert in came] == [
            ("no_worker", "opened"),
            ("no_worker", "closed"),
        ]
        assert all(alert["signature"].startswith("sha256=") for alert in came)
        assert "worker alive" in status(house)


def status(house: House) -> str:
    return house.prospects("status").stdout
