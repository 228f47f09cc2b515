"""The signer's memory of sync-v1: nothing is signed twice once it has left the house."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from comity.actions.ports import SignedSeq
from comity.node.errors import AlreadySigned, NoMemory
from comity.node.memory import SignerMemory

A, B, C = (f"sha256:{letter * 64}" for letter in "abc")
M, N = (f"sha256:{digit * 64}" for digit in "12")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "signer.sqlite3"


def test_an_act_that_never_left_may_be_replaced(file: Path) -> None:
    memory = SignerMemory(file)
    memory.signing(M, 0, A)
    memory.signing(M, 0, B)
    assert memory.confirmed() == ()


def test_a_second_act_under_a_confirmed_number_is_refused(file: Path) -> None:
    memory = SignerMemory(file)
    memory.signing(M, 3, A)
    memory.confirm([(M, 3, A)])
    with pytest.raises(AlreadySigned, match="number 3"):
        memory.signing(M, 3, B)


def test_every_number_below_a_confirmed_one_is_refused(file: Path) -> None:
    memory = SignerMemory(file)
    memory.confirm([(M, 3, A)])
    for seq in range(3):
        with pytest.raises(AlreadySigned):
            memory.signing(M, seq, B)


def test_the_same_act_may_be_signed_again_after_it_left(file: Path) -> None:
    memory = SignerMemory(file)
    memory.confirm([(M, 3, A)])
    memory.signing(M, 3, A)
    assert memory.confirmed() == (SignedSeq(matter=M, seq=3, act_id=A),)


def test_a_later_unconfirmed_act_does_not_free_the_confirmed_number(file: Path) -> None:
    memory = SignerMemory(file)
    memory.confirm([(M, 3, A)])
    memory.signing(M, 4, B)
    with pytest.raises(AlreadySigned):
        memory.signing(M, 3, C)
    memory.signing(M, 4, C)


def test_lanes_do_not_mix(file: Path) -> None:
    memory = SignerMemory(file)
    memory.confirm([(M, 3, A)])
    memory.signing(N, 0, B)
    memory.confirm([(N, 0, B)])
    assert memory.confirmed() == (
        SignedSeq(matter=M, seq=3, act_id=A),
        SignedSeq(matter=N, seq=0, act_id=B),
    )


def test_only_one_of_two_acts_with_one_number_may_leave(file: Path) -> None:
    memory = SignerMemory(file)
    memory.signing(M, 0, A)
    memory.signing(M, 0, B)
    memory.confirm([(M, 0, A)])
    with pytest.raises(AlreadySigned):
        memory.confirm([(M, 0, B)])


def test_a_call_with_one_refused_act_confirms_nothing(file: Path) -> None:
    memory = SignerMemory(file)
    memory.confirm([(N, 0, A)])
    with pytest.raises(AlreadySigned):
        memory.confirm([(M, 0, A), (N, 0, B)])
    assert memory.confirmed() == (SignedSeq(matter=N, seq=0, act_id=A),)


def test_an_older_act_may_leave_again(file: Path) -> None:
    memory = SignerMemory(file)
    memory.confirm([(M, 0, A), (M, 1, B)])
    memory.confirm([(M, 0, A)])
    assert memory.confirmed() == (SignedSeq(matter=M, seq=1, act_id=B),)


def test_what_left_is_remembered_by_the_next_process(file: Path) -> None:
    first = SignerMemory(file)
    first.signing(M, 0, A)
    first.confirm([(M, 0, A)])
    first.close()
    with pytest.raises(AlreadySigned):
        SignerMemory(file).signing(M, 0, B)


def test_what_left_is_remembered_after_a_kill(file: Path) -> None:
    killed = (
        "import os, signal, sys; from pathlib import Path;"
        "from comity.node.memory import SignerMemory;"
        f"SignerMemory(Path(sys.argv[1])).confirm([({M!r}, 7, {A!r})]);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", killed, str(file)], check=False)
    assert done.returncode == -signal.SIGKILL
    with pytest.raises(AlreadySigned):
        SignerMemory(file).signing(M, 7, B)


def test_two_processes_share_one_memory(file: Path) -> None:
    """Eight processes confirm different acts under one number: exactly one may."""
    racer = (
        "import sys; from pathlib import Path;"
        "from comity.node.errors import AlreadySigned;"
        "from comity.node.memory import SignerMemory\n"
        "memory = SignerMemory(Path(sys.argv[1])); act = 'sha256:' + sys.argv[2] * 64\n"
        f"try: memory.confirm([({M!r}, 0, act)])\n"
        "except AlreadySigned: sys.exit(3)\n"
    )
    racers = [
        subprocess.Popen([sys.executable, "-c", racer, str(file), letter]) for letter in "01234567"
    ]
    codes = sorted(process.wait(timeout=30) for process in racers)
    assert codes == [0, *[3] * 7]


def test_the_file_is_for_its_owner_only(file: Path) -> None:
    before = os.umask(0)
    try:
        SignerMemory(file)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_no_memory_is_refused_and_named(file: Path) -> None:
    file.write_bytes(b"not a database, and long enough to look like one" * 40)
    with pytest.raises(NoMemory, match="signer"):
        SignerMemory(file)
