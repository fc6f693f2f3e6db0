"""A web server on loopback that answers as an agency might, on good days and bad ones."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass
class Answer:
    """One answer; `cut` sends fewer bytes than promised, `wait` is silent first."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    wait: float = 0.0


Hook = Callable[[], None]


class Site:
    """Serves `answer` at every path but /robots.txt, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer = Answer(status=404)
        self.robots = Answer(status=404)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.on_request: Hook = lambda: None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def serve(self, body: bytes, **facts: object) -> None:
        self.answer = Answer(body, **facts)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self._send(site.robots)
                return
            site.asked.append((self.path, dict(self.headers)))
            site.on_request()
            self._send(self._conditional(site.answer))

        def _conditional(self, answer: Answer) -> Answer:
            etag = answer.headers.get("ETag")
            return Answer(status=304) if etag and self.headers.get("If-None-Match") == etag else answer

        def _send(self, answer: Answer) -> None:
            time.sleep(answer.wait)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) - answer.cut])
            self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Tests speak for themselves."""

    return Handler
