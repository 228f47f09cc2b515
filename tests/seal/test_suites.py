import subprocess
import sys
from types import MappingProxyType
from typing import NoReturn, Self

import pytest
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey

from comity.seal.canonical import Json
from comity.seal.errors import BadKey, NoHybrid, UnknownSuite
from comity.seal.suite1 import SUITE_1
from comity.seal.suites import LIVE, assert_backend, read_seal_key, read_verify_key
from tests.seal.samples import JINHAI_OPENS, NORTHMERE

SIGNING_FORM = NORTHMERE.public.data()
SEALING_FORM = JINHAI_OPENS.public.data()


def test_suite_1_is_the_only_one_in_force() -> None:
    assert list(LIVE) == [1]
    assert isinstance(LIVE, MappingProxyType)


def test_keys_of_suite_1_are_read() -> None:
    assert read_verify_key(SIGNING_FORM) == NORTHMERE.public
    assert read_seal_key(SEALING_FORM) == JINHAI_OPENS.public


@pytest.mark.parametrize("number", [0, 2, -1, 2**53 - 1, True, False, None, "1", [1], {}])
def test_every_other_suite_is_refused(number: Json) -> None:
    for form in (SIGNING_FORM, SEALING_FORM):
        with pytest.raises(UnknownSuite) as refused:
            read_verify_key({**form, "suite": number})
        assert refused.value.code == "unknown-suite"
        with pytest.raises(UnknownSuite):
            read_seal_key({**form, "suite": number})


def test_a_key_without_a_suite_is_refused() -> None:
    with pytest.raises(UnknownSuite):
        read_verify_key({})


def test_a_key_of_the_other_kind_is_refused() -> None:
    with pytest.raises(BadKey):
        read_verify_key(SEALING_FORM)
    with pytest.raises(BadKey):
        read_seal_key(SIGNING_FORM)


def test_no_suite_is_accepted_where_none_is_in_force() -> None:
    with pytest.raises(UnknownSuite):
        read_verify_key(SIGNING_FORM, {})


# ------------------------------------------------------------------- the backend


def test_this_machine_does_all_of_suite_1() -> None:
    assert_backend()


class Unable:
    """A library built against an OpenSSL that has no such algorithm."""

    @staticmethod
    def from_seed_bytes(_: bytes) -> NoReturn:
        message = "not supported by this version of OpenSSL"
        raise UnsupportedAlgorithm(message)


@pytest.mark.parametrize("algorithm", ["MLDSA65PrivateKey", "MLKEM768PrivateKey"])
def test_a_machine_that_cannot_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, algorithm: str
) -> None:
    monkeypatch.setattr(f"comity.seal.suite1.{algorithm}", Unable)
    with pytest.raises(NoHybrid, match="Install the wheel of “cryptography” 50"):
        assert_backend()


class OtherSigning:
    """A library that makes other keys from a seed than FIPS 204 says."""

    @staticmethod
    def from_seed_bytes(_: bytes) -> MLDSA65PrivateKey:
        return MLDSA65PrivateKey.from_seed_bytes(b"\1" * 32)


class OtherSealing:
    """A library that makes other keys from a seed than FIPS 203 says."""

    @staticmethod
    def from_seed_bytes(_: bytes) -> MLKEM768PrivateKey:
        return MLKEM768PrivateKey.from_seed_bytes(b"\1" * 64)


@pytest.mark.parametrize(
    ("algorithm", "other"),
    [("MLDSA65PrivateKey", OtherSigning), ("MLKEM768PrivateKey", OtherSealing)],
)
def test_a_machine_that_makes_other_keys_is_refused(
    monkeypatch: pytest.MonkeyPatch, algorithm: str, other: type
) -> None:
    monkeypatch.setattr(f"comity.seal.suite1.{algorithm}", other)
    with pytest.raises(NoHybrid):
        assert_backend()


class Gullible:
    """A library that believes every signature of one half."""

    def __init__(self, key: MLDSA65PrivateKey | Ed25519PrivateKey) -> None:
        self.key = key

    @classmethod
    def from_seed_bytes(cls, seed: bytes) -> Self:
        return cls(MLDSA65PrivateKey.from_seed_bytes(seed))

    @classmethod
    def from_private_bytes(cls, seed: bytes) -> Self:
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)

    def public_key(self) -> Self:
        return self

    def public_bytes_raw(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def verify(self, *_: bytes) -> None:
        """Believe it."""


@pytest.mark.parametrize("half", ["Ed25519PrivateKey", "MLDSA65PrivateKey"])
def test_a_machine_that_believes_one_half_unseen_is_refused(
    monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    monkeypatch.setattr(f"comity.seal.suite1.{half}", Gullible)
    with pytest.raises(NoHybrid):
        assert_backend()


class Suspicious(Gullible):
    """A library that believes no signature of one half."""

    def verify(self, *_: bytes) -> None:
        raise InvalidSignature


@pytest.mark.parametrize("half", ["Ed25519PrivateKey", "MLDSA65PrivateKey"])
def test_a_machine_that_believes_nothing_is_refused(
    monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    monkeypatch.setattr(f"comity.seal.suite1.{half}", Suspicious)
    with pytest.raises(NoHybrid):
        assert_backend()


@pytest.mark.parametrize("missing", ["hpke", "asymmetric.mldsa", "asymmetric.mlkem"])
def test_an_older_library_says_what_to_install(missing: str) -> None:
    program = f"import sys; sys.modules['cryptography.hazmat.primitives.{missing}'] = None"
    assert "NoHybrid: This machine cannot sign with ML-DSA-65" in _said_on_import(program)


def test_a_library_without_x_wing_says_what_to_install() -> None:
    program = (
        "from cryptography.exceptions import UnsupportedAlgorithm\n"
        "from cryptography.hazmat.primitives import hpke\n"
        "def unable(*_):\n"
        "    raise UnsupportedAlgorithm('not supported')\n"
        "hpke.Suite = unable"
    )
    assert "NoHybrid: This machine cannot sign with ML-DSA-65" in _said_on_import(program)


def _said_on_import(program: str) -> str:
    """Return what a process says that runs ``program`` and then loads the suites."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport comity.seal.suites"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr


def test_no_suite_can_be_added_to_the_list() -> None:
    with pytest.raises(TypeError):
        LIVE[0] = SUITE_1  # type: ignore[index]
