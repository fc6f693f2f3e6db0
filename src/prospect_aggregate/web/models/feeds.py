"""Views that somebody follows from outside, by an address that nobody can guess."""

from typing import ClassVar

from django.db import models

from prospect_aggregate.web.models.revocable import Revocable


class Feed(Revocable):
    """A view's question, answered as Atom and as a calendar to whoever has its address."""

    kind: ClassVar[str] = "feed"

    query = models.TextField(blank=True)
    """The question as a list's address has it."""
