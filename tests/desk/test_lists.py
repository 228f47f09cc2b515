"""Queue, directory, law and help."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from comity.actions.ports import Delivery
from comity.actions.send import send_request
from comity.convention import law_rows
from comity.desk.obstacles import obstacle
from comity.transport.errors import NoAnswer
from comity.wire.errors import SAYS, Code
from tests.desk.pages import get
from tests.desk.two_desks import JINHAI, NORTHMERE, OFFICER, QAMARA, Desks, asked


def failing(desks: Desks, error: str) -> None:
    """Leave one entry of Northmere waiting with an error."""
    house = desks.house(NORTHMERE)
    send_request(house, asked(), by=OFFICER)
    (one,) = house.store.read(lambda view: view.deliveries(waiting_only=True))

    def tried(held: Delivery) -> Delivery:
        return replace(held, attempts=4, error=error, next_at=desks.clock.now())

    house.store.write(lambda unit: unit.update_delivery(tried(one)))
    desks.clock.pass_by(hours=3)


def test_an_empty_queue_says_that_all_was_delivered(northmere: Client) -> None:
    assert "Nothing waits. Everything was delivered." in get(northmere, "/queue").text


def test_what_waits_shows_age_tries_and_what_stands_in_the_way(
    northmere: Client, desks: Desks
) -> None:
    failing(desks, "clock-apart")
    page = get(northmere, "/queue")
    assert page.fact("waiting") == JINHAI
    assert "3 h old" in page.text
    assert "more than 10 minutes apart" in page.text
    (link,) = [one for one in page.links() if one.startswith("/matters/")]
    assert get(northmere, link).fact("code") == "sent"


@pytest.mark.parametrize("code", sorted(set(Code) - {Code.UNKNOWN_PEER, Code.CARD_EXPIRED}))
def test_every_refusal_of_a_peer_has_words(code: Code) -> None:
    assert obstacle(code.value) == SAYS[code]


def codes_of_the_road(kind: type[NoAnswer] = NoAnswer) -> Iterator[str]:
    """Yield every code with which a call may fail before it has an answer."""
    for one in kind.__subclasses__():
        yield one.code
        yield from codes_of_the_road(one)


@pytest.mark.parametrize(
    "code", [*codes_of_the_road(), "no-receipt", "act-missing", "unknown-peer", "restored"]
)
def test_every_obstacle_on_the_road_has_words(code: str) -> None:
    assert code not in str(obstacle(code))
    assert len(str(obstacle(code)).split()) > 7


def test_an_unsigned_refusal_names_its_reason() -> None:
    assert "(busy)" in str(obstacle("unsigned-refusal:busy"))


def test_an_unknown_code_is_still_shown() -> None:
    assert "of-a-later-version" in str(obstacle("of-a-later-version"))


def test_the_directory_says_on_what_each_state_hangs(northmere: Client) -> None:
    page = get(northmere, "/directory")
    assert {one["data-value"] for one in page.facts("peer")} == {NORTHMERE, JINHAI, QAMARA}
    assert page.text.count("Two officers compared the twelve words.") == 2
    assert page.text.count("The registrar has signed for its root key.") == 1
    words = page.html.split('lang="en" class="fixed">')[1].split("<")[0]
    assert len(words.split()) == 12
    assert "+999 5550 100" in page.text
    assert "Budapest Convention on Cybercrime · since 1 July 2015" in page.text
    assert "Ada" not in page.text


def test_an_expired_card_is_said(northmere: Client, desks: Desks) -> None:
    desks.clock.pass_by(days=301)
    assert "This card has expired." in get(northmere, "/directory").text


def test_the_law_shows_every_row_with_its_mark(northmere: Client) -> None:
    page = get(northmere, "/law")
    assert page.fact("rows") == str(len(law_rows()))
    assert "not the certified text" in page.text
    assert page.html.count('class="mark ') == len(law_rows())


def test_the_law_is_searched_by_word_and_article_in_the_readers_language(
    northmere: Client,
) -> None:
    assert 0 < int(get(northmere, "/law?q=42(8)").fact("rows")) < 10
    assert int(get(northmere, "/law?q=bank secrecy").fact("rows")) == 1
    assert get(northmere, "/law?q=no such thing here").fact("rows") == "0"
    northmere.post("/language", {"language": "ar", "next": "/"})
    assert int(get(northmere, "/law?q=السرية المصرفية").fact("rows")) == 1


def test_what_is_searched_for_is_shown_as_text(northmere: Client) -> None:
    page = get(northmere, '/law?q="><script>alert(1)</script>')
    assert "<script>alert" not in page.html


def test_help_is_one_page(northmere: Client) -> None:
    page = get(northmere, "/help")
    assert "Preserve now" in page.text
    assert len(page.text.split()) < 600
