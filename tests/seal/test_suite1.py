import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.canonical import Json, encode
from comity.seal.errors import BadKey, BadSignature, CannotOpen
from comity.seal.forms import b64, digest, unb64
from comity.seal.keys import OpenWith, SealTo, SigningKey, Suite, VerifyKey
from comity.seal.suite1 import (
    OVERHEAD,
    SUITE_1,
    Ed25519MlDsa65Signing,
    MlKem768X25519Open,
    new_opening_key,
    new_signing_key,
)
from tests.seal.samples import JINHAI, JINHAI_OPENS, NORTHMERE, bytes_named, opening_key

MESSAGE = b"preserve this account"
INFO = b"comity/message/v1\0{}"

# RFC 8032 section 7.1, test 1.
ED25519_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
ED25519_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
ED25519_OF_NOTHING = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)


def changed(data: bytes, place: int, bit: int = 0) -> bytes:
    return data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]


# ------------------------------------------------------------------- shapes


def test_suite_1_has_the_shapes_that_the_rooms_above_ask_for() -> None:
    signs: SigningKey = NORTHMERE
    verifies: VerifyKey = NORTHMERE.public
    opens: OpenWith = JINHAI_OPENS
    seals: SealTo = JINHAI_OPENS.public
    suite: Suite = SUITE_1
    assert signs.public == verifies
    assert opens.public == seals
    assert suite.number == verifies.suite == seals.suite == 1


def test_a_key_never_shows_its_secret() -> None:
    for key in (NORTHMERE, JINHAI_OPENS):
        seed = key.seed()
        shown = repr(key) + str(key)
        assert not any(word in shown for word in (seed.hex()[:16], repr(seed[:8])[2:-1]))
        assert "PrivateKey" not in shown


# ------------------------------------------------------------------- signing keys


def test_the_public_form_and_id_are_those_of_the_page() -> None:
    form = NORTHMERE.public.data()
    assert set(form) == {"ed25519", "mldsa65", "suite"}
    assert form["suite"] == 1
    assert [len(unb64(str(form[name]))) for name in ("ed25519", "mldsa65")] == [32, 1952]
    assert NORTHMERE.public.id == digest(encode(form))
    assert NORTHMERE.public.halves == ("ed25519", "ml-dsa-65")


def test_the_first_half_of_the_seed_is_that_of_rfc_8032() -> None:
    key = Ed25519MlDsa65Signing.from_seed(ED25519_SEED + bytes(32))
    assert key.public.data()["ed25519"] == b64(ED25519_PUBLIC)
    assert key.sign(b"")[0] == ED25519_OF_NOTHING


def test_a_key_comes_back_from_its_seed() -> None:
    again = Ed25519MlDsa65Signing.from_seed(NORTHMERE.seed())
    assert again.public == NORTHMERE.public
    assert again.public.data() == NORTHMERE.public.data()
    again.public.verify(MESSAGE, NORTHMERE.sign(MESSAGE))


def test_a_new_key_takes_its_seed_from_the_caller() -> None:
    seed = bytes(range(64))
    assert new_signing_key(lambda _: seed).seed() == seed
    one, two = new_signing_key(bytes_named("one")), new_signing_key(bytes_named("two"))
    assert one.public != two.public


@pytest.mark.parametrize("length", [0, 32, 63, 65])
def test_a_seed_of_another_length_is_our_own_mistake(length: int) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Ed25519MlDsa65Signing.from_seed(bytes(length))


def test_a_public_key_comes_back_from_its_form() -> None:
    key = SUITE_1.read_verify(NORTHMERE.public.data())
    assert key == NORTHMERE.public
    key.verify(MESSAGE, NORTHMERE.sign(MESSAGE))


def _without(form: dict[str, Json], name: str) -> dict[str, Json]:
    return {member: value for member, value in form.items() if member != name}


FORM = NORTHMERE.public.data()
BAD_FORMS: list[dict[str, Json]] = [
    {},
    {"suite": 1},
    _without(FORM, "ed25519"),
    _without(FORM, "mldsa65"),
    _without(FORM, "suite"),
    {**FORM, "note": ""},
    {**FORM, "ed25519": None},
    {**FORM, "ed25519": []},
    {**FORM, "ed25519": ""},
    {**FORM, "ed25519": b64(bytes(31))},
    {**FORM, "ed25519": b64(bytes(33))},
    {**FORM, "ed25519": str(FORM["ed25519"]) + "\n"},
    {**FORM, "mldsa65": b64(bytes(1951))},
    {**FORM, "mldsa65": b64(bytes(1953))},
    {**FORM, "mldsa65": str(FORM["mldsa65"])[:-4]},
    JINHAI_OPENS.public.data(),
]


