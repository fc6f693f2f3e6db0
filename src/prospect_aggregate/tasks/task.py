"""What a task of ours is: a Celery task that knows its source, its cadence and where it was made."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from types import CodeType
from typing import TYPE_CHECKING, Any

from celery import Celery, Task
from celery.utils.functional import head_from_fun

from prospect_aggregate.scrapers.registry import Registered

if TYPE_CHECKING:
    AnyTask = Task[Any, Any]
else:
    AnyTask = Task  # generic in the stubs only


class SourceTask(AnyTask):
    """Made by the factory, which sets what differs on the task itself: a class for each would cost 6 KB and 0.1 ms."""

    abstract = True
    body: Callable[..., Any]
    """Called with the task and the message's arguments."""
    place: str = "?"
    """`file:line` of the scraper that it runs."""
    lane: str | None = None
    """The queue its messages go to; None: the default one."""
    registered: Registered
    """The scraper of a task that collects."""
    source_key: str | None = None
    source_name: str | None = None
    cadence: timedelta = timedelta(days=1)

    @property
    def __name__(self) -> str:
        """Celery's is its class's."""
        return str(self.name)

    def run(self, *args: Any, **kwargs: Any) -> Any:
        return self.body(self, *args, **kwargs)


@cache
def task_class(app: Celery) -> type[SourceTask]:
    """Celery keeps a task's app and configuration in its class."""
    bound: type[SourceTask] = type("SourceTask", (SourceTask,), {"__module__": SourceTask.__module__})
    bound.bind(app)
    return bound


def signature_of(body: Callable[..., Any]) -> Callable[..., Any]:
    """What Celery calls before it sends, so that a wrong argument fails where it is written."""
    if body.__code__ not in _SIGNATURES:
        _SIGNATURES[body.__code__] = head_from_fun(body, bound=True)
    return _SIGNATURES[body.__code__]


_SIGNATURES: dict[CodeType, Callable[..., Any]] = {}


def route(
    _name: str, _args: object, _kwargs: object, _options: object, task: AnyTask | None = None, **_: object
) -> dict[str, str] | None:
    """Celery's router: every task travels in its own lane, so that checks do not wait behind collections."""
    lane = getattr(task, "lane", None)
    return {"queue": lane} if lane else None
