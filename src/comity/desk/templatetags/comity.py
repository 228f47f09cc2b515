"""Tags: a sentence, a time, a State, an article with its mark."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from comity.convention.rows import Evidence
from comity.desk import speak as speech
from comity.desk.marks import EVIDENCE, SHAPES
from comity.desk.times import Zones, clocks, written_day
from comity.facts import reveal
from comity.seal.forms import time_text
from comity.text import Sentence

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], sentence: Sentence) -> str:
    """Show a sentence of a pure room in the reader's language."""
    return speech.speak(sentence, names=context.get("names"))


@register.simple_tag(takes_context=True)
def when(context: dict[str, Any], moment: datetime | None, fact: str = "") -> str:
    """Show a time here, there and in UTC; ``fact`` names it for whoever checks the page."""
    if moment is None:
        return ""
    zones: Zones = context["zones"]
    names: dict[str, str] = context.get("names") or {}
    there = names.get(zones.there_state, zones.there_state)
    utc = time_text(moment.replace(microsecond=0))
    readings = format_html_join(
        " · ",
        '<span class="reading"><bdi>{}</bdi> <span class="place">{}</span></span>',
        ((one.text, one.place) for one in clocks(moment, zones, there)),
    )
    named = format_html(' data-fact="{}" data-at="{}"', fact, utc) if fact else ""
    return format_html('<time class="when" datetime="{}"{}>{}</time>', utc, named, readings)


@register.simple_tag(takes_context=True)
def state(context: dict[str, Any], code: str) -> str:
    """Show a State: its name in the reader's language, and its three letters."""
    names: dict[str, str] = context.get("names") or {}
    return format_html(
        '<span class="state"><span dir="auto">{}</span> <bdi class="code">{}</bdi></span>',
        names.get(code, ""),
        code,
    )


@register.simple_tag
def mark(evidence: Evidence) -> str:
    """Show how sure a row of the law is: a shape and a word."""
    return format_html(
        '<span class="mark mark-{}"><span aria-hidden="true">{}</span> {}</span>',
        evidence.value,
        SHAPES[evidence],
        _(EVIDENCE[evidence].text),
    )


@register.simple_tag
def instrument(code: str) -> str:
    """Show an instrument's name."""
    return speech.instrument(code)


@register.simple_tag
def ground(code: str) -> str:
    """Show the title of a ground of refusal."""
    return speech.ground(code)


@register.filter
def visible(text: str) -> str:
    """Show foreign text with the characters that cannot be seen made visible."""
    return reveal(text)


@register.filter
def address(matter: str) -> str:
    """Return the page of a matter: its digest and nothing else."""
    return f"/matters/{matter.removeprefix('sha256:')}"


@register.filter
def longday(day: date) -> str:
    """Show a date in long form."""
    return written_day(day)


@register.simple_tag
def law(article: str, evidence: Evidence) -> str:
    """Show an article and how sure its text is."""
    if not article:
        return mark(evidence)
    return format_html(
        '<span class="law"><span class="article">{}</span> {}</span>',
        speech.article(article),
        mark(evidence),
    )
