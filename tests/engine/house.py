"""One home with its own processes: started, looked at, killed, and always cleared away."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import prospect_aggregate
from prospect_aggregate.engine.broker import Broker, embedded, find_broker
from prospect_aggregate.engine.home import held
from prospect_aggregate.supervisor import engine as children
from tests.engine.agency import Agency
from tests.engine.services import Database, Engine, broker, database, short_folder, waiting

T = TypeVar("T")
NOWHERE = "http://127.0.0.1:9"
"""The way to every agency that is not this machine's own: a source added later must not be asked by a test."""
NOT_PASSED_ON = (
    "PROSPECTS_",
    "DATABASE_URL",
    "BROKER_URL",
    "DJANGO_SETTINGS_MODULE",
    "PYTHONDONTWRITEBYTECODE",
)
_MIGRATED: list[bytes] = []
Process = subprocess.Popen[bytes]
PATIENCE = 60.0  # seconds, where the test is not about how long it takes; the machine may be busy
SOURCE = str(Path(prospect_aggregate.__file__).parents[1])
ROOT = str(Path(__file__).parents[2])
_, WORKER, BEAT = children(Broker(Path(), Path(), Path()), concurrency=2, beat_is_alive=None)
"""As `prospects up` starts them."""
APP = "prospect_aggregate.celery_app"
PROSPECTS = "from prospect_aggregate.cli import main; main()"
PRELUDE = """
from prospect_aggregate.celery_app import app
from prospect_aggregate.collection import runs
from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.wakeup import send, wake
dhs = Source.objects.of(scraper_registry.get("dhs"))
task = task_registry.get_scraper_task("dhs")
def ask(reason):
    return runs.request(dhs, reason=reason, trigger=Run.Trigger.PERSON)
"""


def wait_until(happens: Callable[[], T], seconds: float = PATIENCE, *, every: float = 0.2) -> T:
    """What it waited for; an AssertionError that names it when it does not come in time."""
    deadline = time.monotonic() + seconds
    while not (found := happens()):
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {happens.__qualname__}"
        time.sleep(every)
    return found


