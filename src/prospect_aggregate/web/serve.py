"""The web process: static files gathered, then the server in our place."""

import os
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError

from django.core.exceptions import ImproperlyConfigured

THREADS = 4  # of one process; a page takes 20 ms, a download a second
HOST = "127.0.0.1"  # others reach it through a proxy, or by --host said out loud


def argv(port: int, *, host: str = HOST) -> tuple[str, ...]:
    """What the supervisor starts. SIGTERM ends it after the answers in progress."""
    return (sys.executable, "-m", "prospect_aggregate.web.serve", host, str(port))


def answers(port: int, *, host: str = HOST) -> Callable[[], bool]:
    """Whether the pages of that port can be had, for the supervisor's readiness."""
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # not by the machine's proxy

    def ask() -> bool:
        try:
            with directly.open(f"http://{host}:{port}/healthz", timeout=0.4) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    return ask


def main(host: str, port: str) -> None:
    """Gather and fingerprint the static files, then become the server."""
    os.environ["PROSPECTS_SERVES_PAGES"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")
    try:
        gather()
    except ImproperlyConfigured as error:
        sys.exit(f"prospects: {error}")
    os.execv(sys.executable, _granian(host, port))  # noqa: S606


def gather() -> None:
    """Into `<home>/static`. What no page uses is left out, because compressing takes most of the start."""
    import django
    from django.core.management import call_command

    django.setup()
    unused = ["htm*-4*", "htmx-2.js", "ext", "django-htmx.js"]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=unused)


def _granian(host: str, port: str) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", port, "--workers", "1", "--blocking-threads", str(THREADS)),
        *("--workers-kill-timeout", "3", f"{Path(__file__).with_name('wsgi.py')}:application"),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
