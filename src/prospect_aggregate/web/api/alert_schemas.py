"""What alerts look like to programs, and the messages about them."""

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from prospect_aggregate.web.api.collection_schemas import Text
from prospect_aggregate.web.api.types import shown


class Message(Schema):
    """One message about an alert, by one channel."""

    edge: Literal["opened", "closed"] = shown("Whether it tells of the beginning or of the end.", "opened")
    channel: Literal["mail", "chat", "webhook"] = shown("By which way.", "mail")
    arrived: bool = shown("Whether it was taken at the other end.", example=True)
    reached: Text = shown("Whom it reached; a webhook's address is a secret.", "ops@example.com")
    tries: int = shown("How often it was tried.", 1)
    error: Text = shown("Why the last try failed.", "HTTP 500")
    ended_at: datetime | None = shown("When it arrived, or was given up.", "2026-05-25T06:13:04+00:00")
    next_try_at: datetime | None = shown("When it is tried next.", "2026-05-25T06:18:04+00:00")


class Alert(Schema):
    """A trouble that somebody must know of."""

    id: int = shown("Its number.", 31)
    subject: str = shown("Key of a source, or `engine` for what concerns them all.", "commerce")
    cause: str = shown("What kind of trouble.", "quarantined")
    text: str = shown("What happened, in a sentence.", "held for review: 1,654 rows, expected 2,900 to 3,600")
    run: int | None = shown("The run that met it.", 418)
    since: datetime = shown("When the trouble began, as far as is known.", "2026-05-19T06:12:15+00:00")
    opened_at: datetime = shown("When it was noticed.", "2026-05-19T06:12:15+00:00")
    closed_at: datetime | None = shown("When it was over; null while it lasts.", "2026-05-20T06:12:15+00:00")
    acknowledged_at: datetime | None = shown("When somebody took it in hand.", "2026-05-19T07:30:00+00:00")
    acknowledged_by: Text = shown("Who has it in hand.", "ana")
    messages: list[Message] = Field(description="To whom it was told, and whether that arrived.")


class AlertPage(Schema):
    """One page of alerts."""

    items: list[Alert] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")
