"""A wallet address, its checksum recomputed.

Bitcoin and Litecoin: Base58Check, bech32 (BIP 173) and bech32m (BIP 350). Dogecoin and
Tron: Base58Check. Ethereum and every chain with its addresses: EIP-55.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

import sha3  # type: ignore[import-untyped]
from stdnum import bitcoin
from stdnum.exceptions import ValidationError

from comity.facts.data import Data, text_of
from comity.facts.errors import BadWallet
from comity.facts.typed import as_typed
from comity.text import Sentence, say

LONGEST: Final = 90
# The first byte under Base58Check names the chain and the sort of address.
BASE58_CHAINS: Final = {
    0x00: "bitcoin",
    0x05: "bitcoin",
    0x1E: "dogecoin",
    0x30: "litecoin",
    0x32: "litecoin",
    0x41: "tron",
}
SEGWIT_CHAINS: Final = {"bc": "bitcoin", "ltc": "litecoin"}
CHAINS: Final = frozenset({*BASE58_CHAINS.values(), *SEGWIT_CHAINS.values(), "ethereum"})

_BASE58: Final = re.compile(r"[1-9A-HJ-NP-Za-km-z]{26,35}\Z")
_SEGWIT: Final = re.compile(r"(bc|ltc)1([02-9ac-hj-np-z]{8,87})\Z")
_EVM: Final = re.compile(r"0[xX][0-9a-fA-F]{40}\Z")
_BECH32_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_CHECK: Final = 1
_BECH32M_CHECK: Final = 0x2BC830A3
_BASE58_BYTES: Final = 25
_V0_PROGRAMS: Final = frozenset({20, 32})
_V1_PROGRAMS: Final = range(2, 41)
_LAST_VERSION: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """A chain and an address on it, in the one form that the chain prints."""

    kind: ClassVar[str] = "wallet"
    keys: ClassVar[frozenset[str]] = frozenset({"kind", "chain", "address"})
    chain: str
    address: str

    def __post_init__(self) -> None:
        """Refuse an address whose checksum is wrong or that is of another chain."""
        if _read(self.address) != (self.chain, self.address):
            raise BadWallet(_help())

    @property
    def normal(self) -> str:
        """Return the form to compare by."""
        return f"{self.chain}:{self.address}"

    def caption(self) -> str:
        """Return chain and address."""
        return f"{self.chain}: {self.address}"

    def as_data(self) -> Data:
        """Return the wire form."""
        return {"kind": self.kind, "chain": self.chain, "address": self.address}


def clean(text: str) -> Wallet:
    """Return the wallet that a person typed; its form says which chain it is on.

    :raises BadWallet: no known form, or a wrong checksum.
    """
    typed = as_typed(text, longest=LONGEST)
    for chain in sorted(CHAINS):
        typed = typed.removeprefix(f"{chain}:")
    chain, address = _read(typed.strip())
    return Wallet(chain=chain, address=address)


def from_data(data: Mapping[str, str | int]) -> Wallet:
    """Return the wallet of its wire form."""
    return Wallet(chain=text_of(data, "chain"), address=text_of(data, "address"))


def _read(address: str) -> tuple[str, str]:
    if _EVM.match(address):
        return "ethereum", _eip55(address)
    lowered = address.lower() if address.isupper() else address
    if segwit := _SEGWIT.match(lowered):
        return _segwit_chain(segwit[1], segwit[2]), lowered
    if _BASE58.match(address):
        return _base58_chain(address), address
    raise BadWallet(_help())


def _eip55(address: str) -> str:
    """Return the address with capitals as EIP-55 sets them; a wrong mixture is a typing error."""
    plain = address[2:].lower()
    digest: str = sha3.keccak_256(plain.encode("ascii")).hexdigest()
    right = "".join(
        sign.upper() if int(nibble, 16) > 7 else sign  # noqa: PLR2004 -- EIP-55
        for sign, nibble in zip(plain, digest, strict=False)
    )
    if address[2:] not in {right, plain, plain.upper()}:
        raise BadWallet(_wrong())
    return f"0x{right}"


def _base58_chain(address: str) -> str:
    decoded = bitcoin.b58decode(address)
    body, check = decoded[:-4], decoded[-4:]
    if len(decoded) != _BASE58_BYTES or body[0] not in BASE58_CHAINS:
        raise BadWallet(_help())
    if hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4] != check:
        raise BadWallet(_wrong())
    return BASE58_CHAINS[body[0]]


def _segwit_chain(prefix: str, coded: str) -> str:
    values = [_BECH32_ALPHABET.index(sign) for sign in coded]
    spread = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    check = _BECH32M_CHECK if values[0] else _BECH32_CHECK
    if bitcoin.bech32_checksum(spread + values) != check:
        raise BadWallet(_wrong())
    try:
        size = len(bitcoin.b32decode(values[1:-6]))
    except ValidationError as error:
        raise BadWallet(_wrong()) from error
    if values[0] > _LAST_VERSION or size not in (_V1_PROGRAMS if values[0] else _V0_PROGRAMS):
        raise BadWallet(_help())
    return SEGWIT_CHAINS[prefix]


def _help() -> Sentence:
    return say(
        "This is not a wallet address of Bitcoin, Ethereum, Tron, Litecoin or Dogecoin. "
        "Copy it whole; put an address of another chain into the description."
    )


def _wrong() -> Sentence:
    return say(
        "The checksum of this wallet address does not fit: a character is wrong or missing. "
        "Copy it again from where it was shown."
    )
