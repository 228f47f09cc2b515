"""Hypothesis strategies for every kind of identifier, made without the code under test.

Checksums are computed here from the specifications (BIP 173, BIP 350, ISO 13616), the other
way round from the room's own reading.
"""

import hashlib
import unicodedata
from datetime import UTC, date, datetime
from ipaddress import IPv4Address, IPv6Address
from string import ascii_lowercase, digits
from typing import Final

from hypothesis import strategies as st

from comity.facts import (
    Account,
    Connection,
    Digest,
    Domain,
    EmailAddress,
    Iban,
    Period,
    Phone,
    Unknown,
    Url,
    Value,
    Wallet,
)
from comity.facts.digest import LENGTHS
from comity.facts.wallet import BASE58_CHAINS, SEGWIT_CHAINS

BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BECH32M_CHECK: Final = 0x2BC830A3


def base58check(version: int, body: bytes) -> str:
    """Return version byte and body in Base58Check."""
    payload = bytes([version]) + body
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(payload), ""
    while number:
        number, rest = divmod(number, 58)
        text = BASE58[rest] + text
    return "1" * (len(payload) - len(payload.lstrip(b"\0"))) + text


def _polymod(values: list[int]) -> int:
    generator = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit in range(5):
            check ^= generator[bit] if (top >> bit) & 1 else 0
    return check


def segwit(prefix: str, version: int, program: bytes, *, constant: int | None = None) -> str:
    """Return a segregated witness address; bech32m from version 1 on."""
    bits = "".join(f"{byte:08b}" for byte in program)
    bits += "0" * (-len(bits) % 5)
    values = [version] + [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    spread = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    goal = constant if constant is not None else (BECH32M_CHECK if version else 1)
    check = _polymod(spread + values + [0] * 6) ^ goal
    values += [(check >> 5 * (5 - at)) & 31 for at in range(6)]
    return prefix + "1" + "".join(BECH32[value] for value in values)


def iban_of(country: str, account: str) -> str:
    """Return an IBAN with its check digits."""
    moved = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(moved) % 97:02}{account}"


labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
names = st.builds(
    lambda parts, ending: ".".join([*parts, ending]),
    st.lists(labels, min_size=1, max_size=3),
    st.sampled_from(["com", "org", "co.uk", "xn--p1ai", "newending"]),
)
domains = st.builds(lambda name: Domain(name=name), names)
locals_ = st.text(ascii_lowercase + digits + ".!#$&'+/=^_`{|}~-ABCé用", min_size=1, max_size=20)
emails = st.builds(lambda local, name: EmailAddress(address=f"{local}@{name}"), locals_, names)
words = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd"], include_characters="._-:#"),
    min_size=1,
    max_size=30,
).map(lambda text: unicodedata.normalize("NFC", text))
accounts = st.builds(
    lambda provider, name, by: Account(provider=provider, name=name, named_by=by),
    st.sampled_from(["Telegram", "VK", "网易", "Big Provider Ltd"]),
    words,
    st.sampled_from(["handle", "user_id"]),
)
phones = st.builds(
    lambda number: Phone(number=number), st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)
)
ibans = st.builds(
    lambda body: Iban(number=iban_of("DE", body)), st.text(digits, min_size=18, max_size=18)
)
base58_wallets = st.builds(
    lambda version, body: Wallet(chain=BASE58_CHAINS[version], address=base58check(version, body)),
    st.sampled_from(sorted(BASE58_CHAINS)),
    st.binary(min_size=20, max_size=20),
)
segwit_wallets = st.builds(
    lambda prefix, version, program: Wallet(
        chain=SEGWIT_CHAINS[prefix],
        address=segwit(prefix, version, program if version else (program * 10)[:20]),
    ),
    st.sampled_from(sorted(SEGWIT_CHAINS)),
    st.integers(0, 16),
    st.binary(min_size=2, max_size=40),
)
evm_wallets = st.sampled_from(
    [
        Wallet(chain="ethereum", address=address)
        for address in (  # the examples of EIP-55
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        )
    ]
)
wallets = st.one_of(base58_wallets, segwit_wallets, evm_wallets)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31))  # noqa: DTZ001
ips: st.SearchStrategy[IPv4Address | IPv6Address] = st.one_of(
    st.ip_addresses(v=4), st.ip_addresses(v=6, network="2000::/3")
)
zones = st.sampled_from([None, "UTC", "+02:00", "-09:30", "Europe/Berlin"])
instants = st.builds(
    lambda ip, port, at, zone: Connection(ip=ip, port=port, at=at.replace(tzinfo=UTC), zone=zone),
    ips,
    st.none() | st.integers(1, 65_535),
    moments,
    zones,
)
unzoned = st.builds(
    lambda ip, local, exact: Connection(
        ip=ip,
        local=local if exact else local.replace(second=0, microsecond=0),
        to_second=exact,
    ),
    ips,
    moments,
    st.booleans(),
)
connections = st.one_of(instants, unzoned, st.builds(lambda ip: Connection(ip=ip), ips))
urls = st.builds(
    lambda scheme, name, path: Url(address=f"{scheme}://{name}/{path}"),
    st.sampled_from(["http", "https", "ftp"]),
    names,
    st.text(ascii_lowercase + digits + "/?&=%20-_.~#", max_size=40),
)
digests = st.builds(
    lambda raw, length, name: Digest(
        algorithm=LENGTHS[length], value=(raw * 8).hex()[:length], name=name
    ),
    st.binary(min_size=8, max_size=8),
    st.sampled_from(sorted(LENGTHS)),
    st.just("") | words,
)
periods = st.builds(
    lambda days: Period(first=min(days), last=max(days)),
    st.tuples(st.dates(date(1970, 1, 1)), st.dates(date(1970, 1, 1))),
)
unknowns = st.builds(
    lambda kind, fields: Unknown(kind=f"new_{kind}", fields=tuple(sorted(fields.items()))),
    st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True).filter(lambda key: key != "kind"),
        st.text(max_size=40) | st.integers(-(2**53) + 1, 2**53 - 1),
        max_size=8,
    ),
)
known: st.SearchStrategy[Value] = st.one_of(
    accounts,
    connections,
    digests,
    domains,
    emails,
    ibans,
    periods,
    phones,
    urls,
    wallets,
)
values: st.SearchStrategy[Value] = known | unknowns
