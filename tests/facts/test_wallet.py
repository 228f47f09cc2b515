"""Wallet addresses, against the vectors of BIP 173, BIP 350 and EIP-55."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import BadWallet, Hidden, Wallet, wallet
from comity.facts.wallet import BASE58_CHAINS
from tests.facts import drawn

BIP350_VALID = [
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
    "BC1SW50QGDZ25J",
    "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
]
BIP350_INVALID = [
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",  # bech32, not bech32m
    "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",  # bech32m, not bech32
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",  # invalid character
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",  # version 17
    "bc1pw5dgrnzv",  # one byte
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",  # version 0 of 16 bytes
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",  # padding
    "bc1gmk9yu",  # no data
    "bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",  # mixed case
]


@pytest.mark.parametrize(
    ("typed", "chain"),
    [
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "bitcoin"),
        ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "bitcoin"),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron"),
        ("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", "dogecoin"),
        ("LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9", "litecoin"),
        ("ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9", "litecoin"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ethereum"),
    ],
)
def test_the_chain_is_read_from_the_form(typed: str, chain: str) -> None:
    value = wallet.clean(typed)
    assert (value.chain, value.address) == (chain, typed)
    assert value.normal == f"{chain}:{typed}"


@pytest.mark.parametrize("typed", BIP350_VALID)
def test_the_valid_vectors_of_bip_350_are_taken_in_lower_case(typed: str) -> None:
    assert wallet.clean(typed) == Wallet(chain="bitcoin", address=typed.lower())


@pytest.mark.parametrize("typed", BIP350_INVALID)
def test_the_invalid_vectors_of_bip_350_are_refused(typed: str) -> None:
    with pytest.raises(BadWallet):
        wallet.clean(typed)


@pytest.mark.parametrize(
    "address",
    [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ],
)
def test_the_vectors_of_eip_55_are_taken_in_any_plain_case(address: str) -> None:
    for typed in (address, address.lower(), "0x" + address[2:].upper(), "0X" + address[2:]):
        assert wallet.clean(typed).address == address


def test_a_wrong_mixture_of_capitals_is_a_typing_error() -> None:
    with pytest.raises(BadWallet, match="checksum"):
        wallet.clean("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")


def test_the_scheme_of_a_payment_link_is_taken_off() -> None:
    assert wallet.clean("bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT").chain == "bitcoin"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ola",
        "0x1234",
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",  # a test network
        "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",  # a test network
        "1" * 34,
        "bc1",
    ],
)
def test_what_is_no_known_address_is_told_where_to_go(typed: str) -> None:
    with pytest.raises(BadWallet, match="description"):
        wallet.clean(typed)


def test_a_hidden_character_is_refused() -> None:
    with pytest.raises(Hidden):
        wallet.clean("1BoatSLRHtKN\u200bngkdXEeobR76b53LETtpyT")


def test_an_address_is_never_of_another_chain() -> None:
    with pytest.raises(BadWallet):
        Wallet(chain="tron", address="1BoatSLRHtKNngkdXEeobR76b53LETtpyT")


def test_the_caption_names_the_chain() -> None:
    assert wallet.clean("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t").caption().startswith("tron: TR7")


@given(drawn.wallets)
def test_a_computed_address_is_taken(value: Wallet) -> None:
    assert wallet.clean(value.address) == value


@given(drawn.base58_wallets, st.integers(1, 33), st.sampled_from(drawn.BASE58))
def test_one_wrong_sign_in_base58_is_found(value: Wallet, place: int, sign: str) -> None:
    wrong = value.address[:place] + sign + value.address[place + 1 :]
    if wrong != value.address:
        with pytest.raises(BadWallet):
            wallet.clean(wrong)


@given(drawn.segwit_wallets, st.integers(6, 12), st.sampled_from(drawn.BECH32))
def test_one_wrong_sign_in_bech32_is_found(value: Wallet, place: int, sign: str) -> None:
    wrong = value.address[:place] + sign + value.address[place + 1 :]
    if wrong != value.address:
        with pytest.raises(BadWallet):
            wallet.clean(wrong)


@given(st.integers(0, 255), st.binary(min_size=20, max_size=20))
def test_a_version_byte_of_no_listed_chain_is_refused(version: int, body: bytes) -> None:
    typed = drawn.base58check(version, body)
    if version not in BASE58_CHAINS:
        with pytest.raises(BadWallet):
            wallet.clean(typed)


@given(st.binary(min_size=20, max_size=20))
def test_bech32_and_bech32m_are_not_mixed_up(program: bytes) -> None:
    old_for_new = drawn.segwit("bc", 1, program, constant=1)
    new_for_old = drawn.segwit("bc", 0, program, constant=drawn.BECH32M_CHECK)
    for typed in (old_for_new, new_for_old):
        with pytest.raises(BadWallet, match="checksum"):
            wallet.clean(typed)
