"""A way to a server that can be cut: for its clients the server has gone, and comes back."""

import contextlib
import selectors
import socket
import threading
import time


class Proxy:
    """Passes bytes between a loopback port and a server; while it is cut, nobody gets through."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open_at = 0.0
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, seconds: float) -> None:
        """Every connection ends now; new ones are refused for a while."""
        self._open_at = time.monotonic() + seconds
        for pair in list(self._pairs):
            self._end(pair)

    def close(self) -> None:
        self._open_at = float("inf")
        self._listener.close()
        for pair in list(self._pairs):
            self._end(pair)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                if time.monotonic() < self._open_at:
                    raise ConnectionRefusedError
                pair = (client, socket.create_connection(self._server, timeout=5))
            except OSError:
                client.close()
                continue
            self._pairs.add(pair)
            threading.Thread(target=self._pass, args=(pair,), daemon=True).start()

    def _pass(self, pair: tuple[socket.socket, socket.socket]) -> None:
        with selectors.DefaultSelector() as ready, contextlib.suppress(OSError, ValueError):
            ready.register(pair[0], selectors.EVENT_READ, pair[1])
            ready.register(pair[1], selectors.EVENT_READ, pair[0])
            while True:
                for key, _ in ready.select(timeout=1):
                    if not (piece := key.fileobj.recv(65536)):  # type: ignore[union-attr]
                        return self._end(pair)
                    key.data.sendall(piece)
                if pair not in self._pairs:
                    return None
        return self._end(pair)

    def _end(self, pair: tuple[socket.socket, socket.socket]) -> None:
        self._pairs.discard(pair)
        for each in pair:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
