"""The engine of `prospects up`: broker, worker, beat (and what is added) kept alive, and ended together."""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click

from prospect_aggregate.engine.broker import Broker, embedded, leftovers
from prospect_aggregate.engine.children import Charge, Child, Death, RestartPolicy, adopt_orphans
from prospect_aggregate.engine.guard import Guard
from prospect_aggregate.engine.home import CannotStartError, held
from prospect_aggregate.engine.stopping import Patience, Stopping

TICK = 0.1  # seconds between two looks at the children
SAME_KEY_PRESS = 0.5  # seconds; make and uv pass on a Ctrl-C that the terminal has already sent to all of us
SLOW_AFTER = 60.0  # seconds without readiness that are worth a line
WORKER, BEAT = "worker", "beat"


class Supervisor:
    """Starts each child when those it needs are ready, starts the dead again, ends all in order."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        logs: Path,
        out: Callable[[str], object] = click.echo,
        policy: RestartPolicy | None = None,
        patience: Patience | None = None,
        guard: Guard | None = None,
        after_stop: Callable[[list[str]], None] | None = None,
        greeting: Callable[[], str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        policy = policy or RestartPolicy()
        self.charges = [Charge(child, logs / f"{child.name}.log", policy) for child in children]
        self._out, self._patience, self._guard = out, patience or Patience(), guard or Guard()
        self._after_stop, self._clock, self._sleep = after_stop, clock, sleep
        self._greeting = greeting
        self._asked_at: float | None = None
        self._at_once = self._greeted = False
        self._began = 0.0

    def run(self) -> int:
        """Until a signal, or until no child is left to keep; 1 when one was given up."""
        self._began = self._clock()
        adopt_orphans()
        with self._signals(), self._guard:
            try:
                self._keep()
            finally:
                killed = self._end()
            if self._after_stop:
                self._after_stop(killed)
        return 1 if any(charge.left_down for charge in self.charges) else 0

    def stop(self) -> None:
        """Ends the run in order; asked again a moment later, at once. It only notes it: signals land here."""
        if self._asked_at is None:
            self._asked_at = self._clock()
        elif self._clock() - self._asked_at > SAME_KEY_PRESS:
            self._at_once = True

    def given_up(self) -> dict[str, str]:
        """Children that died too often: cause → what to do."""
        return {
            f"left_down_{charge.name}": f"{charge.name} died too often and was left down; see {charge.log}"
            for charge in self.charges
            if charge.left_down
        }

    def _keep(self) -> None:
        while self._asked_at is None and not all(charge.left_down for charge in self.charges):
            self._tick()
            self._sleep(TICK)

    def _tick(self) -> None:
        for charge in self.charges:
            if self._asked_at is None:
                self._attend(charge, self._clock())
        self._greet()

    def _attend(self, charge: Charge, now: float) -> None:
        if reason := charge.ended():
            self._mourn(charge, charge.died(reason, now))
        elif charge.process is None:
            self._start(charge, now)
        elif not charge.ready:
            self._look(charge, now)
        self._tell_guard()

    def _start(self, charge: Charge, now: float) -> None:
        ready = {other.name for other in self.charges if other.ready}
        if charge.left_down or now < charge.start_at or not ready.issuperset(charge.child.needs):
            return
        try:
            charge.start(now)
        except OSError as error:  # out of memory or processes, no such program
            self._mourn(charge, charge.died(str(error), now))

    def _look(self, charge: Charge, now: float) -> None:
        charge.ready = charge.answers(now)
        if charge.ready:
            self._say(f"{charge.name} ready")
        elif now - charge.started_at > SLOW_AFTER and not charge.called_slow:
            charge.called_slow = True
            self._say(f"{charge.name} runs but is not ready after {SLOW_AFTER:.0f} s; see {charge.log}")

    def _mourn(self, charge: Charge, death: Death) -> None:
        then = (
            f"started again in {death.pause:g} s"
            if death.pause is not None
            else "LEFT DOWN: it died too often"
        )
        self._say(f"{charge.name} died ({death.reason}), {then}; the end of {charge.log}:")
        for line in charge.last_words():
            self._write(f"    {line}")

    def _greet(self) -> None:
        if not self._greeted and all(charge.ready for charge in self.charges):
            self._greeted = True
            self._say(f"ready in {self._clock() - self._began:.1f} s; stop with Ctrl-C")
            if self._greeting:
                self._say(self._greeting())

    def _end(self) -> list[str]:
        began = self._clock()
        self._say("stopping; Ctrl-C again kills")
        stopping = Stopping(self.charges, self._patience, say=self._say, clock=self._clock)
        while not stopping.step(at_once=self._at_once):
            self._sleep(TICK / 4)
        self._tell_guard()
        self._say(f"stopped in {self._clock() - began:.1f} s")
        return stopping.killed

    def _tell_guard(self) -> None:
        self._guard.watch(charge.process.pid for charge in self.charges if charge.process)

    def _say(self, text: str) -> None:
        self._write(f"{datetime.now(UTC):%H:%M:%SZ} {text}")

    def _write(self, text: str) -> None:
        with suppress(
            OSError
        ):  # the terminal was closed, or `| head` has seen enough: no reason to drop the children
            self._out(text)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """A closed terminal stops the engine too, unless it was started with nohup."""
        wanted = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            wanted.append(signal.SIGHUP)
        before = {number: signal.signal(number, self._heard) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()


def up(
    home: Path,
    *,
    out: Callable[[str], object] = click.echo,
    extra_children: Sequence[Child] = (),
    concurrency: int = 2,
    beat_is_alive: Callable[[], bool] | None = None,
    after_stop: Callable[[list[str]], None] | None = None,
) -> int:
    """Runs the engine on this home until it is stopped; what forbids it is one line on stderr, and 1."""

    def compose(broker: Broker) -> tuple[Child, ...]:
        return *engine(broker, concurrency=concurrency, beat_is_alive=beat_is_alive), *extra_children

    return run_engine(home, compose, out=out, after_stop=after_stop)


def run_engine(
    home: Path,
    compose: Callable[[Broker], Sequence[Child]],
    *,
    out: Callable[[str], object] = click.echo,
    after_stop: Callable[[list[str]], None] | None = None,
    greeting: Callable[[], str] | None = None,
    witness: Callable[[Supervisor], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> int:
    """What `up` does, for any children around the broker; each finds broker and home in its environment."""
    home = home.absolute()
    try:
        with held(home) as lock, embedded(home) as broker:
            children = [_at_home(child, home, broker) for child in compose(broker)]
            guard = Guard(leftovers=leftovers(home, broker), holds=(lock,))
            supervisor = Supervisor(
                children, logs=home / "logs", out=out, guard=guard, after_stop=after_stop, greeting=greeting
            )
            with witness(supervisor):
                return supervisor.run()
    except CannotStartError as error:
        click.echo(f"prospects up: {error}", err=True)
        return 1


def engine(
    broker: Broker, *, concurrency: int, beat_is_alive: Callable[[], bool] | None
) -> tuple[Child, Child, Child]:
    """Broker, worker and beat. A web child goes between: `needs=("broker",), stop_order=2`."""
    celery = (sys.executable, "-m", "celery", "-A", "prospect_aggregate.celery_app")
    worker = (
        "worker",
        "--pool=prefork",
        f"--concurrency={concurrency}",
        "--without-gossip",
        "--without-mingle",
    )
    beat = ("beat", "--scheduler=prospect_aggregate.tasks.table_scheduler:TableScheduler", "--pidfile=")
    log = "--loglevel=INFO"
    return (
        broker_child(broker),
        Child(
            name=WORKER,
            argv=(*celery, *worker, "--hostname=worker@%h", log),
            needs=("broker",),
            ready=worker_answers(broker.url),
            stop_order=3,
        ),
        Child(name=BEAT, argv=(*celery, *beat, log), needs=("broker",), ready=beat_is_alive, stop_order=1),
    )


def broker_child(broker: Broker) -> Child:
    return Child(name="broker", argv=broker.argv, ready=broker.answers, stop_order=9)


def worker_answers(url: str) -> Callable[[], bool]:
    """Asks by Celery's remote control, through an app of no tasks: ours would bring Django in here."""

    def ask() -> bool:
        from celery import Celery
        from celery.utils.nodenames import gethostname
        from kombu import Connection
        from kombu.exceptions import OperationalError
        from redis.exceptions import RedisError

        app = Celery(broker=url, set_as_current=False)
        with Connection(url, transport_options={"socket_timeout": 1}) as connection:
            try:
                node = f"{WORKER}@{gethostname()}"
                return bool(app.control.ping([node], timeout=0.4, connection=connection))
            except (OSError, OperationalError, RedisError):
                return False

    return ask


def _at_home(child: Child, home: Path, broker: Broker) -> Child:
    return replace(child, env={"BROKER_URL": broker.url, "PROSPECTS_HOME": str(home), **child.env})
