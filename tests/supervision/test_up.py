"""`prospects up`, whole: in a process of its own, with the real broker and a small Celery app."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import Celery

from prospect_aggregate.engine.broker import Broker, find_broker
from prospect_aggregate.engine.children import Child
from prospect_aggregate.engine.home import CannotStartError, held
from prospect_aggregate.supervisor import engine, up

TINY_APP = """
import os, time
from celery import Celery
app = Celery("tiny", broker=os.environ["BROKER_URL"])
app.conf.update(task_acks_late=True, worker_prefetch_multiplier=1, broker_connection_retry_on_startup=True)

@app.task(name="touch")
def touch(seconds=0):
    with open(os.environ["PROSPECTS_HOME"] + "/touched", "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(seconds)
"""
UP = """
import sys
from pathlib import Path
from prospect_aggregate.engine.children import Child
from prospect_aggregate.supervisor import broker_child, run_engine, worker_answers

def celery(broker):
    command = (sys.executable, "-m", "celery", "-A", "tiny")
    worker = (*command, "worker", "--pool=prefork", "--concurrency=2", "--hostname=worker@%h", "-lINFO")
    beat = (*command, "beat", "--pidfile=", "--schedule=" + sys.argv[1] + "/beat")
    return [
        broker_child(broker),
        Child(name="worker", argv=worker, needs=("broker",), ready=worker_answers(broker.url), stop_order=3),
        Child(name="beat", argv=beat, needs=("broker",), stop_order=1),
    ]

def bare(broker):
    sleeper = (sys.executable, "-S", "-c", "import os, time; os.fork(); time.sleep(60)")
    return [
        broker_child(broker),
        Child(name="worker", argv=sleeper, needs=("broker",), ready=lambda: True),
    ]

after = lambda killed: print("killed:", *killed)
sys.exit(run_engine(Path(sys.argv[1]), globals()[sys.argv[2]], after_stop=after))
"""


def _in_a_terminal() -> None:
    """Where these signals mean something: who starts tests by `nohup` has them, and what they start, ignore one."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """Where engines are started on one home; knows every process and socket that came of it."""

    def __init__(self, folder: Path, sockets: Path) -> None:
        self.home, self.sockets, self.mark = folder / "home", sockets, uuid.uuid4().hex
        self._folder = folder
        (folder / "tiny.py").write_text(TINY_APP)
        (folder / "start.py").write_text(UP)

    @contextmanager
    def up(self, children: str) -> "Iterator[subprocess.Popen[str]]":
        source = str(Path(__file__).parents[1] / "src")
        env = {
            "MARK": self.mark,
            "XDG_RUNTIME_DIR": str(self.sockets),
            "PYTHONPATH": f"{source}{os.pathsep}{self._folder}",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, str(self._folder / "start.py"), str(self.home), children]
        with (
            (self._folder / "out").open("w") as out,
            subprocess.Popen(
                command,
                env={**os.environ, **env},
                stdout=out,
                stderr=out,
                text=True,
                preexec_fn=_in_a_terminal,
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    @property
    def output(self) -> str:
        return (self._folder / "out").read_text()

    def processes(self, name: str = "") -> list[int]:
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if self._is_ours(folder, name)]

    def _is_ours(self, process: Path, name: str) -> bool:
        try:
            ours = self.mark.encode() in (process / "environ").read_bytes()
            return ours and name.encode() in (process / "cmdline").read_bytes()
        except OSError:
            return False

    def nothing_left(self) -> bool:
        return (
            not self.processes()
            and not list(self.sockets.iterdir())
            and not (self.home / "broker.json").exists()
        )


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with tempfile.TemporaryDirectory(prefix="run-") as sockets:
        terminal = Terminal(tmp_path, Path(sockets))
        yield terminal
        for pid in terminal.processes():
            os.kill(pid, signal.SIGKILL)


def wait_until(happens: Callable[[], object], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def stop(
    terminal: Terminal, process: "subprocess.Popen[str]", number: signal.Signals = signal.SIGINT
) -> float:
    began = time.monotonic()
    process.send_signal(number)
    assert process.wait(timeout=15) == 0, terminal.output
    return time.monotonic() - began


@pytest.mark.engine
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_everything(terminal: Terminal, number: signal.Signals):
    with terminal.up("bare") as process:
        wait_until(lambda: "ready in" in terminal.output)
        assert find_broker(terminal.home)
        assert stop(terminal, process, number) < 10
    assert terminal.nothing_left()


@pytest.mark.engine
def test_a_task_runs_and_one_signal_ends_worker_beat_and_broker(terminal: Terminal):
    with terminal.up("celery") as process:
        wait_until(lambda: "ready in" in terminal.output)
        send(terminal)
        wait_until((terminal.home / "touched").exists)
        assert stop(terminal, process) < 10
    assert terminal.output.split("killed:")[1].split() == []
    assert terminal.nothing_left()


@pytest.mark.engine
def test_a_worker_in_a_long_task_is_killed_in_time_and_reported(terminal: Terminal):
    with terminal.up("celery") as process:
        wait_until(lambda: "worker ready" in terminal.output)
        send(terminal, 60)
        wait_until((terminal.home / "touched").exists)
        assert stop(terminal, process) < 10
    assert terminal.output.split("killed:")[1].split() == ["worker"]
    assert terminal.nothing_left()


@pytest.mark.engine
def test_killed_broker_and_worker_come_back_and_the_next_task_runs(terminal: Terminal):
    with terminal.up("celery") as process:
        wait_until(lambda: "ready in" in terminal.output)
        for name in ("valkey-server", "worker@"):
            os.kill(min(terminal.processes(name)), signal.SIGKILL)
        wait_until(lambda: terminal.output.count("worker ready") == 2)
        send(terminal)
        wait_until((terminal.home / "touched").exists)
        assert stop(terminal, process) < 10
    assert terminal.nothing_left()


def send(terminal: Terminal, seconds: float = 0) -> None:
    with Celery(broker=find_broker(terminal.home), set_as_current=False) as app:
        app.send_task("touch", [seconds])


@pytest.mark.engine
def test_a_killed_engine_leaves_nothing_and_frees_its_home(terminal: Terminal):
    with terminal.up("bare") as process:
        wait_until(lambda: "ready in" in terminal.output)
        process.kill()
    wait_until(lambda: terminal.nothing_left() and is_free(terminal.home), seconds=15)


def is_free(home: Path) -> bool:
    """Whoever cleans up has the home until the end, a moment longer than there is anything to clean up."""
    try:
        with held(home):
            return True
    except CannotStartError:
        return False


@pytest.mark.engine
def test_an_engine_killed_with_its_guard_is_cleared_by_the_next(terminal: Terminal):
    with terminal.up("bare") as process:
        wait_until(lambda: "ready in" in terminal.output)
        for pid in [*terminal.processes("guard.py"), process.pid]:
            os.kill(pid, signal.SIGKILL)
    (orphan,) = terminal.processes("valkey-server")
    with terminal.up("bare") as process:
        wait_until(lambda: "ready in" in terminal.output)
        assert orphan not in terminal.processes("valkey-server")
        stop(terminal, process)
    assert list(terminal.sockets.iterdir()) == []


@pytest.mark.engine
def test_a_second_engine_on_the_home_is_refused_in_one_line(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
):
    with terminal.up("bare") as process:
        wait_until(lambda: "ready in" in terminal.output)
        assert up(terminal.home) == 1
        assert find_broker(terminal.home)
        stop(terminal, process)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"prospects up: already running on {terminal.home} (process {process.pid}); ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("home", "why"),
    [
        ("a_file", "it is a file"),
        ("a_file/below", "Not a directory"),
        ("/proc/no", "No such file or directory"),
    ],
)
def test_an_unwritable_home_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: str, why: str
):
    (tmp_path / "a_file").touch()
    assert up(tmp_path / home) == 1
    said = capsys.readouterr()
    advice = "choose another folder with PROSPECTS_HOME"
    assert said.err == f"prospects up: cannot write to {tmp_path / home}: {why}; {advice}\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_home_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    tmp_path.chmod(0o500)
    assert up(tmp_path) == 1
    assert f"cannot write to {tmp_path}: Permission denied" in capsys.readouterr().err


def test_a_killed_engine_that_is_being_cleaned_up_is_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with held(tmp_path), subprocess.Popen(["true"]) as dead:
        dead.wait()
        (tmp_path / "up.lock").write_text(f"{dead.pid}\n")
        assert up(tmp_path) == 1
    assert f"(process {dead.pid}) was killed and is being cleaned up" in capsys.readouterr().err


def test_a_new_home_is_its_owners_alone(tmp_path: Path):
    with held(tmp_path / "new"):
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_the_engine_starts_broker_first_and_stops_it_last(tmp_path: Path):
    broker = Broker(Path("valkey-server"), tmp_path / "s", tmp_path)
    children: tuple[Child, ...] = engine(broker, concurrency=3, beat_is_alive=None)
    assert [child.name for child in sorted(children, key=lambda child: child.stop_order)] == [
        "beat",
        "worker",
        "broker",
    ]
    assert [child.needs for child in children] == [(), ("broker",), ("broker",)]
    assert "--concurrency=3" in children[1].argv
