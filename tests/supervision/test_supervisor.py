"""The supervisor, with real processes: small scripts that obey, refuse, die, or leave others behind."""

import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prospect_aggregate.engine import children as children_module
from prospect_aggregate.engine.children import Charge, Child, RestartPolicy
from prospect_aggregate.engine.guard import Guard
from prospect_aggregate.engine.stopping import Patience
from prospect_aggregate.supervisor import Supervisor

SOON = RestartPolicy(first=0.02, most=0.1, calm=5, deaths=5, within=60)
IMPATIENT = Patience(step=0.3, kill=0.6, all_by=1.2, reserve=0.2)

OBEYS = """
import os, signal, sys, time
def end(*_):
    open(os.environ["ENDS"], "a").write(sys.argv[1] + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print("up", flush=True)
while True: time.sleep(0.05)
"""
REFUSES = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
while True: time.sleep(0.05)
"""
HAS_A_POOL = """
import os, signal, time
for _ in range(2):
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True: time.sleep(0.05)
print("up", flush=True)
while True: time.sleep(0.05)
"""
DIES = "print('no such table: source'); raise SystemExit(3)"


class Stage:
    """One supervisor in a test: real children in a temporary folder, and a mark to find every process by."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mark = folder, uuid.uuid4().hex
        self.lines: list[str] = []
        self.killed: list[str] = []

    def child(self, name: str, script: str, **more) -> Child:
        log = self.folder / f"{name}.log"
        env = {"MARK": self.mark, "ENDS": str(self.folder / "ends")}
        return Child(
            name=name,
            argv=(sys.executable, "-S", "-c", script, name),
            env=env,
            ready=more.pop("ready", lambda: "up" in log.read_text()),
            **more,
        )

    def run(self, *children: Child, until: Callable[[Supervisor], object], **more) -> int:
        """Looks every 10 ms; `until` says when to stop; a test that waits in vain fails after ten seconds."""
        deadline = time.monotonic() + 10

        def sleep(_seconds: float) -> None:
            time.sleep(0.01)
            late = time.monotonic() > deadline
            if late or (supervisor._asked_at is None and until(supervisor)):
                supervisor.stop()

        options = {"policy": SOON, "patience": IMPATIENT, "after_stop": self.killed.extend, **more}
        options = {"logs": self.folder, "out": self.lines.append, "sleep": sleep, **options}
        supervisor = Supervisor(children, **options)
        code = supervisor.run()
        assert time.monotonic() < deadline, self.lines
        return code

    def said(self, text: str) -> bool:
        return any(text in line for line in self.lines)

    def processes(self) -> list[int]:
        """Everything that was started here and lives, in whatever session."""
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if self._is_ours(folder)]

    def _is_ours(self, process: Path) -> bool:
        try:
            return self.mark.encode() in (process / "environ").read_bytes()
        except OSError:
            return False


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    left = stage.processes()
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def ready(stage: Stage) -> Callable[[Supervisor], bool]:
    return lambda _: stage.said("ready in")


def test_a_child_starts_when_those_it_needs_are_ready(stage: Stage):
    worker = stage.child("worker", OBEYS, needs=("broker",))
    code = stage.run(worker, stage.child("broker", OBEYS), until=ready(stage))
    told = [line.split(" ", 1)[1] for line in stage.lines]
    assert told[:2] == ["broker ready", "worker ready"]
    assert told[2].startswith("ready in ")
    assert code == 0


def test_one_signal_stops_all_in_order(stage: Stage):
    def interrupt(_: Supervisor) -> None:
        if stage.said("ready in"):
            os.kill(os.getpid(), signal.SIGINT)

    stage.run(
        stage.child("broker", OBEYS, stop_order=9),
        stage.child("worker", OBEYS, needs=("broker",), stop_order=3),
        stage.child("web", OBEYS, needs=("broker",), stop_order=2),
        stage.child("beat", OBEYS, needs=("broker",), stop_order=1),
        until=interrupt,
    )
    assert (stage.folder / "ends").read_text().split() == ["beat", "web", "worker", "broker"]
    assert stage.killed == []


def test_handlers_are_put_back(stage: Stage):
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    stage.run(stage.child("broker", OBEYS), until=ready(stage))
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_a_child_that_refuses_is_killed_and_reported(stage: Stage):
    worker = stage.child("worker", REFUSES, needs=("broker",))
    stage.run(stage.child("broker", OBEYS), worker, until=ready(stage))
    assert stage.killed == ["worker"]
    assert stage.said("worker had not ended: killed")
    assert (stage.folder / "ends").read_text().split() == ["broker"]


def test_when_all_refuse_the_end_still_comes_in_time(stage: Stage):
    broker = stage.child("broker", REFUSES)
    others = [stage.child(f"w{n}", REFUSES, needs=("broker",), stop_order=n) for n in range(4)]
    looks: list[float] = []
    stage.run(broker, *others, until=lambda _: looks.append(time.monotonic()) or stage.said("ready in"))
    assert time.monotonic() - looks[-1] < IMPATIENT.all_by + 0.8
    assert sorted(stage.killed) == ["broker", "w0", "w1", "w2", "w3"]


def test_a_second_signal_kills_at_once(stage: Stage):
    def press_and_press_again(_: Supervisor) -> None:
        if stage.said("ready in"):
            signal.setitimer(signal.ITIMER_REAL, 0.7)
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    patient = Patience(step=60, kill=60, all_by=60, reserve=1)
    stage.run(stage.child("worker", REFUSES), until=press_and_press_again, patience=patient)
    signal.signal(signal.SIGALRM, before)
    assert stage.killed == ["worker"]


