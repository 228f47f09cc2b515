"""Filling in the request builder of a desk, page by page, as an officer does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from comity_stage.browser import Page
from comity_stage.desk import Desk
from comity_stage.script import line

PERIOD_DAYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What is chosen on the page of the legal basis."""

    instrument: str
    form: str = "uncc"
    offence: str = "A13"
    penalty: str = ""


def pasted(desk: Desk, text: str) -> Page:
    """Paste a text into a new request; return the page of what was found in it."""
    page = desk.browser.get("/requests/new")
    return desk.browser.submit(
        page, page.form("/requests/new"), {"paste": text}, press="press=read"
    )


def blank(desk: Desk) -> Page:
    """Begin a request without a paste."""
    page = desk.browser.get("/requests/new")
    return desk.browser.submit(page, page.form("/requests/new"), press="press=skip")


def named(
    desk: Desk, page: Page, ticks: Sequence[str], by_hand: Sequence[tuple[str, str]] = ()
) -> Page:
    """Tick findings and type identifiers as (kind, text); return the page of the State."""
    typed: dict[str, str | Sequence[str]] = {"tick": ticks} if ticks else {}
    for row, (kind, text) in enumerate(by_hand, 1):
        typed |= {f"kind-{row}": kind, f"text-{row}": text}
    return desk.browser.submit(page, page.form("/identifiers"), typed, press="press=go")


def addressed(desk: Desk, page: Page, to: str) -> Page:
    """Choose the State that is asked; return the page of the legal basis."""
    return desk.browser.submit(page, page.form("/state"), {"to": to})


def based(desk: Desk, page: Page, basis: Basis) -> Page:
    """Choose basis, form and offence; return the page of the contents, or the same one."""
    typed = {
        "instrument": basis.instrument,
        "form": basis.form,
        "offence": basis.offence,
        "penalty": basis.penalty,
    }
    return desk.browser.submit(page, page.form("/basis"), typed)


def filled(
    desk: Desk, page: Page, *, custodian: str, more: Mapping[str, str] | None = None
) -> Page:
    """Write the contents in the officer's language; return the page of the last look."""
    language = desk.node.state.language
    today = datetime.now(UTC).date()
    typed = {
        **{
            code: line(language, code)
            for code in ("authority", "facts", "data", "link", "necessity")
        },
        "custodian": custodian,
        "follow_up": "yes",
        "secrecy": "yes",
        "period_from": (today - timedelta(days=PERIOD_DAYS)).isoformat(),
        "period_to": today.isoformat(),
        **(more or {}),
    }
    return desk.browser.submit(page, page.form("/contents"), typed)


def sent(desk: Desk, page: Page) -> Page:
    """Sign and send; return the page of the new file."""
    return desk.browser.submit(page, page.form("/check"))
