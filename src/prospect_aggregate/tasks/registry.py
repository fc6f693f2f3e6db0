"""The tasks there are, by kind and by the source they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass

from prospect_aggregate.scrapers.catalog import Catalog, UnknownNameError, key_of, key_sought
from prospect_aggregate.tasks.task import AnyTask


@dataclass(frozen=True, slots=True)
class Listed:
    """A task as listings show it: its name, its kind, the key of its source (None for tasks over all sources)."""

    name: str
    kind: str
    source: str | None
    task: AnyTask


class TaskRegistry:
    """Look-ups take a source's key or display name, and raise when there is no such task."""

    def __init__(self) -> None:
        self._scraper_tasks = _OfSources("collect", "scraper task")
        self._health_check_tasks = _OfSources("check", "health check task")
        self._whole: Catalog[Listed] = Catalog("task over all sources")
        self._by_task_name: dict[str, Listed] = {}

    def register_scraper_task(self, name: str, task: AnyTask) -> None:
        """Raises DuplicateNameError when the source has a scraper task."""
        self._index(self._scraper_tasks.add(name, task))

    def register_health_check_task(self, name: str, task: AnyTask) -> None:
        self._index(self._health_check_tasks.add(name, task))

    def register_all_scrapers_task(self, task: AnyTask) -> None:
        self._register_whole("all_scrapers", task)

    def register_force_collect_task(self, task: AnyTask) -> None:
        self._register_whole("force_collect", task)

    def get_scraper_task(self, name: str) -> AnyTask:
        """Raises UnknownNameError, naming the nearest key."""
        return self._scraper_tasks.get(name).task

    def get_health_check_task(self, name: str) -> AnyTask:
        return self._health_check_tasks.get(name).task

    def get_all_scrapers_task(self) -> AnyTask:
        return self._whole["all_scrapers"].task

    def get_force_collect_task(self) -> AnyTask:
        return self._whole["force_collect"].task

    def get_task(self, name: str) -> AnyTask:
        """By the task's own name, as a schedule knows it."""
        return self.listed(name).task

    def listed(self, name: str) -> Listed:
        """By the task's own name. Raises UnknownNameError."""
        if name not in self._by_task_name:
            raise UnknownNameError(f"no registered task named {name!r}")
        return self._by_task_name[name]

    def knows(self, name: str) -> bool:
        """Whether a task has this name."""
        return name in self._by_task_name

    def scraper_tasks(self) -> list[Listed]:
        return list(self._scraper_tasks)

    def health_check_tasks(self) -> list[Listed]:
        return list(self._health_check_tasks)

    def __iter__(self) -> Iterator[Listed]:
        yield from self._scraper_tasks
        yield from self._health_check_tasks
        yield from self._whole.values()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _register_whole(self, kind: str, task: AnyTask) -> None:
        listed = Listed(str(task.name), kind, None, task)
        self._whole.add(kind, listed, place=_place(task))
        self._index(listed)

    def _index(self, listed: Listed) -> None:
        self._by_task_name.setdefault(listed.name, listed)


class _OfSources:
    """Tasks of one kind, one for each source."""

    def __init__(self, kind: str, noun: str) -> None:
        self._kind = kind
        self._tasks: Catalog[Listed] = Catalog(noun)
        self._keys: dict[str, str] = {}

    def add(self, name: str, task: AnyTask) -> Listed:
        key = getattr(task, "source_key", None) or key_of(name)  # its class may have chosen a shorter one
        listed = Listed(str(task.name), self._kind, key, task)
        self._tasks.add(key, listed, place=_place(task))
        self._keys.setdefault(name.lower(), key)
        return listed

    def get(self, name: str) -> Listed:
        return self._tasks[self._keys.get(name.lower()) or key_sought(name)]

    def __iter__(self) -> Iterator[Listed]:
        return iter(self._tasks.values())


def _place(task: AnyTask) -> str:
    return getattr(task, "place", None) or f"task {task.name}"


task_registry = TaskRegistry()
