"""Servers that are measured: started on a free port, ended afterwards."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bench.loads import environment
from bench.stand import ROOT, wait_until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


SECRET = "only for pages that are measured, and known to all who read this line"


@contextmanager
def served(argv: Sequence[str], answers: Callable[[], bool], **settings: str) -> Iterator[None]:
    """From its first answer on."""
    env, nowhere = environment({"PROSPECTS_SECRET_KEY": SECRET, **settings}), subprocess.DEVNULL
    process = subprocess.Popen(
        argv, cwd=ROOT, env=env, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        wait_until(answers, 60)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def listens(port: int) -> Callable[[], bool]:
    def ask() -> bool:
        with socket.socket() as probe:
            probe.settimeout(0.4)
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return ask
