"""The stage page: a small WSGI application for one presenter on this machine."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import Any, Final
from urllib.parse import parse_qs
from wsgiref.types import StartResponse

from comity.text import ToldError
from comity_stage.handover import session_for
from comity_stage.keys import Keys, host_of
from comity_stage.render import draw, style
from comity_stage.scene import Scene, Step
from comity_stage.told import fact_rows, filled, state_rows, step_rows, treaty_rows

_PATH: Final = re.compile(r"/[A-Za-z0-9/_-]{0,200}")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(-[a-z]{2,4})?")
_NUMBER: Final = re.compile(r"/steps/([1-9][0-9]?)(/play)?")
_LONGEST: Final = 4_096

NO_KEY: Final = "Open the address that the terminal shows: it holds a key."
NO_PAGE: Final = "There is no such page here. Go back to the first page."
NOT_HERE: Final = "This press did not come from the stage page. Go back and press again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to the browser."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request. ``host`` is how the browser calls this machine, empty if it may not."""

    method: str
    path: str
    query: str
    host: str
    origin: str
    cookies: str
    form: dict[str, str]


class Stage:
    """The story, played one step at a time, and its page."""

    def __init__(self, scene: Scene, story: tuple[Step, ...], *, keys: Keys, port: int) -> None:
        """Begin before the first step."""
        self._scene, self._story, self._keys, self._port = scene, story, keys, port
        self._played: set[str] = set()
        self._trouble = ""
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        answer = self.answer(_asked(environ, self._port))
        headers = [
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(answer.body))),
            *self._fixed().items(),
            *answer.headers,
        ]
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [answer.body]

    def answer(self, asked: Asked) -> Answer:
        """Return what a request gets."""
        if not asked.host:
            return _refused(NO_PAGE, 404)
        if asked.path.startswith("/style/"):
            return _style(asked.path.removeprefix("/style/"))
        key = parse_qs(asked.query).get("key", [""])[0]
        if key and asked.method == "GET" and self._keys.opens(key):
            return _to("/", ("Set-Cookie", self._keys.cookie))
        if not self._keys.admits(asked.cookies):
            return _refused(NO_KEY, 403)
        if asked.method == "POST":
            here = f"https://{asked.host}:{self._port}"
            return self._press(asked) if asked.origin == here else _refused(NOT_HERE, 403)
        return self._page(asked.path)

    def play(self, number: int) -> None:
        """Play every step up to ``number`` that was not played; remember what went wrong."""
        with self._lock:
            for step in self._story[:number]:
                if step.key in self._played:
                    continue
                self._trouble = ""
                self._scene.ledger.begin(step.key)
                try:
                    step.play(self._scene)
                except ToldError as error:
                    self._trouble = str(error.sentence)
                    return
                self._played.add(step.key)

    def _press(self, asked: Asked) -> Answer:
        found = _NUMBER.fullmatch(asked.path)
        if found and found[2] and int(found[1]) <= len(self._story):
            self.play(int(found[1]))
            return _to(f"/steps/{found[1]}")
        if asked.path.startswith("/open/"):
            return self._open(asked)
        return _refused(NO_PAGE, 404)

    def _open(self, asked: Asked) -> Answer:
        code, path = asked.path.removeprefix("/open/"), asked.form.get("path", "")
        language = asked.form.get("language", "")
        node = next((one for one in self._scene.nodes if one.state.code == code), None)
        if node is None or not _PATH.fullmatch(path) or path.startswith("//"):
            return _refused(NO_PAGE, 404)
        chosen = language if _LANGUAGE.fullmatch(language) else node.state.language
        try:
            cookies = session_for(node, chosen)
        except ToldError as error:
            return _refused(str(error.sentence), 503)
        there = f"https://{asked.host}:{node.desk}{path}"
        return _to(there, *(("Set-Cookie", one) for one in cookies))

    def _page(self, path: str) -> Answer:
        if path == "/":
            more = {"states": state_rows(self._scene), "treaties": treaty_rows(self._scene.cast)}
            return self._draw("cast.html", "0", {**more, "count": len(self._scene.nodes)})
        if path == "/facts":
            return self._facts()
        found = _NUMBER.fullmatch(path)
        if found is None or found[2] or int(found[1]) > len(self._story):
            return _refused(NO_PAGE, 404)
        return self._step(int(found[1]))

    def _step(self, number: int) -> Answer:
        step = self._story[number - 1]
        context = {
            **step_rows(step, self._scene),
            "count": len(self._story),
            "next": str(number + 1) if number < len(self._story) else "",
            "played": step.key in self._played,
            "trouble": self._trouble,
            "facts": fact_rows(self._scene.ledger.of(step.key)),
        }
        return self._draw("step.html", str(number), context)

    def _facts(self) -> Answer:
        facts = tuple(self._scene.ledger.facts)
        held = sum(1 for fact in facts if fact.held)
        context = {"facts": fact_rows(facts), "held": held, "count": len(facts)}
        return self._draw("facts.html", "facts", context)

    def _draw(self, name: str, here: str, context: dict[str, object]) -> Answer:
        steps = [
            {
                "number": str(number),
                "title": filled(step.title, self._scene.cast),
                "mark": "✔" if step.key in self._played else "",
            }
            for number, step in enumerate(self._story, 1)
        ]
        frame = {"steps": steps, "here": here, "folder": str(self._scene.folder)}
        return Answer(body=draw(name, {**frame, **context}))

    def _fixed(self) -> dict[str, str]:
        """Return the headers of every answer; forms may lead to the desks and nowhere else."""
        desks = " ".join(
            f"https://{host}:{node.desk}"
            for host in ("127.0.0.1", "localhost")
            for node in self._scene.nodes
        )
        policy = (
            f"default-src 'none'; style-src 'self'; form-action 'self' {desks}; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        return {
            "Cache-Control": "no-store",
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }


def _asked(environ: dict[str, Any], port: int) -> Asked:
    body = environ["wsgi.input"].read(_LONGEST) if environ["REQUEST_METHOD"] == "POST" else b""
    form = parse_qs(body.decode("utf-8", "replace"))
    return Asked(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"],
        query=environ["QUERY_STRING"],
        host=host_of(environ.get("HTTP_HOST", ""), port),
        origin=environ.get("HTTP_ORIGIN", ""),
        cookies=environ.get("HTTP_COOKIE", ""),
        form={name: values[0] for name, values in form.items()},
    )


def _style(name: str) -> Answer:
    found = style(name)
    if found is None:
        return _refused(NO_PAGE, 404)
    return Answer(body=found, kind="text/css; charset=utf-8")


def _to(there: str, *headers: tuple[str, str]) -> Answer:
    return Answer(status=303, headers=(("Location", there), *headers))


def _refused(sentence: str, status: int) -> Answer:
    return Answer(status=status, body=draw("refused.html", {"sentence": sentence}))
