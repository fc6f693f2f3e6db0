"""The tasks there are, by kind and by the source they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass

from prospect_aggregate.scrapers.catalog import Catalog, UnknownNameError, key_of
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
        self._scraper_tasks: Catalog[AnyTask] = Catalog("scraper task")
        self._health_check_tasks: Catalog[AnyTask] = Catalog("health check task")
        self._whole: Catalog[AnyTask] = Catalog("task over all sources")

    def register_scraper_task(self, name: str, task: AnyTask) -> None:
        """Raises DuplicateNameError when the source has a scraper task."""
        self._scraper_tasks.add(_key(name, task), task, place=_place(task))

    def register_health_check_task(self, name: str, task: AnyTask) -> None:
        self._health_check_tasks.add(_key(name, task), task, place=_place(task))

    def register_all_scrapers_task(self, task: AnyTask) -> None:
        self._whole.add("all_scrapers", task, place=_place(task))

    def register_force_collect_task(self, task: AnyTask) -> None:
        self._whole.add("force_collect", task, place=_place(task))

    def get_scraper_task(self, name: str) -> AnyTask:
        """Raises UnknownNameError, naming the nearest key."""
        return _found(self._scraper_tasks, name)

    def get_health_check_task(self, name: str) -> AnyTask:
        return _found(self._health_check_tasks, name)

    def get_all_scrapers_task(self) -> AnyTask:
        return self._whole["all_scrapers"]

    def get_force_collect_task(self) -> AnyTask:
        return self._whole["force_collect"]

    def get_task(self, name: str) -> AnyTask:
        """By the task's own name, as a schedule knows it."""
        for listed in self:
            if listed.name == name:
                return listed.task
        raise UnknownNameError(f"no registered task named {name!r}")

    def scraper_tasks(self) -> list[Listed]:
        return [_listed("collect", key, self._scraper_tasks[key]) for key in self._scraper_tasks]

    def health_check_tasks(self) -> list[Listed]:
        return [_listed("check", key, self._health_check_tasks[key]) for key in self._health_check_tasks]

    def __iter__(self) -> Iterator[Listed]:
        yield from self.scraper_tasks()
        yield from self.health_check_tasks()
        yield from (_listed(kind, None, self._whole[kind]) for kind in self._whole)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _listed(kind: str, source: str | None, task: AnyTask) -> Listed:
    return Listed(str(task.name), kind, source, task)


def _key(name: str, task: AnyTask) -> str:
    """The source's key, which its class may have chosen shorter than its name."""
    return getattr(task, "source_key", None) or key_of(name)


def _found(tasks: Catalog[AnyTask], name: str) -> AnyTask:
    for task in tasks.values():
        if getattr(task, "source_name", "").lower() == name.lower():
            return task
    return tasks[key_of(name)]


def _place(task: AnyTask) -> str:
    return getattr(task, "place", None) or f"task {task.name}"


task_registry = TaskRegistry()
