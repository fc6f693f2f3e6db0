"""How a fit is written: a mark and a word, never a number."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from prospect_aggregate.prospects.fit import Fit

register = template.Library()
MARKS = {
    Fit.FITS: ("fresh", "fits", "Fits"),
    Fit.POSSIBLE: ("late", "possible", "Possible"),
    Fit.NO: ("disabled", "no", "No"),
}
ANSWERS = {"yes": "yes", "no": "no", "unknown": "unknown", "not_asked": "not asked"}


@register.simple_tag
def fit_mark(fit: Fit) -> SafeString:
    shape, kind, word = MARKS[fit]
    return format_html(
        '<span class="state fit-{}"><svg class="shape" width="12" height="12" aria-hidden="true">'
        '<use href="#s-{}"/></svg>{}</span>', kind, shape, word,
    )  # fmt: skip


@register.filter
def answer_words(answer: str) -> str:
    return ANSWERS[answer]
