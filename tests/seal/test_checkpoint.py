import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.seal.canonical import LARGEST, Json
from comity.seal.checkpoint import Checkpoint, origin_of, read_checkpoint, read_checkpoint_data
from comity.seal.dsse import CHECKPOINT_TYPE, prove, read_envelope, sign
from comity.seal.errors import BadProof
from comity.seal.forms import b64
from comity.seal.tree import EMPTY_ROOT
from tests.seal.samples import JINHAI

ROOT = b64(EMPTY_ROOT)
ORIGIN = "comity.invalid/XJN/log/v1"
HEAD = Checkpoint(origin=ORIGIN, size=0, root=EMPTY_ROOT)
BODY = f"{ORIGIN}\n0\n{ROOT}\n"

origins = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: "\n" not in text
)
heads = st.builds(
    Checkpoint,
    origin=origins,
    size=st.integers(0, LARGEST),
    root=st.binary(min_size=32, max_size=32),
)


def test_a_body_is_that_of_the_page() -> None:
    assert origin_of("XJN") == ORIGIN
    assert HEAD.body() == BODY.encode()
    assert HEAD.data() == {"origin": ORIGIN, "size": 0, "root": ROOT}


@given(heads)
def test_a_head_is_read_back(head: Checkpoint) -> None:
    assert read_checkpoint(head.body()) == head
    assert read_checkpoint_data(head.data()) == head


@given(heads)
def test_a_signed_head_is_read_back(head: Checkpoint) -> None:
    envelope = sign(head.body(), CHECKPOINT_TYPE, JINHAI)
    proven = prove(read_envelope(envelope), JINHAI.public, CHECKPOINT_TYPE)
    assert read_checkpoint(proven.payload) == head


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n",
        "\n\n\n",
        BODY[:-1],
        BODY + "\n",
        BODY + "extension\n",
        BODY + "\n— witness AAAA\n",
        "\n" + BODY,
        BODY.replace("\n", "\r\n"),
        BODY.replace(ORIGIN, ""),
        BODY.replace("\n0\n", "\n\n"),
        BODY.replace("\n0\n", "\n00\n"),
        BODY.replace("\n0\n", "\n01\n"),
        BODY.replace("\n0\n", "\n-1\n"),
        BODY.replace("\n0\n", "\n+1\n"),
        BODY.replace("\n0\n", "\n 1\n"),
        BODY.replace("\n0\n", "\n1.0\n"),
        BODY.replace("\n0\n", "\n１\n"),
        BODY.replace("\n0\n", f"\n{LARGEST + 1}\n"),
        BODY.replace("\n0\n", f"\n{'9' * 5_000}\n"),
        BODY.replace(ROOT, ""),
        BODY.replace(ROOT, ROOT[:-1]),
        BODY.replace(ROOT, ROOT[:-2] + "V="),
        BODY.replace(ROOT, b64(bytes(31))),
        BODY.replace(ROOT, b64(bytes(33))),
        BODY.replace(ROOT, ROOT.replace("/", "_").replace("+", "-").replace("4", "-")),
    ],
    ids=range(26),
)
def test_a_body_of_another_form_is_refused(body: str) -> None:
    assert body != BODY
    with pytest.raises(BadProof) as refused:
        read_checkpoint(body.encode())
    assert refused.value.code == "bad-proof"


@given(st.binary(max_size=120))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(BadProof):
        read_checkpoint(data)


def test_an_origin_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(BadProof):
        read_checkpoint(b"\xff" + BODY.encode())


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"origin": ORIGIN, "size": 0},
        {"origin": ORIGIN, "size": 0, "root": ROOT, "note": 1},
        {"origin": "", "size": 0, "root": ROOT},
        {"origin": "a\nb", "size": 0, "root": ROOT},
        {"origin": 1, "size": 0, "root": ROOT},
        {"origin": ORIGIN, "size": "0", "root": ROOT},
        {"origin": ORIGIN, "size": True, "root": ROOT},
        {"origin": ORIGIN, "size": -1, "root": ROOT},
        {"origin": ORIGIN, "size": 0, "root": None},
        {"origin": ORIGIN, "size": 0, "root": ROOT[:-1]},
        {"origin": ORIGIN, "size": 0, "root": b64(bytes(31))},
    ],
    ids=range(14),
)
def test_a_receipt_s_head_of_another_form_is_refused(data: Json) -> None:
    with pytest.raises(BadProof, match="Ask the State"):
        read_checkpoint_data(data)


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [
        ("", 0, EMPTY_ROOT),
        ("two\nlines", 0, EMPTY_ROOT),
        (ORIGIN, -1, EMPTY_ROOT),
        (ORIGIN, LARGEST + 1, EMPTY_ROOT),
        (ORIGIN, 0, EMPTY_ROOT[:-1]),
    ],
)
def test_a_head_that_no_log_has_is_our_own_mistake(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(ValueError, match=r"one line|no log"):
        Checkpoint(origin=origin, size=size, root=root)
