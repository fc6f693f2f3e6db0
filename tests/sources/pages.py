"""Agencies' pages without a network."""

from collections.abc import Mapping

import httpx2

from prospect_aggregate.scrapers.fetch import Fetcher


def fetcher_of(pages: Mapping[str, bytes], *, of: type[Fetcher] = Fetcher) -> Fetcher:
    """A Fetcher to whom every site has these pages, by path, and no other. Close it."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        body = pages.get(request.url.path)
        return httpx2.Response(404 if body is None else 200, stream=httpx2.ByteStream(body or b""))

    return of(contact="ops@example.com", pause=0.0, transport=httpx2.MockTransport(answer))