def test_a_signal_passed_on_twice_is_one(stage: Stage):
    def passed_on(supervisor: Supervisor) -> bool:
        return stage.said("ready in") and supervisor.stop() is None

    stage.run(stage.child("worker", OBEYS), until=passed_on)
    assert stage.killed == []


def test_a_signal_while_starting_stops_cleanly(stage: Stage):
    never = stage.child("broker", OBEYS, ready=lambda: False)
    worker, log = stage.child("worker", OBEYS, needs=("broker",)), stage.folder / "broker.log"
    assert stage.run(never, worker, until=lambda _: log.exists() and "up" in log.read_text()) == 0
    assert not (stage.folder / "worker.log").exists()


def test_a_question_that_hangs_holds_up_nobody(stage: Stage):
    hangs = stage.child("worker", OBEYS, ready=lambda: time.sleep(30) or True)
    began = time.monotonic()
    stage.run(stage.child("broker", OBEYS), hangs, until=lambda _: stage.said("broker ready"))
    assert time.monotonic() - began < 3


def test_a_child_that_keeps_dying_is_left_down(stage: Stage):
    code = stage.run(stage.child("worker", DIES), until=lambda _: False)
    died = [line for line in stage.lines if "worker died (exit code 3)" in line]
    assert code == 1
    assert len(died) == 5
    assert "started again in 0.02 s" in died[0]
    assert "LEFT DOWN" in died[4]
    assert "    no such table: source" in stage.lines


def test_the_others_go_on_beside_one_left_down(stage: Stage):
    lived: list[bool] = []

    def until(supervisor: Supervisor) -> bool:
        if stage.said("LEFT DOWN"):
            lived.append(supervisor.charges[0].process is not None)
        return len(lived) > 5

    code = stage.run(stage.child("beat", OBEYS), stage.child("worker", DIES), until=until)
    assert code == 1
    assert all(lived)


def test_a_killed_child_comes_back_without_its_old_pool(stage: Stage):
    first: list[int] = []

    def until(supervisor: Supervisor) -> bool:
        if stage.said("ready in") and not first:
            first.extend(stage.processes())
            os.kill(supervisor.charges[0].process.pid, signal.SIGKILL)
        return sum("worker ready" in line for line in stage.lines) == 2

    log = stage.folder / "worker.log"
    worker = stage.child("worker", HAS_A_POOL, ready=lambda: log.read_text().count("up") == 1 + bool(first))
    stage.run(worker, until=lambda s: until(s) and gone(first))
    assert len(first) == 3
    assert stage.said("worker died (killed by SIGKILL), started again in 0.02 s")


def test_a_pool_does_not_outlive_its_leader(stage: Stage):
    stage.run(stage.child("worker", HAS_A_POOL), until=ready(stage))
    assert stage.processes() == []


def test_a_missing_program_is_told(stage: Stage):
    child = Child(name="web", argv=("/no/such/program",))
    assert stage.run(child, until=lambda _: False) == 1
    assert stage.said("No such file or directory: '/no/such/program'")


def test_a_closed_terminal_drops_no_child(stage: Stage):
    def broken(_text: str) -> None:
        raise BrokenPipeError

    beat = stage.child("beat", OBEYS)
    assert stage.run(beat, until=lambda supervisor: supervisor.charges[0].ready, out=broken) == 0
    assert (stage.folder / "ends").read_text().split() == ["beat"]


def test_pauses_double_and_a_calm_minute_starts_them_afresh(tmp_path: Path):
    policy = RestartPolicy(deaths=99)
    charge = Charge(Child(name="web", argv=("x",)), tmp_path / "web.log", policy)
    assert [charge.died("", now=float(second)).pause for second in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert charge.died("", now=70.0).pause == 1


def test_five_deaths_count_within_ten_minutes_only(tmp_path: Path):
    charge = Charge(Child(name="web", argv=("x",)), tmp_path / "web.log", RestartPolicy())
    slow = [charge.died("", now=200.0 * n) for n in range(8)]
    assert all(death.pause for death in slow)
    assert [charge.died("", now=1401.0 + n).pause is None for n in range(3)] == [False, True, True]


def test_a_child_that_cannot_be_asked_is_ready_after_two_seconds(tmp_path: Path):
    charge = Charge(Child(name="web", argv=("x",)), tmp_path / "web.log", RestartPolicy())
    charge.started_at = 10.0
    assert [charge.answers(now) for now in (10.1, 12.0)] == [False, True]


def test_a_long_log_is_set_aside_at_the_start(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(children_module, "LOG_BYTES", 10)
    (stage.folder / "worker.log").write_text("of yesterday\n")
    stage.run(stage.child("worker", OBEYS), until=ready(stage))
    assert (stage.folder / "worker.log.1").read_text() == "of yesterday\n"
    assert (stage.folder / "worker.log").read_text() == "up\n"


def test_a_killed_guard_is_replaced(stage: Stage):
    guard = Guard()
    pids: list[int] = []

    def until(_: Supervisor) -> bool:
        pid = guard._process.pid
        if stage.said("ready in") and not pids:
            os.kill(pid, signal.SIGKILL)
        if stage.said("ready in") and pid not in pids:
            pids.append(pid)
        return len(pids) == 2

    stage.run(stage.child("worker", OBEYS), until=until, guard=guard)
    assert gone(pids)
