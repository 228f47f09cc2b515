"""A peer that signs whatever it likes: every page of both desks still answers, in words."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from comity.actions.draft import Composed, DraftPart, Frame, Place, Step, compose
from comity.actions.ports import HeldAct, Unit
from comity.actions.rows import put_row
from comity.convention import edition
from comity.seal import canonical
from tests.desk.pages import Page
from tests.desk.two_desks import JINHAI, NORTHMERE, Desks, send

LAST = datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 }}{% now %}%(who)s %s"
HIDDEN = "pay\u202e\u2066\u200b\u0000\u001b[2J me"
NORTH_FIRST = ((JINHAI, "requested"), (NORTHMERE, "requesting"))
TURNED = ((JINHAI, "requesting"), (NORTHMERE, "requested"))
PATHS = (
    "",
    "/live",
    "/certificate",
    "/preserve",
    "/kept",
    "/check",
    "/refuse",
    "/refuse/2",
    "/ask-info",
    "/cannot",
    "/extend",
    "/decline-extension",
    "/hold",
    "/not-received",
    "/release",
    "/withdraw",
    "/follow-up",
    "/ask-extension",
    "/inform",
    "/go-on",
    "/expire",
)


def frame(**changes: object) -> Frame:
    fields: dict[str, object] = {
        "parties": NORTH_FIRST,
        "instrument": "budapest",
        "article": "29",
        "form": "uncc",
        "channel": "poc_247",
        "urgency": "immediate_247",
        "offence": "A13",
        "lang": "en",
        "edition": edition(),
    }
    return Frame(**{**fields, **changes})  # type: ignore[arg-type]


def request(data: bytes, **changes: object) -> Step:
    fields: dict[str, object] = {
        "step": "request",
        "until": datetime(2026, 8, 3, tzinfo=UTC),
        "items": 1,
        "refs": ((NORTHMERE, "NM-1"),),
        "parts": (DraftPart(role="request", data=data),),
    }
    return Step(**{**fields, **changes})  # type: ignore[arg-type]


def state(
    desks: Desks,
    step: Step,
    of: Frame,
    *,
    place: Place | None = None,
    at: datetime | None = None,
) -> str:
    """Sign an act that no officer may state, and queue it for the other State."""
    where = place or Place(matter=None, author=NORTHMERE, seq=0, prev=None)
    made = compose(step, of, where, at or desks.clock.now(), desks.house(where.author).random)
    queue(desks, made, where.author)
    return made.act.id


def jin(matter: str, seq: int = 0, prev: str | None = None) -> Place:
    read = ((NORTHMERE, matter),)
    return Place(matter=matter, author=JINHAI, seq=seq, prev=prev, read=read)


def queue(desks: Desks, made: Composed, author: str) -> None:
    house = desks.house(author)
    held = HeldAct(
        act=made.act,
        envelope=house.signer.sign_act(made.act.header),
        stored_at=desks.clock.now(),
    )
    peer = JINHAI if author == NORTHMERE else NORTHMERE

    def put(unit: Unit) -> None:
        unit.add_act(held, made.parts)
        unit.add_delivery(peer=peer, act_id=made.act.id, urgent=True, now=held.stored_at)
        put_row(unit, made.act.matter_id, author, held.stored_at)

    house.store.write(put)
    desks.carry()


def all_pages(browsers: tuple[Client, ...], matter: str, language: str) -> None:
    for browser in browsers:
        browser.cookies["language"] = language
        digest = matter.removeprefix("sha256:")
        addresses = [
            "/",
            "/live",
            "/queue",
            "/directory",
            *(f"/matters/{digest}{p}" for p in PATHS),
        ]
        for address in addresses:
            answer = browser.get(address, follow=True)
            assert answer.status_code in (200, 404, 409), (address, answer.status_code)
            if answer.get("Content-Type", "").startswith("text/html"):
                html = answer.content.decode()
                assert "<script>alert" not in html, address
                assert "<img src=x" not in html, address
                for char in "\u202e\u2066\u200b\u0000\u001b":
                    assert char not in html, (address, char)
                assert Page(html).text


def deep(n: int) -> bytes:
    return b'{"items":' + b"[" * n + b"]" * n + b"}"


def members(**changes: canonical.Json) -> bytes:
    found: dict[str, canonical.Json] = {
        "v": 1,
        "authority": MARKUP,
        "facts": HIDDEN,
        "data": MARKUP,
        "link": "x",
        "custodian": MARKUP,
        "necessity": HIDDEN,
        "follow_up": "yes",
        "secrecy": True,
        "contact": MARKUP,
        "period": None,
        "items": [],
    }
    return canonical.encode({**found, **changes})


PARTS = {
    "markup": members(),
    "empty": b"{}",
    "not-json": b"\xff\x00",
    "array": b"[1]",
    "deep": deep(400),
    "deeper": deep(100_000),
    "long": members(facts="x" * 700_000),
    "many-items": members(items=[{"n": i, "kind": "url"} for i in range(3000)]),
    "period": members(period={"from": MARKUP, "to": HIDDEN}),
    "period-long": members(period={"from": "x" * 5000, "to": ""}),
    "items-odd": members(
        items=[
            None,
            1,
            "x",
            {},
            {"kind": 1},
            {"kind": "url", "text": 4},
            {"kind": "url", "url": MARKUP},
            {"kind": "connection", "address": "1.2.3.4", "port": 10**9},
            {"kind": MARKUP},
            {"kind": "email_address", "address": MARKUP, "n": 5},
            {"kind": "unknown", "text": MARKUP},
            {"kind": "unknown", "text": HIDDEN},
        ]
    ),
    "wrong-types": canonical.encode(
        dict.fromkeys(("authority", "facts", "items", "period", "contact"), 5)
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_every_page_answers_whatever_a_request_part_holds(
    desks: Desks, northmere: Client, jinhai: Client, name: str
) -> None:
    matter = state(desks, request(PARTS[name]), frame())
    all_pages((northmere, jinhai), matter, "en")


ODD: dict[str, tuple[dict[str, object], dict[str, object], datetime | None]] = {
    "last-day": ({"until": LAST}, {}, None),
    "long-ago": ({"until": FIRST}, {}, FIRST),
    "made-last-day": ({}, {}, LAST),
    "fifty": ({"items": 50}, {}, None),
    "turned": ({}, {"parties": TURNED}, None),
    "offence": ({}, {"offence": "X/unknown:(9)"}, None),
    "instrument": ({}, {"instrument": "bilateral:never-heard", "article": "((("}, None),
    "lang": ({}, {"lang": "xx-yyyyyyyy-zzzzzzzz"}, None),
    "rows": ({"rows": ("Z", "none")}, {"edition": "sha256:" + "0" * 64}, None),
    "refs": ({"refs": ((JINHAI, MARKUP[:64]), (NORTHMERE, "<b>\"'&%(who)s {{x}}"))}, {}, None),
}


@pytest.mark.parametrize("name", ODD)
def test_every_page_answers_whatever_a_header_says(
    desks: Desks, northmere: Client, jinhai: Client, name: str
) -> None:
    step, of, at = ODD[name]
    matter = state(desks, request(members(), **step), frame(**of), at=at)
    all_pages((northmere, jinhai), matter, "en")


@pytest.mark.parametrize("at", [None, FIRST, LAST])
@pytest.mark.parametrize("until", [FIRST, LAST])
def test_every_page_answers_whatever_a_kept_says(
    desks: Desks, northmere: Client, jinhai: Client, until: datetime, at: datetime | None
) -> None:
    matter = send(desks)
    of = frame()
    first = state(
        desks,
        Step(step="ordered", parts=(DraftPart(role="order", data=members(note=HIDDEN)),)),
        of,
        place=jin(matter),
        at=at,
    )
    state(
        desks,
        Step(
            step="kept",
            results=((1, "kept"),),
            parts=(DraftPart(role="kept", data=members(custodian=5, note=MARKUP)),),
            until=until,
        ),
        of,
        place=jin(matter, 1, first),
        at=at,
    )
    all_pages((northmere, jinhai), matter, "en")


@pytest.mark.parametrize("data", [b"\xff\xfe", MARKUP.encode(), HIDDEN.encode(), b"x" * 800_000])
def test_every_page_answers_whatever_a_reason_says(
    desks: Desks, northmere: Client, jinhai: Client, data: bytes
) -> None:
    matter = send(desks)
    parts = (
        DraftPart(role="reason", data=data),
        *(DraftPart(role=f"odd-{i}", data=b"x") for i in range(60)),
    )
    state(
        desks,
        Step(step="refused", grounds=("no-such", "z:/()"), parts=parts),
        frame(),
        place=jin(matter),
    )
    all_pages((northmere, jinhai), matter, "ar")


def test_every_page_answers_when_an_act_comes_without_its_matter(
    desks: Desks, northmere: Client, jinhai: Client
) -> None:
    matter = "sha256:" + "a" * 64
    state(
        desks,
        Step(step="withdraw"),
        frame(),
        place=Place(matter=matter, author=NORTHMERE, seq=7, prev="sha256:" + "b" * 64),
    )
    all_pages((northmere, jinhai), matter, "en")
