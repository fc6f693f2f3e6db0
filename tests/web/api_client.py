"""A program that talks to the API, and the people it signs in as."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from prospect_aggregate.web.permissions import Role

ROOT = "/api/v1"


class Program:
    """Asks, and reads JSON; `wants` is the status that an answer must have."""

    def __init__(self, *, signed_in: bool = True) -> None:
        self.client = Client()
        if signed_in:
            whatever = {"role": Role.ADMINISTRATOR}
            self.client.force_login(
                get_user_model().objects.get_or_create(username="ana", defaults=whatever)[0]
            )

    def get(self, path: str, asked: Mapping[str, object] | None = None, *, wants: int = 200) -> Any:
        answer = self.client.get(ROOT + path, asked or {})
        return self._read(answer, wants)

    def send(self, method: str, path: str, body: object = None, *, wants: int = 202) -> Any:
        answer = self.client.generic(method, ROOT + path, _json(body), content_type="application/json")
        return self._read(answer, wants)

    def pages(self, path: str, **asked: object) -> list[list[Any]]:
        """Every page of a listing, following its cursor."""
        found, cursor = [], None
        while cursor or not found:
            page = self.get(path, asked | ({"cursor": cursor} if cursor else {}))
            found.append(page["items"])
            cursor = page["next_cursor"]
        return found

    def _read(self, answer: Any, wants: int) -> Any:
        assert answer.status_code == wants, answer.content
        if wants >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert set(answer.json()) == {"type", "title", "status", "detail"}
            assert answer.json()["status"] == wants
        return answer.json()


def _json(body: object) -> bytes:
    import json

    return b"" if body is None else json.dumps(body).encode()
