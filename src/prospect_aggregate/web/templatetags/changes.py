"""Tags and filters that write what changed in a prospect."""

from datetime import date

from django import template

from prospect_aggregate.prospects.difference import Share
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.web import (
    decided,
    detail,
    feed_words,
    present,
)

register = template.Library()
ENOUGH = 20  # of fewer, a share is shown nowhere
KIND_WORDS = {
    "listed": "First seen on the list.",
    "withdrawn": "Left the list before its date (withdrawn).",
    "expired": "Left the list after its date (expired).",
    "reappeared": "Back on the list.",
}


@register.filter
def lost(of: Share) -> str:
    """What part of it would leave; nothing where they are too few for a part to tell anything."""
    return present.share(of.gone, of.listed) if of.listed >= ENOUGH else ""


@register.filter
def field_name(change: Change) -> str:
    return detail.NAMES.get(change.field, change.field.replace("_", " ").capitalize())


@register.filter
def old_value(change: Change, day: date) -> str:
    return detail.kept_text(change, change.old, day=day)


@register.filter
def new_value(change: Change, day: date) -> str:
    return detail.kept_text(change, change.new, day=day)


@register.filter
def shift_text(change: Change) -> str:
    return present.shift(change.shift_days, at_least=change.shift_at_least)


@register.filter
def since_decided(change: Change) -> str:
    return decided.since_decided(change)


@register.filter
def facts_in_short(prospect: Prospect, day: date) -> str:
    return feed_words.facts_of(prospect, day=day)


@register.filter
def kind_words(change: Change) -> str:
    """A field stands beside `expired` only where a replay has set the prospect aside (`replay/accept.py`)."""
    return (
        "No longer read under this number"
        if change.kind == "expired" and change.field
        else KIND_WORDS[change.kind]
    )
