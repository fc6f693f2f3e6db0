"""What an operator asks first, with what only the room of people knows: digests that did not go out."""

from collections.abc import Iterator

from prospect_aggregate.tasks import status
from prospect_aggregate.tasks.status import Line
from prospect_aggregate.web.alert_words import digests_untold


def status_lines() -> Iterator[Line]:
    yield from status.status_lines()
    if untold := digests_untold():
        yield Line(untold, trouble=True)
