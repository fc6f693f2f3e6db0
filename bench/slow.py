"""The sandbox behind a slow network: what connects waits before its first byte: `… slow PORT SECONDS KEY …`."""

import socket
import sys
import time
from contextlib import suppress
from threading import Thread

from bench.inputs import DAY


def main(port: int, seconds: float, keys: list[str]) -> None:
    from prospect_aggregate.sandbox.server import LOOPBACK, Server

    with Server(today=DAY, keys=keys) as server, socket.create_server((LOOPBACK, port)) as door:
        while True:
            caller, _ = door.accept()
            Thread(target=let_in, args=(caller, (LOOPBACK, server.port), seconds), daemon=True).start()


def let_in(caller: socket.socket, address: tuple[str, int], seconds: float) -> None:
    time.sleep(seconds)
    site = socket.create_connection(address)
    Thread(target=passed_on, args=(site, caller), daemon=True).start()
    passed_on(caller, site)


def passed_on(near: socket.socket, far: socket.socket) -> None:
    with suppress(OSError):  # either of them may leave
        while piece := near.recv(1 << 16):
            far.sendall(piece)
        far.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
