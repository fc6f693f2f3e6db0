"""The sandbox on the wire: all replicas on one loopback port, chosen by Host header or by `/HOST/path`."""

import json
import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from prospect_aggregate.sandbox.editions import COUNT, SEED, chosen
from prospect_aggregate.sandbox.replica import Asked, Reply, replica
from prospect_aggregate.sandbox.stage import Stage

logger = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1"
CONTROL = "/_sandbox"
DRIP = 1024  # bytes


def hosts(port: int, keys: Iterable[str] | None = None) -> dict[str, str]:
    """Where the product's transport finds each real host; the Host header stays the real one."""
    return {replica(key).host: f"http://{LOOPBACK}:{port}" for key in chosen(keys)}


class Server(AbstractContextManager["Server"]):
    """Replicas that answer from a thread of this process: `with Server(today=day) as server: …`."""

    def __init__(
        self,
        port: int = 0,
        *,
        today: date,
        seed: int = SEED,
        scale: float = 1,
        keys: Iterable[str] | None = None,
        count: int = COUNT,
        current: int | None = None,
        pause: float = 1.0,
    ) -> None:
        """`current` is the edition shown at first, else the last; `pause` is a slow drip's, in seconds."""
        self.stage = Stage(today=today, seed=seed, scale=scale, keys=keys, count=count, current=current)
        self._http = _Http(port, self.stage, pause)
        self._thread = Thread(target=self.serve_forever, name="sandbox", daemon=True)

    @property
    def port(self) -> int:
        return self._http.server_port

    @property
    def hosts(self) -> dict[str, str]:
        return hosts(self.port, self.stage.keys)

    def address(self, key: str) -> str:
        """The list's address for who cannot set a Host header: the host stands in front of the path."""
        site = replica(key)
        return f"http://{LOOPBACK}:{self.port}/{site.host}{site.target}"

    def show(self, key: str, number: int) -> None:
        self.stage.show(key, number)

    def spoil(self, key: str, fault: str) -> None:
        self.stage.spoil(key, fault)

    def mend(self, key: str) -> None:
        self.stage.mend(key)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def serve_forever(self) -> None:
        """In the calling thread, until it is interrupted or the server closed."""
        self._http.serve_forever(poll_interval=0.05)

    def wait(self) -> None:
        """Until the answering thread ends, which an interrupt of this one does not wait for."""
        while self._thread.is_alive():
            self._thread.join(timeout=1)

    def close(self) -> None:
        self._http.closing.set()
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()


def serve(
    port: int,
    *,
    today: date,
    seed: int = SEED,
    scale: float = 1,
    keys: Iterable[str] | None = None,
    current: int | None = None,
) -> None:
    """Serve until interrupted; for a process of its own. For port 0, `Server` can tell what it got."""
    server = Server(port, today=today, seed=seed, scale=scale, keys=keys, current=current)
    try:
        server.serve_forever()
    finally:
        server.close()


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, stage: Stage, pause: float) -> None:
        self.stage, self.pause, self.closing = stage, pause, Event()
        super().__init__((LOOPBACK, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "sandbox", ""
    timeout = 30  # idle connections must not hold their threads for ever
    server: _Http

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        logger.debug(format, *args)

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        if path == CONTROL or path.startswith(f"{CONTROL}/"):
            return self._send(self._control(path.split("/")[2:]))
        key, prefix = self._site(path, parts.query)
        if key is None:
            return self._send(Reply(421, b"The sandbox has no replica of this host.", "text/plain"))
        asked = Asked(self.command, path.removeprefix(prefix), parts.query, body)
        headers = {name.lower(): text for name, text in self.headers.items()}
        return self._send(self.server.stage.reply(key, asked, headers), prefix)

    def _site(self, path: str, query: str) -> tuple[str | None, str]:
        """The replica, and what stands before its own path."""
        if key := self.server.stage.of_host((self.headers.get("Host") or "").split(":")[0], query):
            return key, ""
        host = path.split("/")[1]
        return self.server.stage.of_host(host, query), f"/{host}"

    def _control(self, words: list[str]) -> Reply:
        try:
            self._obey(words)
        except (LookupError, ValueError) as error:
            return Reply(404, str(error).encode(), "text/plain")
        return Reply(200, json.dumps(self.server.stage.state()).encode(), "application/json")

    def _obey(self, words: list[str]) -> None:
        match (self.command, *words):
            case ("GET",):
                pass
            case ("POST", "edition", key, number):
                self.server.stage.show(key, int(number))
            case ("POST", "fault", key, "none"):
                self.server.stage.mend(key)
            case ("POST", "fault", key, name):
                self.server.stage.spoil(key, name)
            case _:
                raise LookupError("GET the state; POST edition/KEY/N or fault/KEY/FAULT, where `none` mends")

    def _send(self, reply: Reply, prefix: str = "") -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, text in reply.headers.items():
            self.send_header(name, f"{prefix}{text}" if name.lower() == "location" else text)
        if reply.sent != "whole":
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self._send_body(reply)

    def _send_body(self, reply: Reply) -> None:
        try:
            for piece in self._pieces(reply):
                self.wfile.write(piece)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client has left

    def _pieces(self, reply: Reply) -> Iterable[bytes]:
        if reply.sent == "whole":
            yield reply.body
            return
        if reply.sent == "half":
            yield reply.body[: len(reply.body) // 2]
            return
        for start in range(0, len(reply.body), DRIP):
            yield reply.body[start : start + DRIP]
            if self.server.closing.wait(self.server.pause):
                return
