"""What `prospects up` starts, and how it knows that it runs."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.db import Error, connection

from prospect_aggregate.cli import home
from prospect_aggregate.cli.demo import Demo
from prospect_aggregate.engine.broker import Broker
from prospect_aggregate.engine.children import Child
from prospect_aggregate.engine.home import CannotStartError, alive
from prospect_aggregate.supervisor import Supervisor, engine, run_engine

LOOPBACK = "127.0.0.1"


class Up:
    """One start of everything on this machine."""

    def __init__(self, *, port: int, demo: Demo | None) -> None:
        self._port, self._demo = port, demo

    def run(self) -> int:
        """The exit code of the engine."""
        return run_engine(
            settings.HOME,
            self._compose,
            after_stop=_mark_lost,
            greeting=self._greeting,
            witness=self._witness,
        )

    @contextmanager
    def _witness(self, supervisor: Supervisor) -> Iterator[None]:
        """This process watches all others, and says of itself which of its children it has given up."""
        from prospect_aggregate.collection import watch
        from prospect_aggregate.collection.processes import Kind, Presence

        presence = Presence(Kind.ENGINE, look=watch.look, troubles=supervisor.given_up)
        presence.start()
        try:
            yield
        finally:
            presence.stop()

    def _compose(self, broker: Broker) -> Sequence[Child]:
        """The home is held by now: nobody else migrates it or fills it."""
        from prospect_aggregate.web import secret, serve

        self._port = _free_port(self._port)
        secret.ensure_secret_key(settings.HOME)
        home.migrate()
        _claim(sample=self._demo is not None)
        replicas = self._demo.children() if self._demo else ()
        web = Child(
            name="web",
            argv=serve.argv(self._port),
            needs=("broker",),
            ready=serve.answers(self._port),
            stop_order=2,
        )
        return (*replicas, *engine(broker, concurrency=settings.WORKERS, beat_is_alive=_beat_is_alive), web)

    def _greeting(self) -> str:
        """Where to look, and how to get in while the administrator has no password."""
        from prospect_aggregate.web.first_start import ensure_administrator

        address = f"http://{LOOPBACK}:{self._port}"
        path = ensure_administrator()
        connection.close()
        return f"open {address}{path}  (signs you in once, within the hour)" if path else f"open {address}/"


def _claim(*, sample: bool) -> None:
    from prospect_aggregate.collection import homes

    try:
        homes.claim(homes.Kind.SAMPLE if sample else homes.Kind.REAL)
    except homes.WrongHomeError as error:
        raise CannotStartError(str(error)) from error


def _free_port(asked: int) -> int:
    """The asked port, or any free one for 0. Raises CannotStartError when it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, asked))
        except OSError as error:
            raise CannotStartError(
                f"port {asked} is taken ({error.strerror}); choose another by --port N, or a free one by --port 0"
            ) from error
        return int(probe.getsockname()[1])


def _beat_is_alive() -> bool:
    from prospect_aggregate.collection import clock, leases

    try:
        return leases.holder("beat", now=clock.now()) is not None
    except Error:
        return False
    finally:
        connection.close()


def _mark_lost(killed: list[str]) -> None:
    """Runs of workers that had to be killed are lost, and queued again for the next start."""
    if not killed:
        return
    from prospect_aggregate.collection import clock
    from prospect_aggregate.collection.models import Run
    from prospect_aggregate.tasks.loop import recover

    here = f"{socket.gethostname()}:"
    started = Run.objects.filter(status=Run.Status.STARTED, worker__startswith=here).select_related("source")
    for run in started:
        if not alive(int(run.worker.removeprefix(here))):
            recover(run, now=clock.now())
