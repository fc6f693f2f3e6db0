"""Pages as a reader sees them."""

from html import unescape

from django.test import Client


def page(reader: Client, path: str) -> str:
    """Its text; it must be there."""
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())
