"""Digests of files."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.facts import BadDigest, Digest, digest
from tests.facts import drawn

MD5 = "d41d8cd98f00b204e9800998ecf8427e"
SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("typed", "algorithm", "value"),
    [
        (MD5, "md5", MD5),
        (SHA1, "sha1", SHA1),
        (SHA256, "sha256", SHA256),
        (SHA256.upper(), "sha256", SHA256),
        (f"sha256:{SHA256}", "sha256", SHA256),
        (f"SHA-256 = {SHA256}", "sha256", SHA256),
        (f"SHA-1: {SHA1}", "sha1", SHA1),
        (f"md5 {MD5}", "md5", MD5),
        (" ".join(MD5[at : at + 4] for at in range(0, 32, 4)), "md5", MD5),
        (":".join(SHA1[at : at + 2] for at in range(0, 40, 2)), "sha1", SHA1),
    ],
)
def test_a_digest_is_cleaned(typed: str, algorithm: str, value: str) -> None:
    assert digest.clean(typed) == Digest(algorithm=algorithm, value=value)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ola",
        MD5[:-1],
        MD5 + "0",
        "g" * 32,
        f"sha1:{MD5}",
        f"md5:{SHA256}",
        "sha512:" + "a" * 128,
    ],
)
def test_what_is_no_digest_is_refused_with_the_lengths(typed: str) -> None:
    with pytest.raises(BadDigest, match="64 for SHA-256"):
        digest.clean(typed)


def test_the_algorithm_must_fit_the_length() -> None:
    with pytest.raises(BadDigest):
        Digest(algorithm="sha1", value=MD5)
    with pytest.raises(BadDigest):
        Digest(algorithm="md5", value=MD5.upper())


def test_a_file_name_is_shown_and_does_not_matter_for_comparing() -> None:
    named = Digest(algorithm="md5", value=MD5, name="invoice.exe")
    assert named.caption() == f"md5:{MD5} (invoice.exe)"
    assert named.normal == digest.clean(MD5).normal
    assert digest.clean(MD5).caption() == f"md5:{MD5}"


def test_an_endless_file_name_is_refused() -> None:
    assert Digest(algorithm="md5", value=MD5, name="a" * 255).name
    with pytest.raises(BadDigest, match="255"):
        Digest(algorithm="md5", value=MD5, name="a" * 256)


def test_an_absent_name_is_not_sent() -> None:
    assert "name" not in digest.clean(MD5).as_data()


@given(st.binary(), st.sampled_from(["md5", "sha1", "sha256"]))
def test_every_real_digest_is_taken(content: bytes, algorithm: str) -> None:
    value = hashlib.new(algorithm, content).hexdigest()
    assert digest.clean(value).algorithm == algorithm


@given(drawn.digests)
def test_the_normal_form_is_read_back(value: Digest) -> None:
    assert digest.clean(value.normal).normal == value.normal