@pytest.mark.parametrize("form", BAD_FORMS, ids=",".join)
def test_a_public_form_that_is_not_exactly_the_page_s_is_refused(form: dict[str, Json]) -> None:
    with pytest.raises(BadKey, match=r"corrected card"):
        SUITE_1.read_verify(form)


def test_the_sentence_names_the_member_to_look_at() -> None:
    with pytest.raises(BadKey, match="“mldsa65”"):
        SUITE_1.read_verify({**FORM, "mldsa65": ""})
    with pytest.raises(BadKey, match="“note”"):
        SUITE_1.read_verify({**FORM, "note": ""})


# ------------------------------------------------------------------- signatures


def test_a_signature_has_two_halves_of_fixed_length() -> None:
    assert [len(half) for half in NORTHMERE.sign(MESSAGE)] == [64, 3309]


@given(st.binary(max_size=300))
def test_what_is_signed_verifies(message: bytes) -> None:
    NORTHMERE.public.verify(message, NORTHMERE.sign(message))


SIGNED = NORTHMERE.sign(MESSAGE)
STRANGERS = JINHAI.sign(MESSAGE)
OTHERS = NORTHMERE.sign(b"release this account")


@pytest.mark.parametrize(
    "signatures",
    [
        (),
        (SIGNED[0],),
        (SIGNED[1],),
        (SIGNED[0], SIGNED[0]),
        (SIGNED[1], SIGNED[1]),
        (SIGNED[1], SIGNED[0]),
        (*SIGNED, SIGNED[1]),
        (SIGNED[0], b""),
        (b"", SIGNED[1]),
        (SIGNED[0], bytes(3309)),
        (bytes(64), SIGNED[1]),
        (SIGNED[0], STRANGERS[1]),
        (STRANGERS[0], SIGNED[1]),
        STRANGERS,
        (SIGNED[0], OTHERS[1]),
        (OTHERS[0], SIGNED[1]),
        OTHERS,
        (SIGNED[0][:-1], SIGNED[1]),
        (SIGNED[0], SIGNED[1][:-1]),
        (SIGNED[0] + b"\0", SIGNED[1]),
        (SIGNED[0], SIGNED[1] + b"\0"),
    ],
)
def test_both_halves_must_be_there_and_verify(signatures: tuple[bytes, ...]) -> None:
    with pytest.raises(BadSignature):
        NORTHMERE.public.verify(MESSAGE, signatures)


@given(st.data())
def test_one_flipped_bit_in_either_half_is_refused(data: st.DataObject) -> None:
    half = data.draw(st.integers(0, 1))
    place = data.draw(st.integers(0, len(SIGNED[half]) - 1))
    wrong = list(SIGNED)
    wrong[half] = changed(wrong[half], place, data.draw(st.integers(0, 7)))
    with pytest.raises(BadSignature):
        NORTHMERE.public.verify(MESSAGE, tuple(wrong))


def test_an_ed25519_signature_with_s_above_the_order_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    first = SIGNED[0]
    large = int.from_bytes(first[32:], "little") + order
    with pytest.raises(BadSignature):
        NORTHMERE.public.verify(MESSAGE, (first[:32] + large.to_bytes(32, "little"), SIGNED[1]))


def test_the_error_says_nothing_of_which_half_failed() -> None:
    sentences = set()
    for signatures in ((bytes(64), SIGNED[1]), (SIGNED[0], bytes(3309)), ()):
        with pytest.raises(BadSignature) as refused:
            NORTHMERE.public.verify(MESSAGE, signatures)
        sentences.add(str(refused.value))
    assert len(sentences) == 1


# ------------------------------------------------------------------- sealing keys


def test_the_sealing_form_and_id_are_those_of_the_page() -> None:
    form = JINHAI_OPENS.public.data()
    assert set(form) == {"mlkem768x25519", "suite"}
    assert len(unb64(str(form["mlkem768x25519"]))) == 1216
    assert JINHAI_OPENS.public.id == digest(encode(form))


