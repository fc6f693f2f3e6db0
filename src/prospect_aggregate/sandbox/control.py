"""Talking to a sandbox that runs in another process: what it shows, and faults made and mended."""

import json
import urllib.request
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote

from prospect_aggregate.sandbox.server import CONTROL, LOOPBACK

PATIENCE = 20  # seconds; it may be making a large list
Shown = list[dict[str, Any]]


class SandboxError(Exception):
    """It does not answer, or does not know what it was told; the message says which."""


def state(port: int) -> Shown:
    """What each replica shows now."""
    return _ask("GET", port)


def spoil(port: int, key: str, fault: str) -> Shown:
    """Let a fault befall a replica, in place of any other."""
    return _ask("POST", port, "fault", key, fault)


def mend(port: int, key: str) -> Shown:
    return _ask("POST", port, "fault", key, "none")


def _ask(method: str, port: int, *words: str) -> Shown:
    path = "/".join(quote(word, safe="") for word in words)
    address = f"http://{LOOPBACK}:{port}{CONTROL}/{path}".rstrip("/")
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # not by the machine's proxy
    try:
        with directly.open(urllib.request.Request(address, method=method), timeout=PATIENCE) as answer:  # noqa: S310
            shown: Shown = json.load(answer)
    except HTTPError as error:
        raise SandboxError(error.read().decode() or str(error)) from error
    except (URLError, OSError, ValueError) as error:
        raise SandboxError(
            f"no sandbox answers on port {port}; start one with `prospects up --demo` or `prospects sandbox serve`"
        ) from error
    return shown
