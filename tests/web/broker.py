"""A broker in this process, instead of the one that no engine started."""

from prospect_aggregate.celery_app import app


class Broker:
    def taken(self, queue: str) -> list[str]:
        """The names of the tasks whose messages wait there."""
        with app.connection_for_read() as connection, connection.SimpleQueue(queue) as waiting:
            return [waiting.get(block=False).headers["task"] for _ in range(waiting.qsize())]