def test_a_sealing_key_comes_back_from_its_form_and_its_seed() -> None:
    again = MlKem768X25519Open.from_seed(JINHAI_OPENS.seed())
    public = SUITE_1.read_seal(JINHAI_OPENS.public.data())
    assert public == JINHAI_OPENS.public == again.public
    assert again.open(public.seal(MESSAGE, INFO), INFO) == MESSAGE
    assert new_opening_key(lambda _: JINHAI_OPENS.seed()).public == public


@pytest.mark.parametrize("length", [0, 32, 64, 95, 97])
def test_an_opening_seed_of_another_length_is_our_own_mistake(length: int) -> None:
    with pytest.raises(ValueError, match="96 bytes"):
        MlKem768X25519Open.from_seed(bytes(length))


RAW = unb64(str(JINHAI_OPENS.public.data()["mlkem768x25519"]))


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"mlkem768x25519": b64(RAW)},
        {"mlkem768x25519": b64(RAW), "suite": 1, "note": ""},
        {"mlkem768x25519": 7, "suite": 1},
        {"mlkem768x25519": b64(RAW[:-1]), "suite": 1},
        {"mlkem768x25519": b64(RAW + b"\0"), "suite": 1},
        {"mlkem768x25519": b64(RAW[1184:] + RAW[:1184]), "suite": 1},  # the halves swapped
        {"mlkem768x25519": b64(b"\xff" * 1184 + RAW[1184:]), "suite": 1},  # FIPS 203 7.2
        {"mlkem768x25519": b64(RAW[:1184] + bytes(32)), "suite": 1},  # a point of low order
        {"mlkem768x25519": b64(RAW[:1184] + b"\1" + bytes(31)), "suite": 1},
        NORTHMERE.public.data(),
    ],
    ids=range(11),
)
def test_a_sealing_form_that_cannot_be_used_is_refused(form: dict[str, Json]) -> None:
    with pytest.raises(BadKey):
        SUITE_1.read_seal(form)


# ------------------------------------------------------------------- sealing


@given(st.binary(max_size=300), st.binary(max_size=100))
def test_what_is_sealed_opens_with_the_same_info(plaintext: bytes, info: bytes) -> None:
    sealed = JINHAI_OPENS.public.seal(plaintext, info)
    assert len(sealed) == len(plaintext) + OVERHEAD
    assert JINHAI_OPENS.open(sealed, info) == plaintext


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 200_000])
def test_long_and_empty_info_binds_too(length: int) -> None:
    info = b"i" * length
    sealed = JINHAI_OPENS.public.seal(MESSAGE, info)
    assert JINHAI_OPENS.open(sealed, info) == MESSAGE
    with pytest.raises(CannotOpen):
        JINHAI_OPENS.open(sealed, info + b"i")


SEALED = JINHAI_OPENS.public.seal(MESSAGE, INFO)


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    again = JINHAI_OPENS.public.seal(MESSAGE, INFO)
    assert again[:1120] != SEALED[:1120]
    assert again[1120:] != SEALED[1120:]


@given(st.integers(0, len(SEALED) - 1), st.integers(0, 7))
def test_one_flipped_bit_does_not_open(place: int, bit: int) -> None:
    with pytest.raises(CannotOpen):
        JINHAI_OPENS.open(changed(SEALED, place, bit), INFO)


@pytest.mark.parametrize("length", [0, 1, 15, 16, 1087, 1119, 1120, 1135, 1136, len(SEALED) - 1])
def test_a_piece_of_it_does_not_open(length: int) -> None:
    with pytest.raises(CannotOpen):
        JINHAI_OPENS.open(SEALED[:length], INFO)


def test_a_low_order_point_inside_the_seal_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        JINHAI_OPENS.open(SEALED[:1088] + bytes(32) + SEALED[1120:], INFO)


@given(st.binary(max_size=1300))
def test_garbage_does_not_open(data: bytes) -> None:
    with pytest.raises(CannotOpen):
        JINHAI_OPENS.open(data, INFO)


def test_another_key_or_info_does_not_open() -> None:
    with pytest.raises(CannotOpen, match="newest card"):
        opening_key("northmere").open(SEALED, INFO)
    for info in (b"", INFO + b" ", INFO[:-1]):
        with pytest.raises(CannotOpen):
            JINHAI_OPENS.open(SEALED, info)
