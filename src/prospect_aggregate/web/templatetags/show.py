"""Tags and filters that write times, numbers, marks and unknown values the same way on every page."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from prospect_aggregate.web import (
    back,
    moments,
    present,
)
from prospect_aggregate.web.ask import Ask

register = template.Library()


@register.simple_tag
def when(moment: datetime | None, absent: str = "never") -> SafeString | str:
    """A time as people read it, with the exact one for those who ask and for programs."""
    if moment is None:
        return format_html('<span class="lack">{}</span>', absent)
    near, exact = moments.near_text(moment, now=timezone.now()), moments.exact_text(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(timespec="seconds"), exact, near
    )


@register.filter
def exact(moment: datetime) -> str:
    return moments.exact_text(moment)


@register.simple_tag
def clock(moment: datetime) -> SafeString:
    """A time of day in UTC, with its day when that is not today."""
    text = moments.clock_text(moment, now=timezone.now())
    exact = moments.exact_text(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(timespec="seconds"), exact, text
    )


@register.simple_tag
def day(moment: date | datetime | None, absent: str = "") -> SafeString | str:
    """A day, with its year."""
    if moment is None:
        return format_html('<span class="lack">{}</span>', absent)
    return format_html('<time datetime="{}">{}</time>', f"{moment:%Y-%m-%d}", f"{moment.day} {moment:%b %Y}")


@register.simple_tag
def mark(shape: str, word: str) -> SafeString:
    """The shape never stands alone: its word is beside it."""
    return format_html('<span class="state {}">{}{}</span>', shape, _shape(shape), word)


@register.simple_tag
def bare_mark(shape: str, word: str) -> SafeString:
    """The shape, with its word for those who cannot see it."""
    return format_html('<span class="state {}" title="{}">{}<span class="vh">{}</span></span>', shape, word,
                       _shape(shape), word)  # fmt: skip


def _shape(name: str) -> SafeString:
    return format_html(
        '<svg class="shape" width="12" height="12" aria-hidden="true"><use href="#s-{}"/></svg>', name
    )


@register.simple_tag
def shown(value: present.Shown) -> SafeString:
    """A value, or in which way it is unknown; the agency's words when asked."""
    year = (
        SafeString('<span aria-hidden="true"> / yr</span><span class="vh"> per year</span>')
        if value.yearly
        else ""
    )
    if not value.lack and not value.hint:
        return format_html("{}{}", value.text, year)
    said = f"published: {value.hint}" if value.hint else ""
    return format_html(
        '<span class="{}" title="{}">{}{}</span>', value.lack and f"lack {value.lack}", said, value.text, year
    )


@register.filter
def number(value: int | None) -> str:
    """`3,452`; nothing for what was not counted."""
    return "" if value is None else f"{value:,}"


@register.filter
def item(names: Mapping[str, str], key: str) -> str:
    return names[key]


@register.simple_tag
def share(part: int, whole: int) -> SafeString:
    """A count and what part of the whole it is: `451  99.6 %`."""
    return format_html('{} <span class="share">{}</span>', f"{part:,}", present.share(part, whole))


@register.filter
def words(value: str | None) -> str:
    """`set_aside` as people write it."""
    return (value or "").replace("_", " ")


@register.simple_tag
def length(duration: timedelta) -> str:
    return moments.span(duration)


@register.filter
def is_web(address: str | None) -> bool:
    """Whether a published address may be a link: `javascript:` is one to a browser, too."""
    return bool(address) and str(address).lower().startswith(("https://", "http://"))


@register.filter
def but_all(ask: Ask) -> str:
    """The same shelf, not narrowed down."""
    return ask.cleared()


@register.filter
def but_today(ask: Ask) -> str:
    return ask.but(as_of="")


@register.simple_tag(takes_context=True)
def came_from(context: Context, mark: str = "", number: object = "") -> str:
    """For the query of what is opened from the row of that id: its page leads back to it."""
    return back.came_from(context["request"], f"{mark}{number}")


@register.filter
def unlocalized(number: float) -> str:
    """A number as programs write it."""
    return repr(number)
