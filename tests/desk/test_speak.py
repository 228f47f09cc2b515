"""Sentences of the pure rooms in the reader's language, times with their places."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Message
from django.utils import translation

from comity.convention import law_texts
from comity.desk.law_words import ASKS, NAMES
from comity.desk.speak import article, ground, instrument, speak
from comity.desk.times import Zones, clocks, zone_of
from comity.matters.sayings import HEADLINES, Code
from comity.matters.words import filled
from comity.text import Sentence, say
from tests.desk.two_desks import JINHAI, NORTHMERE, QAMARA, Desks
from tests.house import catalogues

NAMED = {"XNR": "Northmere", "XJN": "Jinhai"}
MOMENT = datetime(2026, 11, 24, 3, 12, tzinfo=UTC)
SCRIPTS = {"zh_Hans": re.compile(r"[\u4e00-\u9fff]"), "ar": re.compile(r"[\u0600-\u06ff]")}
# Messages that are the same in every language: units, notations, bare placeholders.
BARE = re.compile(r"[^A-Za-z]*\Z")


def messages(name: str) -> Iterator[Message]:
    found = catalogues.read(catalogues.shipped()[name], name)
    return (message for message in found if message.id)


def test_states_times_and_grounds_are_put_in_place() -> None:
    values = {
        "requested": "XJN",
        "requesting": "XNR",
        "until": "2026-08-03T00:00:00Z",
        "grounds": "B29_5A_political, B29_5B_essential",
    }
    kept = filled(HEADLINES[Code.PRESERVED], values)
    assert speak(kept, names=NAMED) == (
        "Jinhai states that the data is kept until 3 August 2026, 00:00 UTC."
    )
    refused = filled(HEADLINES[Code.REFUSED], values)
    assert speak(refused, names=NAMED) == (
        "Jinhai has refused. Ground: Political offence, Sovereignty, security, public order, other"
        " essential interests."
    )


def test_what_nobody_said_and_what_is_unknown_stay_readable() -> None:
    sentence = say("%(who)s until %(until)s: %(grounds)s", who="ZZZ", until="—", grounds="NEW_code")
    assert speak(sentence) == "ZZZ until —: NEW_code"
    assert speak(Sentence("")) == ""
    assert speak(Sentence("Keep 100 % of it.")) == "Keep 100 % of it."
    assert instrument("treaty-of-the-moon") == "treaty-of-the-moon"
    assert ground("NEW_code") == "NEW_code"
    assert article("") == ""


def test_a_sentence_is_spoken_in_the_language_in_force() -> None:
    sentence = filled(HEADLINES[Code.SENT], {"requested": "XJN"})
    with translation.override("zh-hans"):
        assert speak(sentence, names={"XJN": "金海"}) == "请求已发送给 金海。对方尚无人打开。"
    with translation.override("ar"):
        assert speak(sentence, names={"XJN": "جينهاي"}).startswith(
            "أُرسل الطلب إلى \u2068جينهاي\u2069."
        )
    with translation.override("en-xa"):
        assert speak(sentence, names=NAMED).startswith("[Thé réqûéšt")


def test_foreign_words_are_isolated_only_where_the_page_runs_right_to_left() -> None:
    sentence = say("Reference of %(who)s", who="XNR")
    assert "\u2068" not in speak(sentence)
    with translation.override("ar"):
        assert "\u2068XNR\u2069" in speak(sentence)


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_translation_is_in_its_own_script(name: str) -> None:
    wrong = [
        (message.id, form)
        for message in messages(name)
        for form in catalogues.each(message.string)
        if not SCRIPTS[name].search(form) and not BARE.match(catalogues.each(message.id)[0])
    ]
    wrong = [one for one in wrong if not BARE.match(re.sub(r"%\(\w+\)s", "", one[1]))]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_no_translation_comes_from_the_pseudo_locale(name: str) -> None:
    assert [m.id for m in messages(name) if any("~]" in f for f in catalogues.each(m.string))] == []


def test_arabic_has_six_plural_forms_that_differ() -> None:
    several = [one for one in messages("ar") if isinstance(one.id, tuple)]
    assert len(several) >= 10
    for one in several:
        forms = catalogues.each(one.string)
        assert len(forms) == 6
        assert len(set(forms)) >= 4


def test_arabic_plurals_are_chosen_by_number() -> None:
    with translation.override("ar"):
        counted = [
            translation.ngettext("%(n)s row", "%(n)s rows", n) for n in (0, 1, 2, 5, 11, 100)
        ]
    assert counted == [
        "لا قواعد",
        "قاعدة واحدة",
        "قاعدتان",
        "%(n)s قواعد",
        "%(n)s قاعدة",
        "%(n)s قاعدة",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "ar"])
def test_every_text_of_the_law_is_translated(language: str) -> None:
    with translation.override(language):
        assert [text for text in law_texts() if translation.gettext(text) == text] == []


def test_the_words_of_the_law_that_are_repeated_here_are_those_of_the_law() -> None:
    assert {one.text for one in (*NAMES, *ASKS)} <= set(law_texts())


def test_a_time_is_told_here_there_and_in_utc() -> None:
    zones = Zones(here=ZoneInfo("Asia/Shanghai"), there=ZoneInfo("Europe/Paris"), there_state="XVL")
    told = [(one.text, one.place) for one in clocks(MOMENT, zones, "Valombre")]
    assert told == [
        ("24 November 2026, 11:12", "here"),
        ("04:12", "Valombre"),
        ("03:12", "UTC"),
    ]


def test_another_day_elsewhere_is_written_out() -> None:
    zones = Zones(here=ZoneInfo("Pacific/Auckland"), there=None)
    told = [one.text for one in clocks(MOMENT.replace(hour=23), zones)]
    assert told == ["25 November 2026, 12:12", "24 November 2026, 23:12"]


def test_where_here_is_utc_it_is_said_once() -> None:
    zones = Zones(here=ZoneInfo("Europe/London"), there=ZoneInfo("Asia/Riyadh"), there_state="QMR")
    told = [(one.text, one.place) for one in clocks(MOMENT, zones)]
    assert told == [("24 November 2026, 03:12", "here and UTC"), ("06:12", "QMR")]


def test_the_zone_there_comes_from_the_card(desks: Desks) -> None:
    house = desks.house(NORTHMERE)
    zones = {
        held.card.state: zone_of(held.card) for held in house.store.read(lambda view: view.cards())
    }
    assert zones == {
        NORTHMERE: ZoneInfo("Europe/London"),
        JINHAI: timezone(timedelta(hours=8)),
        QAMARA: None,
    }


@pytest.mark.parametrize(
    ("hours", "offset"),
    [
        ("24/7 (UTC+5:30)", timedelta(hours=5, minutes=30)),
        ("08:00-18:00, UTC−3", -timedelta(hours=3)),
        ("UTC+99", None),
        ("UTC+05:75", None),
        ("No/Where", None),
        ("24/7", None),
    ],
)
def test_hours_that_name_no_real_zone_give_none(
    hours: str, offset: timedelta | None, desks: Desks
) -> None:
    held = desks.house(NORTHMERE).store.read(lambda view: view.card(QAMARA))
    assert held is not None
    card = replace(
        held.card, authorities=tuple(replace(one, hours=hours) for one in held.card.authorities)
    )
    zone = zone_of(card)
    assert (None if zone is None else zone.utcoffset(MOMENT)) == offset
