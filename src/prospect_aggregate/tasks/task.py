"""What a task of ours is: a Celery task that knows its source, its cadence and where it was made."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from celery import Task

if TYPE_CHECKING:
    AnyTask = Task[Any, Any]
else:
    AnyTask = Task  # generic in the stubs only


class SourceTask(AnyTask):
    """Made by the factory; the attributes are its declaration."""

    abstract = True
    place: str = "?"
    """`file:line` of the scraper that it runs."""
    lane: str | None = None
    """The queue its messages go to; None: the default one."""
    source_key: str | None = None
    source_name: str | None = None
    cadence: timedelta = timedelta(days=1)


def route(
    _name: str, _args: object, _kwargs: object, _options: object, task: AnyTask | None = None, **_: object
) -> dict[str, str] | None:
    """Celery's router: every task travels in its own lane, so that checks do not wait behind collections."""
    lane = getattr(task, "lane", None)
    return {"queue": lane} if lane else None
