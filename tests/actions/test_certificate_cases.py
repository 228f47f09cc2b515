"""What a certificate of a longer, a contested or a doctored file is judged to be."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from comity.actions.cannot import cannot_assure, go_on
from comity.actions.certificate import certificate
from comity.actions.draft import DraftPart, Step
from comity.actions.extend import ask_extension, extend
from comity.actions.follow_up import follow_up, hold
from comity.actions.peers import renew_card
from comity.actions.ports import HeldAct, House, Unit
from comity.actions.preserve import keep
from comity.actions.seen import seen
from comity.actions.talk import ask_info, inform
from comity.actions.verdict import Report, Verdict
from comity.actions.verify import verify_certificate
from comity.actions.withdraw import expire, withdraw
from comity.directory.card import CardKey
from comity.facts import email_address
from comity.seal import canonical
from comity.seal.forms import unb64
from comity.seal.keys import Purpose
from tests.actions.desks import DAY, OFFICER, Desks, desks
from tests.actions.hostile import Made, forge
from tests.actions.test_preservation import confirmed, kept, ordered
from tests.directory.states import NOW, make_state, signing_key
from tests.suite0 import SUITES_0

Json = canonical.Json
Object = dict[str, Json]


@pytest.fixture(name="two")
def _two() -> Desks:
    return desks()


def roots(two: Desks) -> dict[str, str]:
    return {name: state.root.public.id for name, state in two.states.items()}


def judged(two: Desks, data: bytes, **trusted: str) -> Report:
    return verify_certificate(data, roots(two) | trusted, now=two.clock.now(), suites=SUITES_0)


def certified(two: Desks, house: House, matter: str) -> Report:
    return judged(two, certificate(house, matter))


def failed_check(report: Report) -> str:
    """Return the one check that stopped the reader."""
    assert report.verdict is Verdict.ALTERED
    (found,) = (one.check for one in report.findings if not one.held)
    assert report.findings[-1].check == found
    assert report.stated is None
    return found


def test_the_end_is_that_of_the_newest_extension(two: Desks) -> None:
    matter = kept(two)
    for days in (90, 120):
        until = two.clock.now() + days * DAY
        ask_extension(two.north, matter, by=OFFICER, until=until)
        two.exchange()
        extend(two.jin, matter, by=OFFICER, until=until)
        two.exchange()
        report = certified(two, two.north, matter)
        assert report.verdict is Verdict.INTACT
        assert report.stated is not None
        assert report.stated.until == until
        assert report.stated.kept_at == two.clock.now()


def test_a_longer_file_of_both_lanes_is_intact_on_both_desks(two: Desks) -> None:
    matter = two.ask()
    seen(two.jin, matter, by=OFFICER)
    two.exchange()
    for word in ("Which port?", "Which day?"):
        ask_info(two.jin, matter, by=OFFICER, question=word)
        two.exchange()
        inform(two.north, matter, by=OFFICER, answer="4431")
        two.exchange()
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two))
    two.exchange()
    follow_up(two.north, matter, by=OFFICER, reference="MLA 12")
    two.exchange()
    hold(two.jin, matter, by=OFFICER)
    two.exchange()
    for house in (two.north, two.jin):
        whole = canonical.decode(certificate(house, matter))
        acts = whole["acts"]
        assert isinstance(acts, list)
        assert len(acts) == 9
        report = judged(two, canonical.encode(whole))
        assert report.verdict is Verdict.INTACT
        assert report.stated is not None
        assert report.stated.code == "kept-until-decision"


def test_partly_kept_says_how_many_of_how_many(two: Desks) -> None:
    items = tuple(email_address.clean(f"a{n}@harbour.example") for n in range(3))
    matter = two.ask(items=items)
    results = ((1, "kept"), (2, "not_found"), (3, "kept"))
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two, results=results))
    two.exchange()
    stated = certified(two, two.north, matter).stated
    assert stated is not None
    assert (stated.kept, stated.asked) == (2, 3)


def test_what_was_kept_at_a_second_try_is_what_counts(two: Desks) -> None:
    items = tuple(email_address.clean(f"a{n}@harbour.example") for n in range(2))
    matter = two.ask(items=items)
    for results in (((1, "kept"), (2, "kept")), ((1, "kept"), (2, "not_kept"))):
        keep(two.jin, matter, by=OFFICER, kept=confirmed(two, results=results))
        two.exchange()
        stated = certified(two, two.north, matter).stated
        assert stated is not None
        assert stated.kept == sum(result == "kept" for _, result in results)
        assert stated.kept_at == two.clock.now()
        two.clock.pass_(DAY)
        cannot_assure(two.jin, matter, by=OFFICER, reason="The provider moved its disks.")
        two.exchange()
        go_on(two.north, matter, by=OFFICER)
        two.exchange()


def test_expiry_is_said(two: Desks) -> None:
    matter = kept(two)
    two.clock.pass_(62 * DAY)
    passed = certified(two, two.north, matter).stated
    expire(two.jin, matter, by=OFFICER)
    two.exchange()
    expired = certified(two, two.north, matter).stated
    assert passed is not None
    assert expired is not None
    assert passed.code != "preserved"
    assert (expired.code, expired.until) == ("expired", None)


def test_the_requesting_state_shows_the_receipt_and_the_requested_one_has_none(two: Desks) -> None:
    matter = kept(two)
    for house, there in ((two.north, True), (two.jin, False)):
        data = certificate(house, matter)
        assert (canonical.decode(data)["receipt"] is not None) is there
        (found,) = (one for one in judged(two, data).findings if one.check == "receipt")
        assert found.held
        assert ("receipted" in str(found.sentence)) is there


def test_only_what_was_kept_and_ordered_is_opened_never_what_was_asked(two: Desks) -> None:
    matter = ordered(two)
    ask_info(two.jin, matter, by=OFFICER, question="Is the suspect a minor?")
    keep(two.jin, matter, by=OFFICER, kept=confirmed(two))
    two.exchange()
    whole = canonical.decode(certificate(two.north, matter))
    parts = whole["parts"]
    assert isinstance(parts, list)
    opened = [unb64(str(one["bytes"])) for one in parts if isinstance(one, dict)]
    assert len(opened) == 2
    assert {frozenset(canonical.decode(one)) & {"ends", "items"} for one in opened} == {
        frozenset({"ends"}),
        frozenset({"items"}),
    }
    for word in (b"4,120", b"panel@harbour.example", b"minor"):
        assert all(word not in one for one in opened)


def test_a_withheld_order_is_no_gap_but_a_withheld_kept_part_is(two: Desks) -> None:
    matter = kept(two)
    whole = canonical.decode(certificate(two.north, matter))
    parts = whole["parts"]
    assert isinstance(parts, list)
    verdicts = [judged(two, canonical.encode({**whole, "parts": [one]})).verdict for one in parts]
    assert sorted(verdicts) == [Verdict.INCOMPLETE, Verdict.INTACT]


def store(house: House, made: Made) -> None:
    held = HeldAct(act=made.act, envelope=made.envelope, stored_at=house.clock.now())

    def put(unit: Unit) -> None:
        unit.add_act(held, made.parts)

    house.store.write(put)


def next_in_lane(two: Desks, matter: str, step: Step) -> Made:
    """Return an act of Jinhai after its last one, as its node would never make it."""
    held = [one.act for one in two.held(two.north, matter)]
    last = max((one for one in held if one.author == "XJN"), key=lambda one: one.seq)
    return forge(
        two,
        held[0],
        step,
        seq=last.seq + 1,
        prev=last.id,
        author="XJN",
        read=(("XNR", matter),),
    )


def test_with_a_void_act_the_file_is_altered_as_the_page_says(two: Desks) -> None:
    matter = kept(two)
    store(two.north, next_in_lane(two, matter, Step(step="withdraw")))
    assert failed_check(certified(two, two.north, matter)) == "fold"


def test_with_a_forked_lane_the_file_is_altered(two: Desks) -> None:
    matter = kept(two)
    for word in (b"one", b"other"):
        part = DraftPart(role="reason", data=word)
        store(two.north, next_in_lane(two, matter, Step(step="ask_info", parts=(part,))))
        break
    first = two.held(two.north, matter)[-1].act
    other = forge(
        two,
        two.held(two.north, matter)[0].act,
        Step(step="ask_info", parts=(DraftPart(role="reason", data=b"other"),)),
        seq=first.seq,
        prev=first.prev,
        author="XJN",
        read=first.read,
    )
    assert certified(two, two.north, matter).verdict is Verdict.INTACT
    store(two.north, other)
    assert failed_check(certified(two, two.north, matter)) == "acts"


def test_a_step_of_a_later_version_does_not_spoil_the_file(two: Desks) -> None:
    matter = kept(two)
    store(two.north, next_in_lane(two, matter, Step(step="teleport")))
    report = certified(two, two.north, matter)
    assert report.verdict is Verdict.INTACT
    assert report.stated is not None
    assert report.stated.code == "preserved"


def test_an_act_that_read_what_the_file_does_not_hold_is_incomplete(two: Desks) -> None:
    matter = kept(two)
    asked = ask_extension(two.north, matter, by=OFFICER, until=two.clock.now() + 90 * DAY).act
    last = two.held(two.jin, matter)[-1].act
    made = forge(
        two,
        two.held(two.jin, matter)[0].act,
        Step(step="extend", until=asked.until, answers=asked.id),
        seq=last.seq + 1,
        prev=last.id,
        author="XJN",
        read=(("XNR", asked.id),),
    )
    store(two.jin, made)
    report = certified(two, two.jin, matter)
    assert report.verdict is Verdict.INCOMPLETE
    (found,) = (one for one in report.findings if not one.held)
    assert found.check == "complete"


def test_a_card_under_another_root_than_the_readers_is_altered(two: Desks) -> None:
    matter = kept(two)
    older = signing_key("XJN older root", live=False).public.id
    report = judged(two, certificate(two.north, matter), XJN=older)
    assert report.verdict is Verdict.ALTERED
    assert [one.check for one in report.findings if not one.held] == ["roots"]
    assert len(dict(report.words)["XJN"]) == 12


@pytest.mark.parametrize("said", ["", "sha256:", "ability able about", "x" * 400])
def test_a_root_that_is_none_is_not_the_right_one(two: Desks, said: str) -> None:
    matter = kept(two)
    assert judged(two, certificate(two.north, matter), XNR=said).verdict is Verdict.ALTERED


def test_roots_of_states_that_are_not_in_the_file_change_nothing(two: Desks) -> None:
    matter = kept(two)
    report = judged(two, certificate(two.north, matter), XVL="sha256:" + "0" * 64)
    assert report.verdict is Verdict.INTACT


def test_a_file_of_before_and_one_of_after_more_acts_are_both_intact(two: Desks) -> None:
    matter = kept(two)
    before = certificate(two.north, matter)
    assert certificate(two.north, matter) == before
    kept(two)
    after = certificate(two.north, matter)
    assert after != before
    for data in (before, after):
        assert judged(two, data).verdict is Verdict.INTACT


def test_a_new_acts_key_beside_the_old_one_leaves_old_acts_proven(two: Desks) -> None:
    matter = kept(two)
    fresh = CardKey(
        purpose=Purpose.ACTS,
        epoch=2,
        since=NOW,
        until=NOW + 200 * DAY,
        public=signing_key("XJN next", live=False).public,
    )
    jin = two.states["XJN"]
    envelope = jin.envelope(version=8, signing=(jin.card.signing[0], fresh, jin.card.signing[1]))
    renew_card(two.north, "XJN", envelope)
    assert certified(two, two.north, matter).verdict is Verdict.INTACT


def test_keys_that_the_peers_newer_card_dropped_leave_its_old_acts_proven(two: Desks) -> None:
    matter = kept(two)
    jin = two.states["XJN"]
    fresh = tuple(
        replace(
            key,
            epoch=key.epoch + 1,
            public=signing_key(f"XJN {key.purpose} next", live=False).public,
        )
        for key in jin.card.signing
    )
    renew_card(two.north, "XJN", jin.envelope(version=8, signing=fresh))
    assert certified(two, two.north, matter).verdict is Verdict.INTACT


def changed_act(whole: Object, at: int) -> Object:
    acts = whole["acts"]
    assert isinstance(acts, list)
    return {**whole, "acts": [*acts[:at], acts[at - 1], *acts[at + 1 :]]}


def _no_cards(whole: Object) -> Object:
    return {**whole, "cards": []}


def _cards_turned(whole: Object) -> Object:
    cards = whole["cards"]
    assert isinstance(cards, list)
    return {**whole, "cards": cards[::-1]}


def _foreign_card(whole: Object) -> Object:
    cards = whole["cards"]
    assert isinstance(cards, list)
    return {**whole, "cards": [cards[0], canonical.decode(make_state("XVL").envelope())]}


def _acts_turned(whole: Object) -> Object:
    acts = whole["acts"]
    assert isinstance(acts, list)
    return {**whole, "acts": acts[::-1]}


def _parts_doubled(whole: Object) -> Object:
    parts = whole["parts"]
    assert isinstance(parts, list)
    return {**whole, "parts": [parts[0], *parts]}


def _part_moved(whole: Object) -> Object:
    parts = whole["parts"]
    assert isinstance(parts, list)
    first, second = parts
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    swapped: list[Json] = [{**first, "bytes": second["bytes"]}, {**second, "bytes": first["bytes"]}]
    return {**whole, "parts": swapped}


def _part_of_nothing(whole: Object) -> Object:
    parts = whole["parts"]
    assert isinstance(parts, list)
    first = parts[0]
    assert isinstance(first, dict)
    return {**whole, "parts": [{**first, "index": 7}]}


def _receipt_unsigned(whole: Object) -> Object:
    receipt = whole["receipt"]
    assert isinstance(receipt, dict)
    return {**whole, "receipt": {**receipt, "head": "AAAA"}}


def _proofs_turned(whole: Object) -> Object:
    proof = whole["proof"]
    assert isinstance(proof, dict)
    proofs = proof["inclusion"]
    assert isinstance(proofs, list)
    return {**whole, "proof": {**proof, "inclusion": proofs[::-1]}}


def _proof_of_another_size(whole: Object) -> Object:
    proof = whole["proof"]
    assert isinstance(proof, dict)
    proofs = proof["inclusion"]
    assert isinstance(proofs, list)
    first = proofs[0]
    assert isinstance(first, dict)
    return {**whole, "proof": {**proof, "inclusion": [{**first, "size": 99}, *proofs[1:]]}}


def _proof_missing(whole: Object) -> Object:
    proof = whole["proof"]
    assert isinstance(proof, dict)
    proofs = proof["inclusion"]
    assert isinstance(proofs, list)
    return {**whole, "proof": {**proof, "inclusion": proofs[:-1]}}


def _checkpoint_is_an_act(whole: Object) -> Object:
    proof, acts = whole["proof"], whole["acts"]
    assert isinstance(proof, dict)
    assert isinstance(acts, list)
    return {**whole, "proof": {**proof, "checkpoint": acts[0]}}


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda whole: {**whole, "v": 2}, "form"),
        (lambda whole: {**whole, "type": "something-else"}, "form"),
        (lambda whole: {**whole, "v": True}, "form"),
        (_cards_turned, "cards"),
        (lambda whole: changed_act(whole, 1), "acts"),
        (_no_cards, "acts"),
        (_foreign_card, "acts"),
        (_acts_turned, "acts"),
        (lambda whole: {**whole, "acts": []}, "acts"),
        (_parts_doubled, "parts"),
        (_part_moved, "parts"),
        (_part_of_nothing, "parts"),
        (_receipt_unsigned, "receipt"),
        (_proofs_turned, "log"),
        (_proof_of_another_size, "log"),
        (_proof_missing, "log"),
        (_checkpoint_is_an_act, "log"),
    ],
)
def test_the_check_that_fails_is_named_and_the_reader_stops_there(
    two: Desks, change: Callable[[Object], Object], check: str
) -> None:
    whole = canonical.decode(certificate(two.north, kept(two)))
    assert failed_check(judged(two, canonical.encode(change(whole)))) == check


def test_the_receipt_of_another_request_is_not_this_ones(two: Desks) -> None:
    matter, other = kept(two), kept(two)
    foreign = canonical.decode(certificate(two.north, other))["receipt"]
    whole = canonical.decode(certificate(two.north, matter))
    assert foreign != whole["receipt"]
    mixed = canonical.encode({**whole, "receipt": foreign})
    assert failed_check(judged(two, mixed)) == "receipt"


def test_a_file_over_the_limit_is_not_read(two: Desks) -> None:
    whole = canonical.decode(certificate(two.north, kept(two)))
    report = judged(two, canonical.encode({**whole, "type": "x" * 1_048_577}))
    assert failed_check(report) == "form"
    assert "larger" in str(report.findings[-1].sentence)


def test_the_checks_run_in_the_order_of_the_page(two: Desks) -> None:
    findings = certified(two, two.north, kept(two)).findings
    assert [one.check for one in findings] == [
        "form",
        "cards",
        "acts",
        "parts",
        "fold",
        "receipt",
        "log",
        "roots",
        "roots",
    ]
    assert all(str(one.sentence).endswith(".") for one in findings)


def test_the_time_of_reading_changes_no_verdict(two: Desks) -> None:
    data = certificate(two.north, kept(two))
    for days in (-1, 0, 61, 10_000):
        report = verify_certificate(data, roots(two), now=NOW + days * DAY, suites=SUITES_0)
        assert report.verdict is Verdict.INTACT


def test_a_withdrawn_file_is_still_certified(two: Desks) -> None:
    matter = kept(two)
    withdraw(two.north, matter, by=OFFICER)
    stated = certified(two, two.north, matter).stated
    assert stated is not None
    assert stated.code == "release-due"


def test_a_file_is_certified_under_the_issuers_own_log(two: Desks) -> None:
    matter = kept(two)
    for house in (two.north, two.jin):
        report = certified(two, house, matter)
        (log,) = (one for one in report.findings if one.check == "log")
        assert house.origin in str(log.sentence)


def test_an_act_dated_outside_its_keys_days_is_altered(two: Desks) -> None:
    matter = kept(two)
    jin = two.states["XJN"]
    late = tuple(
        replace(key, since=NOW + DAY, until=NOW + 99 * DAY) if key.purpose is Purpose.ACTS else key
        for key in jin.card.signing
    )
    whole = canonical.decode(certificate(two.north, matter))
    cards = whole["cards"]
    assert isinstance(cards, list)
    theirs = canonical.decode(jin.envelope(signing=late))
    mixed = canonical.encode({**whole, "cards": [theirs, cards[1]]})
    assert failed_check(judged(two, mixed)) == "acts"
