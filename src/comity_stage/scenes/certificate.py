"""The certificate, checked by somebody who trusts neither desk: `comity verify`, offline."""

import json
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from comity.node.private import write_private
from comity_stage.cast import Role
from comity_stage.commands import begin
from comity_stage.scene import Scene

_SECONDS: Final = 60


def verified(scene: Scene, file: Path, *, roots: bool = True) -> Mapping[str, Any]:
    """Run `comity verify FILE` as a court's expert does; return what it prints as JSON."""
    words: list[str | Path] = ["verify", file, "--json"]
    for role in (Role.ASKS, Role.KEEPS) if roots else ():
        node = scene.node(role)
        words += ["--root", f"{node.state.code}={node.words}"]
    process = begin(words, scene.folder)
    try:
        said, _ = process.communicate(timeout=_SECONDS)
    finally:
        process.kill()
        process.wait()
    try:
        found: Mapping[str, Any] = json.loads(said)
    except json.JSONDecodeError:
        return {"verdict": said.strip()}
    return found


def play(scene: Scene) -> None:
    """Download the certificate and check it as an outsider."""
    desk, ledger, matter = scene.desk(Role.ASKS), scene.ledger, scene.matters["main"]
    page = desk.browser.get(f"/matters/{matter}/certificate")
    kind = page.headers.get("content-type", "")
    ledger.check("the certificate comes as a file", "json" in kind, kind)
    file = scene.folder / "certificate.comity-cert.json"
    file.unlink(missing_ok=True)
    write_private(file, page.body)
    found = verified(scene, file)
    ledger.check("the certificate verifies offline", found["verdict"] == "intact", found["verdict"])
    held = [one["check"] for one in found.get("findings", ()) if one["held"]]
    ledger.check("every check of it is named", held and len(held) == len(found["findings"]), held)
    stated = found.get("stated") or {}
    ledger.check(
        "it says what is kept, by whom and until when",
        (stated.get("requested"), stated.get("kept"), stated.get("asked"))
        == (scene.cast.state(Role.KEEPS).code, 2, 3)
        and stated.get("until"),
        stated,
    )
    _flipped(scene, page.body)
    found = verified(scene, file, roots=False)
    ledger.check(
        "without a root it cannot tell, and shows the words",
        found["verdict"] == "cannot-tell" and found.get("words"),
        found["verdict"],
    )
    _head(scene, page.body)


def _flipped(scene: Scene, data: bytes) -> None:
    """Flip one bit in the middle of the file: no byte of it may change unnoticed."""
    middle = len(data) // 2
    other = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    file = scene.folder / "flipped.comity-cert.json"
    file.unlink(missing_ok=True)
    write_private(file, other)
    verdict = verified(scene, file)["verdict"]
    scene.ledger.check(
        "with one byte changed it is not intact", verdict in ("altered", "incomplete"), verdict
    )


def _head(scene: Scene, data: bytes) -> None:
    """Look for the log head in the receipt that the certificate carries (message-v1)."""
    receipt = json.loads(data).get("receipt") or {}
    reply = json.loads(b64decode(receipt.get("head", "")) or b"{}")
    given = [one for one in reply.get("receipts", ()) if one["act"].endswith(scene.matters["main"])]
    scene.ledger.check("the certificate carries the other State's receipt", given, reply.get("at"))
    heads = [one.get("log") or {} for one in given]
    code = scene.cast.state(Role.KEEPS).code
    scene.ledger.check(
        "the receipt names the head of that State's log",
        heads and all(code in one["origin"] and one["size"] > 0 and one["root"] for one in heads),
        heads,
    )
