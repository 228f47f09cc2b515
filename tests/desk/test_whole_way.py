"""From a pasted mail to a certificate, over the pages, at two desks."""

import json

from django.test import Client

from comity.actions.verdict import Verdict
from comity.actions.verify import verify_certificate
from tests.desk.pages import Page, get, press
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, send

MAIL = """\
Received: from mx.example.net ([198.51.100.7]) by mail.victim.example;
 Mon, 04 May 2026 01:02:03 +0000
From: "Your bank" <alarm@false-bank.example>
Reply-To: collect@drop.example
To: Ada Victim <ada@victim.example>
Subject: Your account is blocked
Date: Mon, 04 May 2026 01:02:00 +0000

Open https://false-bank.example/login now. Pay to GB82 WEST 1234 5698 7654 32.
"""
CONTENTS = {
    "facts": "A false bank took the savings of a pensioner.",
    "data": "All stored data of the account.",
    "link": "The false mails came from it.",
    "custodian": "CloudHarbour",
    "necessity": "The provider deletes after seven days.",
    "follow_up": "yes",
    "secrecy": "yes",
    "period_from": "2026-03-01",
    "period_to": "2026-04-30",
    "ours": "NM-77",
}


def finding(page: Page, part: str) -> str:
    """Return the number of the finding whose caption holds ``part``."""
    for index, one in enumerate(page.html.split('data-finding="')[1:]):
        del index
        if part in one.split("</label>")[0]:
            return one.split('"')[0]
    raise AssertionError(part)


def build(client: Client, *, instrument: str = "budapest") -> Page:
    """Go through the builder up to the last look; return that page."""
    page = press(client, get(client, "/requests/new"), "/new", paste=MAIL)
    page = press(client, page, "/identifiers", tick=[finding(page, "collect@drop.example")])
    page = press(client, page, "/state", to=JINHAI)
    page = press(client, page, "/basis", instrument=instrument, form="uncc", offence="A13")
    return press(client, page, "/contents", **CONTENTS)


def test_a_request_goes_from_paste_to_certificate(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    look = build(northmere)
    assert "collect@drop.example" in look.text
    assert "ada@victim.example" not in look.html
    sent = press(northmere, look, "/check")
    assert sent.fact("code") == "sent"
    assert receipts(sent) == {"delivered": "no", "seen": "no", "acting": "no"}
    desks.carry()

    wall = get(jinhai, "/")
    (card,) = [one for one in wall.with_attribute("data-code") if "data-matter" in one]
    address = f"/matters/{card['data-matter'].removeprefix('sha256:')}"
    assert receipts(get(northmere, address)) == {"delivered": "yes", "seen": "no", "acting": "no"}
    urgent = get(jinhai, address)
    assert "Preserve now" in urgent.text
    desks.carry()
    assert receipts(get(northmere, address)) == {"delivered": "yes", "seen": "yes", "acting": "no"}

    ordered = press(jinhai, get(jinhai, f"{address}/preserve"), "/preserve", sign="none_seen")
    assert ordered.fact("code") == "being-preserved"
    assert ordered.facts("not-disclosed")
    kept = press(jinhai, get(jinhai, f"{address}/kept"), "/kept", **{"result-1": "kept"})
    assert kept.fact("code") == "preserved"
    desks.carry()

    done = get(northmere, address)
    assert receipts(done) == {"delivered": "yes", "seen": "yes", "acting": "yes"}
    assert done.facts("kept-until")[0]["data-at"] >= "2026-07-03"
    data = northmere.get(f"{address}/certificate").content
    roots = {
        held.card.state: held.card.root.id
        for held in desks.house(NORTHMERE).store.read(lambda view: view.cards())
    }
    suites = desks.house(NORTHMERE).suites
    report = verify_certificate(data, roots, now=desks.clock.now(), suites=suites)
    assert report.verdict is Verdict.INTACT
    assert json.loads(data)["type"] == "preservation-certificate"


def receipts(page: Page) -> dict[str, str]:
    """Return the three receipts of a page."""
    return {one["data-receipt"]: one["data-value"] for one in page.with_attribute("data-receipt")}


def test_a_refusal_takes_a_ground_a_reason_and_a_last_look(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    matter = send(desks)
    address = f"/matters/{matter.removeprefix('sha256:')}"
    form = get(jinhai, f"{address}/refuse")
    empty = press(jinhai, form, "/refuse", press="look")
    assert {"grounds", "reason"} <= set(empty.problems())
    assert empty.title.startswith("Error:")
    look = press(
        jinhai, form, "/refuse", press="look", grounds=["B29_5B_essential"], reason="No; see law."
    )
    assert "The other State will be told that you refuse." in look.text
    again = press(jinhai, look, "/refuse", press="change")
    assert again.form("/refuse").fields["reason"] == ["No; see law."]
    assert again.form("/refuse").fields["grounds"] == ["B29_5B_essential"]
    done = press(jinhai, look, "/refuse", press="send")
    assert done.fact("code") == "refused"
    desks.carry()
    seen = get(northmere, address)
    assert seen.fact("tag") == "refused"
    assert "No; see law." in seen.text
