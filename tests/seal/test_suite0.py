"""Suite 0 is for tests: fast, deterministic, and refused by everything that runs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.canonical import Json
from comity.seal.dsse import ACT_TYPE, prove, read_envelope, sign
from comity.seal.errors import BadKey, BadSignature, CannotOpen, SealError, UnknownSuite
from comity.seal.keys import OpenWith, SigningKey, Suite
from comity.seal.suite1 import SUITE_1
from comity.seal.suites import LIVE, read_seal_key, read_verify_key
from tests.seal.samples import NORTHMERE, bytes_named
from tests.suite0 import SUITE_0, SUITES_0, new_opening_key, new_signing_key

SRC = Path(__file__).parents[2] / "src"
SIGNS = new_signing_key(bytes_named("suite 0"))
OPENS = new_opening_key(bytes_named("suite 0"))
BOTH = {**LIVE, **SUITES_0}

# ------------------------------------------------------------------- refused where it matters


def test_what_runs_refuses_its_keys() -> None:
    with pytest.raises(UnknownSuite):
        read_verify_key(SIGNS.public.data())
    with pytest.raises(UnknownSuite):
        read_seal_key(OPENS.public.data())


@pytest.mark.parametrize("form", [SIGNS.public.data(), OPENS.public.data()])
def test_suite_1_refuses_its_keys_even_renumbered(form: dict[str, Json]) -> None:
    for number in (0, 1):
        with pytest.raises(BadKey):
            SUITE_1.read_verify({**form, "suite": number})
        with pytest.raises(BadKey):
            SUITE_1.read_seal({**form, "suite": number})


def test_an_envelope_of_it_is_not_believed_under_a_key_of_suite_1() -> None:
    with pytest.raises(BadSignature):
        prove(read_envelope(sign(b"{}", ACT_TYPE, SIGNS)), NORTHMERE.public, ACT_TYPE)


def test_nothing_that_runs_speaks_of_it() -> None:
    word = re.compile(r"suite[_ ]?0|SUITES_0|hmac-?test|xortest|from tests", re.IGNORECASE)
    found = [
        f"{path.relative_to(SRC)}:{number}"
        for path in SRC.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if word.search(line)
    ]
    assert found == []


# ------------------------------------------------------------------- useful where it is brought


def test_a_test_that_brings_it_can_use_it() -> None:
    signs: SigningKey = SIGNS
    opens: OpenWith = OPENS
    suite: Suite = SUITE_0
    assert suite.number == 0
    key = read_verify_key(signs.public.data(), BOTH)
    assert prove(read_envelope(sign(b"{}", ACT_TYPE, signs)), key, ACT_TYPE).payload == b"{}"
    to = read_seal_key(opens.public.data(), BOTH)
    assert (key.id, to.id) == (signs.public.id, opens.public.id)
    assert opens.open(to.seal(b"plain", b"info"), b"info") == b"plain"


def test_it_does_the_same_in_every_run() -> None:
    assert sign(b"{}", ACT_TYPE, SIGNS) == sign(b"{}", ACT_TYPE, SIGNS)
    assert OPENS.public.seal(b"plain", b"info") == OPENS.public.seal(b"plain", b"info")
    assert new_signing_key(bytes_named("suite 0")).public == SIGNS.public


ENVELOPE = sign(b"{}", ACT_TYPE, SIGNS)


@given(st.integers(0, len(ENVELOPE) - 1), st.integers(0, 7))
def test_it_notices_a_flipped_bit_in_an_envelope(place: int, bit: int) -> None:
    changed = bytearray(ENVELOPE)
    changed[place] ^= 1 << bit
    with pytest.raises(SealError):
        prove(read_envelope(bytes(changed)), SIGNS.public, ACT_TYPE)


@given(st.binary(max_size=200), st.binary(max_size=50), st.data())
def test_it_notices_a_flipped_bit_in_a_seal(
    plaintext: bytes, info: bytes, data: st.DataObject
) -> None:
    sealed = OPENS.public.seal(plaintext, info)
    assert OPENS.open(sealed, info) == plaintext
    place = data.draw(st.integers(0, len(sealed) - 1))
    changed = bytearray(sealed)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    for wrong, with_info in ((bytes(changed), info), (sealed, info + b"x"), (sealed[:15], info)):
        with pytest.raises(CannotOpen):
            OPENS.open(wrong, with_info)


def test_sealed_bytes_do_not_show_the_plaintext() -> None:
    assert b"plain text" not in OPENS.public.seal(b"plain text" * 10, b"")


@pytest.mark.parametrize("form", [{}, {"suite": 0}, {"hmactest": 1, "suite": 0}])
def test_it_refuses_what_is_not_its_own(form: dict[str, Json]) -> None:
    with pytest.raises(BadKey):
        SUITE_0.read_verify(form)
    with pytest.raises(BadKey):
        SUITE_0.read_seal(form)
