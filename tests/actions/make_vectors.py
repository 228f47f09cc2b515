"""Write ``vectors/certificate/``: ``python -m tests.actions.make_vectors [--anew]``.

Signatures draw randomness, so the file is written where it is missing, or with ``--anew``.
"""

import json
import sys
from pathlib import Path
from typing import Final

from comity.actions.certificate import certificate
from comity.seal.canonical import Json, decode, encode
from comity.seal.forms import time_text
from comity.seal.words import twelve_words
from tests.actions.desks import DAY, desks
from tests.actions.test_preservation import kept
from tests.directory.states import NOW

FILE: Final = Path(__file__).parents[2] / "vectors" / "certificate" / "certificates.json"


def cases() -> dict[str, Json]:
    """Return a certificate of suite 1, files made from it, and the verdict on each."""
    two = desks(live=True)
    text = certificate(two.north, kept(two)).decode()
    whole = decode(text.encode())
    roots: dict[str, Json] = {name: one.root.public.id for name, one in two.states.items()}
    other = "sha256:" + "0" * 64
    acts = whole["acts"]
    fewer = acts[:-1] if isinstance(acts, list) else []
    told: list[tuple[str, str, dict[str, Json], str]] = [
        ("as it was issued", text, roots, "intact"),
        ("without any root", text, {}, "cannot-tell"),
        ("another root", text, {**roots, "XJN": other}, "altered"),
        ("one letter changed", text.replace("a", "b", 1), roots, "altered"),
        ("a space more", text + " ", roots, "altered"),
        ("a part withheld", encode({**whole, "parts": []}).decode(), roots, "incomplete"),
        ("the receipt cut out", encode({**whole, "receipt": None}).decode(), roots, "intact"),
        ("an act cut out", encode({**whole, "acts": fewer}).decode(), roots, "altered"),
        ("a member more", encode({**whole, "note": "x"}).decode(), roots, "altered"),
    ]
    return {
        "now": time_text(NOW + DAY),
        "words": {name: " ".join(twelve_words(str(root))) for name, root in roots.items()},
        "cases": [
            {"name": name, "file": file, "roots": trusted, "verdict": verdict}
            for name, file, trusted, verdict in told
        ],
    }


def main() -> None:
    """Write the file unless it is there."""
    if FILE.exists() and "--anew" not in sys.argv:
        return
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(cases(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
