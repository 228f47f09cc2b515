"""A refusal in clear proves nothing and says little (message-v1 3)."""

import pytest

from comity.wire.errors import Code, TheirFault
from comity.wire.refusal import MAX_REFUSAL, Unsigned, is_sealed, read_refusal, write_refusal
from tests.wire.traffic import make_pair, state_act

PAIR = make_pair()


@pytest.mark.parametrize("code", list(Code))
def test_every_code_can_be_refused_in_clear_and_read_back(code: Code) -> None:
    status, body = write_refusal(code)
    assert read_refusal(body) == Unsigned(code=code.value)
    assert status in {400, 413, 429, 503}
    assert not is_sealed(body)


def test_the_status_says_whether_trying_again_makes_sense() -> None:
    assert write_refusal(Code.TOO_LARGE)[0] == 413
    assert write_refusal(Code.BUSY) == (429, b'{"error":{"code":"busy","fault":"ours"},"v":1}')
    assert write_refusal(Code.NOT_READY)[0] == 503
    assert write_refusal(Code.UNKNOWN_PEER) == (
        400,
        b'{"error":{"code":"unknown-peer","fault":"yours"},"v":1}',
    )


def test_a_message_is_known_by_its_first_bytes() -> None:
    assert is_sealed(PAIR.acts_call([state_act(PAIR.northmere).outgoing(1)]).body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>captive portal</html>",
        b"{}",
        b'{"error":"busy","v":1}',
        b'{"error":{"code":"<script>"},"v":1}',
        b'{"error":{"code":"busy"},"v":2}',
    ],
)
def test_what_is_no_refusal_is_not_read_as_one(body: bytes) -> None:
    with pytest.raises(TheirFault) as caught:
        read_refusal(body)
    assert caught.value.reason is Code.NOT_A_MESSAGE


def test_an_endless_refusal_is_not_decoded() -> None:
    with pytest.raises(TheirFault) as caught:
        read_refusal(b'"' * (MAX_REFUSAL + 1))
    assert caught.value.reason is Code.TOO_LARGE
