"""For each member of a header, values that are not of its form."""

from typing import Any

from comity.seal.forms import digest
from tests.matters.pair import Q, R

D0 = digest(b"0")
REFUSED: dict[str, list[Any]] = {
    "v": [0, -1, "1", None, True],
    "matter": ["", "sha256:00", D0.upper(), 1, D0 + "0"],
    "kind": ["", "Preservation", "p" * 33, None, 1, "a b", "é"],
    "step": ["", "Seen", None, [], "1seen", "seen\n"],
    "author": ["", "XN", "xnr", "XNRX", None, 3],
    "seq": [-1, "0", None, True],
    "prev": ["", "none", 0, [D0]],
    "read": [None, [], {"xnr": D0}, {"XNR": "x"}, {"XNR": None}, "XNR"],
    "answers": ["", 0, {}],
    "nonce": [None, "", "AA==", "A" * 43, "B" * 43 + "=", 0],
    "parties": [
        None,
        [],
        [{"role": "requested", "state": R}],
        [{"role": "requesting", "state": Q}, {"role": "requested", "state": R}],
        [{"role": "requested", "state": R}, {"role": "requested", "state": Q}],
        [{"role": "requested", "state": R}, {"role": "requesting", "state": R}],
        [{"role": "requested", "state": R}, {"role": "witness", "state": Q}],
        [{"state": R}, {"role": "requesting", "state": Q}],
        [R, Q],
    ],
    "basis": [None, "budapest", {"article": "29"}, {"article": 29, "instrument": "budapest"}]
    + [{"article": "29", "instrument": bad} for bad in ("", "Budapest", "regional:", "a:b:c")]
    + [{"article": bad, "instrument": "uncc"} for bad in ("29 ", "a" * 33, "§29", None)],
    "form": ["", "reciprocity", None, "UNCC"],
    "channel": ["", "post", None],
    "assurance": ["", "guest", None],
    "refs": [
        None,
        [],
        {"XNR": ""},
        {"XNR": "a" * 65},
        {"XNR": "a\u202eb"},
        {"XNR": "a\nb"},
        {"xnr": "1"},
        {"XNR": 1},
    ],
    "lang": ["", "e", "english-", "en_GB", None, "en-" + "a" * 9, "a" * 9, "en" + "-abc" * 9],
    "at": ["", "2026-05-04", "2026-05-04T03:00:00", "2026-02-30T03:00:00Z", None, 0],
    "urgency": ["", "now", None],
    "offence": [None, " ", "A 13", "-", "a" * 129],
    "items": [-1, 51, None, "1", True],
    "until": ["", "soon", 0, "2026-05-04T24:00:00Z"],
    "results": [
        None,
        {},
        [{"item": 0, "result": "kept"}],
        [{"item": 51, "result": "kept"}],
        [{"item": 1, "result": "lost"}],
        [{"item": 1}],
        [{"item": 2, "result": "kept"}, {"item": 1, "result": "kept"}],
        [{"item": 1, "result": "kept"}, {"item": 1, "result": "kept"}],
        [{"item": 1, "result": "kept"}] * 51,
    ],
    "grounds": [None, "a", ["b", "a"], ["a", "a"], [""], [1]],
    "law": [None, [], {"rows": []}, {"edition": D0}, {"edition": "1", "rows": []}]
    + [{"edition": D0, "rows": rows} for rows in (["b", "a"], ["a", "a"], [" "], "a")],
    "approvals": [None, {}, ["x"], [[]], [1]],
    "parts": [
        None,
        {},
        [{}],
        [{"role": "request", "length": 0, "commit": "A" * 43 + "="}],
        [{"role": "request", "length": 26_214_401, "commit": "A" * 43 + "="}],
        [{"role": "request", "length": 1, "commit": "A" * 42 + "=="}],
        [{"role": "request", "length": 1, "commit": "A" * 42 + "B="}],
        [{"role": "", "length": 1, "commit": "A" * 43 + "="}],
        [{"role": "request", "length": 1}],
        [{"role": "reason", "length": 1, "commit": "A" * 43 + "="}] * 65,
    ],
}
