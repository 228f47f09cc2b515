"""The list of suites in force, and the check that this machine can do them.

Suites are listed here, never negotiated (``spec/seal-v1.md``).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm

from comity.seal.canonical import Json
from comity.seal.errors import NoHybrid, SealError, UnknownSuite
from comity.seal.keys import SealTo, Suite, VerifyKey
from comity.seal.suite1 import (
    OPENING_SEED,
    SIGNING_SEED,
    SUITE_1,
    Ed25519MlDsa65Signing,
    MlKem768X25519Open,
)
from comity.text import say

LIVE: Final[Mapping[int, Suite]] = MappingProxyType({SUITE_1.number: SUITE_1})
"""The suites that a node accepts."""

_SIGNING_ID: Final = "sha256:d18f9a869b262e0581d65ab91d95fc8ea220685c11c85058afe4ae66c26fcaaf"
_SEALING_ID: Final = "sha256:801ed45124c8f447368af469292efad65e17e44caea2cb64319287c92eae1b6d"


def read_verify_key(data: Mapping[str, Json], suites: Mapping[int, Suite] = LIVE) -> VerifyKey:
    """Return the signing key of a public form; raise ``UnknownSuite`` or ``BadKey``."""
    return _suite(data, suites).read_verify(data)


def read_seal_key(data: Mapping[str, Json], suites: Mapping[int, Suite] = LIVE) -> SealTo:
    """Return the sealing key of a public form; raise ``UnknownSuite`` or ``BadKey``."""
    return _suite(data, suites).read_seal(data)


def assert_backend() -> None:
    """Return when this machine's library does all of suite 1; else raise ``NoHybrid``.

    It makes keys from fixed seeds and compares their ids, signs and checks,
    seals and opens, and sees that a changed byte is refused.
    """
    try:
        works = _signs() and _seals()
    except (UnsupportedAlgorithm, SealError) as error:
        raise NoHybrid from error
    if not works:
        raise NoHybrid


def _suite(data: Mapping[str, Json], suites: Mapping[int, Suite]) -> Suite:
    number = data.get("suite")
    if type(number) is not int or number not in suites:
        raise UnknownSuite(
            say(
                "The key is of a suite that is not in force here. Do not use it; "
                "ask the State that published it which version of Comity it runs."
            )
        )
    return suites[number]


def _signs() -> bool:
    key = Ed25519MlDsa65Signing.from_seed(bytes(SIGNING_SEED))
    message = b"comity/self-test/v1"
    signatures = key.sign(message)
    key.public.verify(message, signatures)
    return key.public.id == _SIGNING_ID and _refused(key, message, signatures)


def _refused(key: Ed25519MlDsa65Signing, message: bytes, signatures: tuple[bytes, ...]) -> bool:
    for changed in (
        (bytes(len(signatures[0])), signatures[1]),
        (signatures[0], bytes(len(signatures[1]))),
    ):
        try:
            key.public.verify(message, changed)
        except SealError:
            continue
        return False
    return True


def _seals() -> bool:
    key = MlKem768X25519Open.from_seed(bytes(OPENING_SEED))
    opened = key.open(key.public.seal(b"plain", b"info"), b"info")
    return key.public.id == _SEALING_ID and opened == b"plain"
