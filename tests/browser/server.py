"""The product's own WSGI application on a loopback port, with its static files compressed as in production."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from whitenoise import WhiteNoise

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
UNUSED = ["htm?x-4*", "htmx-2.js", "ext", "django-htmx.js"]  # as `web/serve.py` leaves out


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Tests speak for themselves."""


def gather(folder: Path) -> Path:
    """The static files with their compressed copies."""
    with override_settings(STATIC_ROOT=folder, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    return folder


def application(static: Path) -> Any:
    return WhiteNoise(get_wsgi_application(), root=static, prefix="static/")


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(app)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
