"""The certificate is checked by trusting nothing in it."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actions.certificate import certificate
from comity.actions.errors import NotAllowedError, NotFoundError
from comity.actions.verdict import Report, Verdict
from comity.actions.verify import verify_certificate
from comity.actions.withdraw import release, withdraw
from comity.seal import canonical
from comity.seal.suites import LIVE
from comity.seal.words import twelve_words
from tests.actions.desks import DAY, OFFICER, Desks, desks
from tests.actions.test_preservation import kept
from tests.directory.states import NOW
from tests.suite0 import SUITES_0

Json = canonical.Json


def made(*, live: bool = False) -> tuple[Desks, bytes]:
    two = desks(live=live)
    matter = kept(two)
    return two, certificate(two.north, matter)


def roots(two: Desks) -> dict[str, str]:
    return {name: state.root.public.id for name, state in two.states.items()}


def verdict(data: bytes, trusted: Mapping[str, str]) -> Report:
    return verify_certificate(data, trusted, now=NOW + DAY, suites=SUITES_0)


TWO, MADE = made()


def test_a_certificate_is_intact_and_says_what_is_kept() -> None:
    report = verdict(MADE, roots(TWO))
    assert report.verdict is Verdict.INTACT
    assert all(finding.held for finding in report.findings)
    stated = report.stated
    assert stated is not None
    assert (stated.requesting, stated.requested) == ("XNR", "XJN")
    assert (stated.instrument, stated.article) == ("budapest", "29")
    assert (stated.kept, stated.asked) == (1, 1)
    assert stated.until == NOW + 61 * DAY


def test_a_certificate_of_real_keys_is_intact_and_no_other_suite_opens_it() -> None:
    two, data = made(live=True)
    report = verify_certificate(data, roots(two), now=NOW + DAY, suites=LIVE)
    assert report.verdict is Verdict.INTACT
    # What suite 0 signed is never believed by a node or by ``comity verify``.
    assert verify_certificate(MADE, roots(TWO), now=NOW, suites=LIVE).verdict is Verdict.ALTERED
    spots = Random(5).sample(range(len(data)), 60)
    for spot in spots:
        bad = bytearray(data)
        bad[spot] ^= 1
        assert verify_certificate(bytes(bad), roots(two), now=NOW).verdict is Verdict.ALTERED


def test_the_words_do_as_well_as_the_key_id() -> None:
    spoken = {name: " ".join(twelve_words(root)).upper() for name, root in roots(TWO).items()}
    assert verdict(MADE, spoken).verdict is Verdict.INTACT


def test_without_a_root_nobody_can_tell_and_the_words_are_shown() -> None:
    report = verdict(MADE, {"XJN": roots(TWO)["XJN"]})
    assert report.verdict is Verdict.CANNOT_TELL
    assert dict(report.words)["XNR"] == twelve_words(roots(TWO)["XNR"])


def test_another_root_is_altered() -> None:
    swapped = dict(zip(roots(TWO), reversed(roots(TWO).values()), strict=True))
    assert verdict(MADE, swapped).verdict is Verdict.ALTERED


@given(spot=st.integers(0, len(MADE) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_never_intact(spot: int, bit: int) -> None:
    bad = bytearray(MADE)
    bad[spot] ^= 1 << bit
    assert verdict(bytes(bad), roots(TWO)).verdict is Verdict.ALTERED


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert verdict(data, roots(TWO)).verdict is Verdict.ALTERED


def test_every_member_is_looked_at() -> None:
    whole = canonical.decode(MADE)
    for name in whole:
        values: tuple[Json, ...] = (None, 7, "x", [], {}, [1], {"a": 1}, True)
        for value in values:
            changed = canonical.encode({**whole, name: value})
            allowed = {Verdict.ALTERED}
            if name == "receipt" and value is None:
                allowed = {Verdict.INTACT}
            if name == "parts" and value == []:
                allowed = {Verdict.INCOMPLETE}
            assert verdict(changed, roots(TWO)).verdict in allowed, (name, value)
    assert verdict(canonical.encode({**whole, "note": "hello"}), roots(TWO)).verdict is (
        Verdict.ALTERED
    )


def test_a_withheld_part_is_incomplete() -> None:
    whole = canonical.decode(MADE)
    report = verdict(canonical.encode({**whole, "parts": []}), roots(TWO))
    assert report.verdict is Verdict.INCOMPLETE
    assert report.stated is not None


def test_a_missing_act_is_noticed() -> None:
    whole = canonical.decode(MADE)
    acts, proof = whole["acts"], whole["proof"]
    assert isinstance(acts, list)
    assert isinstance(proof, dict)
    proofs = proof["inclusion"]
    assert isinstance(proofs, list)
    for gone in range(len(acts)):
        fewer = {
            **whole,
            "acts": acts[:gone] + acts[gone + 1 :],
            "proof": {**proof, "inclusion": proofs[:gone] + proofs[gone + 1 :]},
        }
        report = verdict(canonical.encode(fewer), roots(TWO))
        assert report.verdict in {Verdict.ALTERED, Verdict.INCOMPLETE}


def test_a_certificate_of_another_pair_does_not_lend_its_parts() -> None:
    two = desks()
    other = kept(two)
    foreign = canonical.decode(certificate(two.north, other))
    whole = canonical.decode(MADE)
    for name in ("acts", "parts", "proof", "receipt", "cards"):
        if foreign[name] != whole[name]:
            mixed = canonical.encode({**whole, name: foreign[name]})
            assert verdict(mixed, roots(TWO)).verdict is Verdict.ALTERED, name


def test_the_certificate_says_when_the_data_was_released() -> None:
    two = desks()
    matter = kept(two)
    withdraw(two.north, matter, by=OFFICER)
    two.exchange()
    release(two.jin, matter, by=OFFICER)
    two.exchange()
    report = verdict(certificate(two.north, matter), roots(two))
    assert report.verdict is Verdict.INTACT
    assert report.stated is not None
    assert report.stated.code == "closed"


def test_nothing_is_certified_before_something_is_kept() -> None:
    two = desks()
    with pytest.raises(NotFoundError):
        certificate(two.north, "sha256:" + "0" * 64)
    matter = two.ask()
    with pytest.raises(NotAllowedError):
        certificate(two.north, matter)


def test_the_requested_state_can_make_one_too() -> None:
    two = desks()
    matter = kept(two)
    report = verdict(certificate(two.jin, matter), roots(two))
    assert report.verdict is Verdict.INTACT
