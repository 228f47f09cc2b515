"""Accounts with a provider."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import Account, BadAccount, Hidden, Wildcard, account
from tests.facts import drawn


@pytest.mark.parametrize(
    ("typed", "provider", "name", "named_by"),
    [
        ("Telegram: @ola", "Telegram", "ola", "handle"),
        ("Telegram:ola", "Telegram", "ola", "handle"),
        ("Telegram: id 4711", "Telegram", "4711", "user_id"),
        ("VK: ID=4711", "VK", "4711", "user_id"),
        ("Skype: live:.cid.1f", "Skype", "live:.cid.1f", "handle"),
        ("  Big   Provider : ola ", "Big Provider", "ola", "handle"),
        ("YouTube: idefix", "YouTube", "idefix", "handle"),
        ("Chat: name#1234", "Chat", "name#1234", "handle"),
        ("网易: 用户", "网易", "用户", "handle"),
    ],
)
def test_an_account_is_cleaned(typed: str, provider: str, name: str, named_by: str) -> None:
    assert account.clean(typed) == Account(provider=provider, name=name, named_by=named_by)


def test_a_user_number_keeps_its_first_sign() -> None:
    assert account.clean_parts("Site", "@4711", named_by=account.USER_ID).name == "@4711"


def test_an_account_needs_a_provider_and_a_colon() -> None:
    with pytest.raises(BadAccount, match="a colon and the account"):
        account.clean("Telegram ola")
    with pytest.raises(BadAccount, match="which provider"):
        account.clean(": ola")


@pytest.mark.parametrize("typed", ["Telegram:", "Telegram: @", "Telegram: ola nordmann"])
def test_an_account_needs_one_name(typed: str) -> None:
    with pytest.raises(BadAccount, match="without spaces"):
        account.clean(typed)


@pytest.mark.parametrize("name", ["ol*", "ol?", "%ol%", "*"])
def test_a_wildcard_is_refused(name: str) -> None:
    with pytest.raises(Wildcard, match=r"\* \? %"):
        account.clean_parts("Telegram", name)


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2067", "\x07"])
def test_a_hidden_character_in_a_handle_is_refused(sign: str) -> None:
    with pytest.raises(Hidden):
        account.clean_parts("Telegram", f"ol{sign}a")
    with pytest.raises(Hidden):
        account.clean_parts(f"Tele{sign}gram", "ola")


def test_the_way_of_naming_is_one_of_two() -> None:
    with pytest.raises(BadAccount, match="handle or by user number"):
        Account(provider="Telegram", name="ola", named_by="nickname")


def test_endless_names_are_refused() -> None:
    with pytest.raises(BadAccount):
        Account(provider="Telegram", name="a" * 129)
    with pytest.raises(BadAccount):
        Account(provider="a" * 129, name="ola")


def test_capitals_and_wide_letters_do_not_make_another_handle() -> None:
    one, other = account.clean("TELEGRAM: Ola"), account.clean("telegram: ｏｌａ")
    assert one.normal == other.normal


def test_capitals_do_make_another_user_number() -> None:
    one, other = account.clean("YouTube: id UCa"), account.clean("YouTube: id UCA")
    assert one.normal != other.normal


def test_a_handle_is_never_a_user_number() -> None:
    one, other = account.clean("VK: 4711"), account.clean("VK: id 4711")
    assert one.normal != other.normal


def test_captions_say_how_the_account_is_named() -> None:
    assert account.clean("Telegram: ola").caption() == "Telegram: @ola"
    assert account.clean("Telegram: id 4711").caption() == "Telegram: id 4711"


@given(drawn.accounts)
def test_the_caption_of_a_user_number_is_read_back(value: Account) -> None:
    if value.named_by == account.USER_ID and value.name[0] not in ":=#":
        assert account.clean(value.caption()).normal == value.normal


@given(drawn.accounts, st.sampled_from([account.HANDLE, account.USER_ID]))
def test_parts_are_kept_apart(value: Account, named_by: str) -> None:
    cleaned = account.clean_parts(value.provider, value.name, named_by=named_by)
    assert (cleaned.provider, cleaned.named_by) == (value.provider, named_by)