class House:
    """Every process in it carries a mark in its environment, by which it is found whoever started it."""

    def __init__(
        self,
        name: str,
        folder: Path,
        agency: Agency,
        of: Database,
        broker_url: str | None,
        /,
        **settings: Any,
    ) -> None:
        self.name, self.folder, self.agency, self.database = name, folder, agency, of
        self.home, self.sockets = folder / "home", folder / "sockets"
        self.mark, self.settings = uuid.uuid4().hex, settings
        self._broker_url = broker_url or settings.pop("broker_url", None)
        self._stack, self._processes = ExitStack(), list[Process]()
        self.beats: list[Process] = []
        self._workers = 0
        self.extra: dict[str, str] = {}
        """What wins over all other environment."""
        self.broker_argv: tuple[str, ...] = ()

    @property
    def env(self) -> dict[str, str]:
        """Nothing that this machine's own `prospects` is set to; bytecode is kept, or each start compiles for 2 s."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
        urls = {"DATABASE_URL": self.database.url, "BROKER_URL": self._broker_url}
        fixed = {
            "MARK": self.mark,
            "PYTHONPATH": f"{SOURCE}:{ROOT}",
            "PROSPECTS_HOME": str(self.home),
            "PROSPECTS_HOSTS": self.agency.hosts,
            "PROSPECTS_REQUEST_PAUSE": "0",
            "XDG_RUNTIME_DIR": str(self.sockets),
            **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE),
            "NO_PROXY": "127.0.0.1",
        }
        chosen = {f"PROSPECTS_{name.upper()}": str(value) for name, value in self.settings.items()}
        return {**plain, **fixed, **chosen, **{name: url for name, url in urls.items() if url}, **self.extra}

    @property
    def broker_url(self) -> str:
        url = self._broker_url or find_broker(self.home)
        assert url, "no broker answers"
        return url

    def start(self, name: str, *argv: str, **env: str) -> Process:
        """In a session of its own, its words in a file."""
        with self.log(name).open("ab") as log:
            process = subprocess.Popen(
                argv,
                cwd=self.folder,
                env={**self.env, **env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def said(self, name: str) -> str:
        return self.log(name).read_text() if self.log(name).exists() else ""

    def start_broker(self) -> None:
        """The embedded one, as `prospects up` has it; nothing where the engine's broker is a server."""
        if self._broker_url:
            return
        self._stack.enter_context(held(self.home))
        server = self._stack.enter_context(embedded(self.home))
        self.broker_argv = server.argv
        self.start("broker", *server.argv)
        wait_until(server.answers, every=0.02)

    def worker(self, *, app: str = APP, concurrency: int = 2) -> Process:
        """Returns when it takes messages."""
        before = self.said("worker").count(" ready.")
        self._workers += 1
        changed = {
            APP: app,
            "--concurrency=2": f"--concurrency={concurrency}",
            "--hostname=worker@%h": f"--hostname=worker{self._workers}@%h",  # RabbitMQ lets no two share a name
        }
        process = self.start("worker", *(changed.get(word, word) for word in WORKER.argv))
        wait_until(lambda: self.said("worker").count(" ready.") > before or process.poll() is not None)
        assert process.poll() is None, self.said("worker")[-2000:]
        return process

    def beat(self, name: str = "beat", **env: str) -> Process:
        self.beats.append(self.start(name, *BEAT.argv, **env))
        return self.beats[-1]

    def up(self, **env: str) -> Process:
        return self.start("up", sys.executable, "-c", PROSPECTS, "up", "--port", "0", **env)

    def prospects(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", PROSPECTS, *arguments]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=60, check=False)

    def shell(self, script: str) -> str:
        """What a program prints that uses the product's own modules."""
        command = [sys.executable, "-c", PRELUDE + script]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def poised(self, script: str) -> Iterator[Callable[[], str]]:
        """A program that has imported everything and waits for the word: for what must happen at one moment."""
        command = [sys.executable, "-c", f"{PRELUDE}\nprint('ready', flush=True)\ninput()\n{script}"]
        with subprocess.Popen(
            command, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            yield lambda: process.communicate("\n", timeout=60)[0]

    def migrate(self) -> None:
        """A server's database by the command, a file by copying one that the command made earlier."""
        if self.database.url is None and _MIGRATED:
            self.home.mkdir(mode=0o700)
            self.database.path.write_bytes(_MIGRATED[0])
            return
        done = self.prospects("migrate")
        assert done.returncode == 0, done.stderr
        if self.database.url is None:
            _MIGRATED.append(self.database.path.read_bytes())

    def runs(self, source: str = "dhs") -> list[SimpleNamespace]:
        """Oldest first, with times as times."""
        sql = """SELECT r.* FROM collection_run r JOIN collection_source s ON s.id = r.source_id
                 WHERE s.key = %s ORDER BY r.id"""
        return [SimpleNamespace(**_with_times(row)) for row in self.database.ask(sql, source)]

    def run(self, number: int) -> SimpleNamespace | None:
        """The number-th run of dhs, once it is there and has ended."""
        found = self.runs()[number - 1 : number]
        return found[0] if found and found[0].finished_at else None

    def count(self, what: str, *values: object) -> int:
        return int(self.database.ask(f"SELECT count(*) AS n FROM {what}", *values)[0]["n"])

    def waiting(self, queue: str) -> int:
        return waiting(self.broker_url, queue)

    def beat_leader(self) -> int | None:
        """The process that holds the lease."""
        sql = "SELECT owner FROM collection_lease WHERE name = 'beat' AND expires_at > %s"
        found = self.database.ask(sql, datetime.now(UTC))
        return int(found[0]["owner"].split(":")[1]) if found else None

    def only_schedule(self, name: str, **facts: Any) -> None:
        """One row left awake, and changed as a person would."""
        assert self.prospects("schedule", "--json").returncode == 0
        self.database.ask("UPDATE collection_schedule SET paused = true WHERE name <> %s", name)
        for column, value in facts.items():
            self.database.ask(f"UPDATE collection_schedule SET {column} = %s WHERE name = %s", value, name)

    def hurry(self) -> None:
        """What the schedule would collect some time today, it collects now."""
        sql = "UPDATE collection_schedule SET next_at = %s WHERE kind = 'collect'"
        self.database.ask(sql, datetime.now(UTC))

    def processes(self, name: str = "") -> list[int]:
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if self._is_ours(folder, name)]

    def _is_ours(self, process: Path, name: str) -> bool:
        try:
            marked = self.mark.encode() in (process / "environ").read_bytes()
            return marked and name.encode() in (process / "cmdline").read_bytes()
        except OSError:
            return False

    def close(self) -> None:
        for process in self._processes:
            kill(process)
        while left := self.processes():
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._stack.close()


def kill(process: Process) -> float:
    """As the kernel kills: the whole group, no goodbye. Returns when."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    at = time.time()
    process.wait()
    return at


def _with_times(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _moment(value) if name.endswith("_at") else value for name, value in row.items()}


def _moment(value: Any) -> Any:
    """SQLite keeps times as text, in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


@contextmanager
def house(folder: Path, engine: Engine, **settings: object) -> Iterator[House]:
    """Services first, processes last; taken away in the opposite order."""
    with (
        short_folder() as sockets,
        Agency() as agency,
        broker(engine) as url,
        database(engine, folder / "home") as of,
    ):
        (folder / "sockets").symlink_to(sockets)
        house = House(str(engine), folder, agency, of, url, **settings)
        try:
            yield house
        finally:
            house.close()
