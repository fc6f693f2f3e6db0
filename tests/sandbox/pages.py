"""What a replica's page says on a day."""

from datetime import date

from prospect_aggregate.sandbox.replica import Asked, replica


def page(key: str, day: date) -> bytes:
    site = replica(key)
    reply = site.answer(Asked("GET", site.page, day=day), lambda: b"")
    assert reply.status == 200
    return reply.body
