"""Questions answered as the list's page answers them: a line of words in, a line of milliseconds out.

What the product keeps of an answer is dropped before each question, so that every one is worked out.
"""

import json
import sys
import time


def main() -> None:
    import prospect_aggregate.celery_app  # noqa: F401  # sets up Django

    _asked("support")  # a process that has answered before has its columns
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps([_asked(word) for word in json.loads(line)]), flush=True)


def _asked(word: str) -> float:
    """A page of the list, counted, and its facets."""
    from django.core.cache import cache
    from django.http import QueryDict
    from tests.prospects.made import DAY

    from prospect_aggregate.prospects.facets import facets
    from prospect_aggregate.web.ask import ask_of
    from prospect_aggregate.web.shelf import page_of

    ask = ask_of(QueryDict(f"q=%22{word}%22"), today=DAY)
    cache.clear()
    began = time.perf_counter()
    page_of(ask)
    facets(ask.filters, day=DAY)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
