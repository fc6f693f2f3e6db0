"""People of every role, and the links that pages show once."""

import re

from django.test import Client

from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role

PASSWORD = "four words of mine"


def somebody(name: str, role: Role = Role.VIEWER, **facts: object) -> Person:
    return Person.objects.create_user(name, password=PASSWORD, role=role, **facts)  # type: ignore[arg-type]


def signed_in(person: Person, **facts: str) -> Client:
    """As by the form, from an address and a browser."""
    client = Client(**facts)  # type: ignore[arg-type]
    answer = client.post("/sign-in/", {"username": person.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


def shown_link(page: bytes) -> str:
    """The path of the link that this answer shows."""
    found = re.search(r'value="https?://[^/]+(/[^"]+)"', page.decode())
    assert found, page.decode()
    return found[1]
