"""Sending a call: to the pinned certificate and to nothing else, within bytes and seconds."""

import ssl
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from comity.directory.card import Endpoint
from comity.transport.errors import (
    NoConnection,
    NoReply,
    ReplyTooLarge,
    UnsignedRefusal,
    WrongCertificate,
)
from comity.transport.post import Post
from comity.wire.errors import Code
from comity.wire.frame import MAX_BODY
from comity.wire.refusal import write_refusal
from tests.transport.ground import Papers, free_port, papers, started
from tests.transport.odd_server import odd_server, saying


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("theirs"))


@pytest.fixture(scope="module")
def port(ours: Papers) -> Iterator[int]:
    number = free_port()
    command = ["-m", "tests.transport.echo", str(number), str(ours.certificate), str(ours.key)]
    with started([*command, "0", "5"], ports=[number]):
        yield number


def endpoint(port: int, made: Papers, path: str = "") -> Endpoint:
    return Endpoint(url=f"https://127.0.0.1:{port}{path}", tls=made.digest)


def test_a_call_reaches_the_node_port(port: int, ours: Papers) -> None:
    assert Post()(endpoint(port, ours), "/inbox", bytes(1000)) == b"1000"


def test_the_connection_is_kept(ours: Papers) -> None:
    with odd_server(ours, _twice) as (number, heard):
        post = Post()
        assert post(endpoint(number, ours), "/inbox", b"first") == b"one"
        assert post(endpoint(number, ours), "/inbox", b"second") == b"two"
        assert len(heard.requests) == 1


def _twice(line: ssl.SSLSocket) -> None:
    saying("200 OK", b"one")(line)
    line.recv(65_536)
    saying("200 OK", b"two")(line)


def test_a_path_of_the_endpoint_comes_before_the_call_s(ours: Papers) -> None:
    with odd_server(ours, saying("200 OK", b"ok")) as (number, heard):
        assert Post()(endpoint(number, ours, "/comity"), "/sync", b"x") == b"ok"
    assert heard.requests[0].startswith(b"POST /comity/sync HTTP/1.1\r\n")
    assert heard.requests[0].endswith(b"\r\n\r\nx")


def test_another_certificate_is_refused_and_nothing_is_sent(ours: Papers, theirs: Papers) -> None:
    with odd_server(theirs, saying("200 OK", b"ok")) as (number, heard):
        with pytest.raises(WrongCertificate, match="Nothing was sent"):
            Post()(endpoint(number, ours), "/inbox", b"secret")
        assert heard.requests in ([], [b""])


def test_a_certificate_changed_between_two_calls_is_refused(ours: Papers, theirs: Papers) -> None:
    with odd_server(ours, saying("200 OK", b"ok", "Connection: close")) as (number, _):
        post = Post()
        assert post(endpoint(number, ours), "/inbox", b"x") == b"ok"
        with pytest.raises(WrongCertificate):
            post(endpoint(number, theirs), "/inbox", b"x")


def test_tls_below_1_3_is_refused(ours: Papers) -> None:
    behave = saying("200 OK", b"ok")
    with (
        odd_server(ours, behave, most=ssl.TLSVersion.TLSv1_2) as (number, heard),
        pytest.raises(WrongCertificate),
    ):
        Post()(endpoint(number, ours), "/inbox", b"secret")
    assert heard.requests == []


def test_nobody_at_the_address_is_no_connection(ours: Papers) -> None:
    with pytest.raises(NoConnection):
        Post()(endpoint(free_port(), ours), "/inbox", b"x")


def test_a_redirect_is_not_followed(ours: Papers) -> None:
    behave = saying("307 Temporary Redirect", b"", "Location: https://127.0.0.1:1/inbox")
    with (
        odd_server(ours, behave) as (number, heard),
        pytest.raises(UnsignedRefusal) as refused,
    ):
        Post()(endpoint(number, ours), "/inbox", b"x")
    assert len(heard.requests) == 1
    assert refused.value.reason == "no-reason"


def test_a_proxy_of_the_environment_is_not_used(
    port: int, ours: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert Post()(endpoint(port, ours), "/inbox", b"x") == b"1"


def test_a_refusal_in_clear_tells_its_code(ours: Papers) -> None:
    status, body = write_refusal(Code.BUSY)
    with (
        odd_server(ours, saying(f"{status} Too Many Requests", body)) as (number, _),
        pytest.raises(UnsignedRefusal) as refused,
    ):
        Post()(endpoint(number, ours), "/inbox", b"x")
    assert refused.value.reason == "busy"


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"error":1}', b"[" * 100_000])
def test_any_other_refusal_has_no_reason(ours: Papers, body: bytes) -> None:
    with (
        odd_server(ours, saying("502 Bad Gateway", body)) as (number, _),
        pytest.raises(UnsignedRefusal) as refused,
    ):
        Post()(endpoint(number, ours), "/inbox", b"x")
    assert refused.value.reason == "no-reason"


def test_the_longest_reply_is_read_and_a_longer_one_is_not(ours: Papers) -> None:
    with odd_server(ours, saying("200 OK", bytes(MAX_BODY))) as (number, _):
        assert Post()(endpoint(number, ours), "/inbox", b"x") == bytes(MAX_BODY)
    with (
        odd_server(ours, saying("200 OK", bytes(MAX_BODY + 1))) as (number, _),
        pytest.raises(ReplyTooLarge),
    ):
        Post()(endpoint(number, ours), "/inbox", b"x")


def test_a_reply_cut_off_is_no_reply(ours: Papers) -> None:
    def cut(line: ssl.SSLSocket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    with odd_server(ours, cut) as (number, heard), pytest.raises(NoReply):
        Post()(endpoint(number, ours), "/inbox", b"x")
    assert len(heard.requests) == 2, "a call that changes nothing is tried once more at once"


def test_a_reply_that_drips_for_ever_is_given_up(ours: Papers) -> None:
    def drip(line: ssl.SSLSocket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            line.sendall(b".")

    clock = count(0, 10)
    with odd_server(ours, drip) as (number, _), pytest.raises(NoReply):
        Post(clock=lambda: float(next(clock)))(endpoint(number, ours), "/inbox", b"x")


def test_a_wrong_digest_of_the_card_never_matches(port: int, ours: Papers) -> None:
    wrong = ours.digest[:-1] + ("0" if ours.digest[-1] != "0" else "1")
    with pytest.raises(WrongCertificate):
        Post()(Endpoint(url=f"https://127.0.0.1:{port}", tls=wrong), "/inbox", b"x")


def test_papers_are_different(ours: Papers, theirs: Papers) -> None:
    assert ours.digest != theirs.digest
    assert Path(ours.certificate).read_bytes() != Path(theirs.certificate).read_bytes()
