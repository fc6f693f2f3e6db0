"""A mail server on this machine that takes whatever it is given."""

import socketserver
import threading


class Mailbox:
    """`taken` has the messages as they came, in their order."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self._server = socketserver.TCPServer(("127.0.0.1", 0), _talking(self))
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> "Mailbox":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _talking(box: Mailbox) -> type[socketserver.StreamRequestHandler]:
    class Talk(socketserver.StreamRequestHandler):
        """As much of RFC 5321 as smtplib speaks without extensions."""

        def handle(self) -> None:
            self._say("220 here")
            for line in self.rfile:
                word = line[:4].upper()
                if word == b"QUIT":
                    self._say("221 bye")
                    return
                if word == b"DATA":
                    self._say("354 go on")
                    box.taken.append(self._message())
                self._say("250 fine")

        def _message(self) -> bytes:
            lines: list[bytes] = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return b"".join(lines)

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    return Talk
