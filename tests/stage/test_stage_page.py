"""The stage page: opens to whoever holds the key, plays in order, leads nowhere else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from comity.node.certificate import new_certificate
from comity_stage.app import NO_KEY, NO_PAGE, NOT_HERE, Stage
from comity_stage.cast import packaged_cast
from comity_stage.errors import NotOnThePage
from comity_stage.keys import COOKIE, Keys
from comity_stage.markup import Element, parse
from comity_stage.nodes import Node
from comity_stage.scene import Scene, Step
from comity_stage.story import packaged_story

PORT = 8400
KEYS = Keys(first="first-key", held="held-key")
HERE = f"https://127.0.0.1:{PORT}"


class Page:
    """What came back."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = headers
        self.body = body.decode()

    def header(self, name: str) -> str:
        return next((value for each, value in self.headers if each == name), "")

    @property
    def root(self) -> Element:
        return parse(self.body)


class Visitor:
    """A browser at the stage page, without a network."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        query: str = "",
        cookie: str = f"{COOKIE}={KEYS.held}",
        host: str = f"127.0.0.1:{PORT}",
        origin: str = HERE,
        body: bytes = b"",
    ) -> Page:
        started: list[tuple[str, list[tuple[str, str]]]] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": host,
            "HTTP_COOKIE": cookie,
            "HTTP_ORIGIN": origin,
            "wsgi.input": BytesIO(body),
        }
        answer = self.stage(environ, lambda *said: started.append((said[0], said[1])))  # type: ignore[arg-type]
        return Page(*started[-1], b"".join(answer))

    def post(self, path: str, body: bytes = b"", **more: str) -> Page:
        return self.ask(path, method="POST", body=body, **more)


def nodes_in(folder: Path) -> tuple[Node, ...]:
    """Return nodes that do not run, but whose certificates can be shown."""
    now = datetime.now(UTC)
    nodes = []
    for number, state in enumerate(packaged_cast().states):
        made = new_certificate(state.code, ["127.0.0.1"], valid_from=now, valid_until=now + LATER)
        node = Node(
            state=state,
            folder=folder / state.code,
            desk=9401 + number,
            port=9501 + number,
            password="a-password",
        )
        node.certificate.parent.mkdir(parents=True)
        node.certificate.write_bytes(made.certificate)
        nodes.append(node)
    return tuple(nodes)


LATER = timedelta(days=1)


def scene_in(folder: Path) -> Scene:
    return Scene(cast=packaged_cast(), nodes=nodes_in(folder), folder=folder)


def told(key: str, play: Callable[[Scene], None]) -> Step:
    return Step(key=key, title=f"About {key}", tells=("%(asks)s",), looks=(), sees=(), play=play)


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    return Visitor(Stage(scene_in(tmp_path), packaged_story(), keys=KEYS, port=PORT))


def test_the_key_in_the_address_opens_it_and_leaves_the_address(visitor: Visitor) -> None:
    page = visitor.ask("/", query=f"key={KEYS.first}", cookie="")
    assert (page.status, page.header("Location")) == (303, "/")
    cookie = page.header("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}={KEYS.held};")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize("cookie", ["", f"{COOKIE}=", f"{COOKIE}=other", "\x00=;;", "a=b"])
def test_without_the_key_nothing_is_shown(visitor: Visitor, cookie: str) -> None:
    for path in ("/", "/steps/1", "/facts", "/nothing"):
        page = visitor.ask(path, cookie=cookie)
        assert page.status == 403
        assert NO_KEY in page.body
    assert visitor.post("/open/XNR", b"path=/", cookie=cookie).status == 403
    assert visitor.ask("/", query="key=wrong", cookie=cookie).status == 403


@pytest.mark.parametrize(
    "host", ["evil.example:8400", "127.0.0.1:1", "127.0.0.1", "", "[::1]:8400", "localhost.x:8400"]
)
def test_another_name_for_this_machine_is_not_answered(visitor: Visitor, host: str) -> None:
    page = visitor.ask("/", host=host)
    assert page.status == 404
    assert NO_PAGE in page.body


@pytest.mark.parametrize("origin", ["", "null", "https://127.0.0.1:9401", "http://127.0.0.1:8400"])
def test_a_press_from_elsewhere_does_nothing(visitor: Visitor, origin: str) -> None:
    page = visitor.post("/steps/1/play", origin=origin)
    assert page.status == 403
    assert NOT_HERE in page.body


def test_the_first_page_tells_cast_treaties_and_certificates(visitor: Visitor) -> None:
    page = visitor.ask("/")
    assert page.status == 200
    for state in packaged_cast().states:
        assert len(page.root.all("li", data_state=state.code)) == 1
    fictions = page.root.all("li", data_treaty="*")
    assert [one.get("data-treaty") for one in fictions] == ["budapest", "uncc"]
    assert "is not in force" in fictions[1].text
    assert len(re.findall(r"\b[0-9a-f]{64}\b", page.body)) == 3


@pytest.mark.parametrize("number", range(1, len(packaged_story()) + 1))
def test_each_step_has_one_page_with_one_press_and_a_next(visitor: Visitor, number: int) -> None:
    page = visitor.ask(f"/steps/{number}")
    assert page.status == 200
    assert len(page.root.all("form", action=f"/steps/{number}/play")) == 1
    links = [one.get("href") for one in page.root.all("a") if one.text == "Next"]
    assert links == ([f"/steps/{number + 1}"] if number < len(packaged_story()) else [])
    assert len(page.root.all("h1")) == 1
    html = page.root.first("html")
    assert html is not None
    assert html.get("lang") == "en"


@pytest.mark.parametrize("path", ["/steps/0", "/steps/99", "/steps/x", "/steps/1/play", "/x", "//"])
def test_what_is_not_there_is_said_so(visitor: Visitor, path: str) -> None:
    assert visitor.ask(path).status == 404


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("XXX", "/"),
        ("XNR", "//evil.example"),
        ("XNR", "https://evil.example"),
        ("XNR", "/a?b"),
        ("XNR", "/a%0d%0ab"),
        ("XNR", ""),
    ],
)
def test_a_desk_is_opened_at_its_own_pages_only(visitor: Visitor, code: str, path: str) -> None:
    assert visitor.post(f"/open/{code}", f"path={path}".encode()).status == 404


def test_a_desk_that_does_not_answer_is_said_in_a_sentence(visitor: Visitor) -> None:
    page = visitor.post("/open/XNR", b"path=/")
    assert page.status == 503
    assert "does not answer" in page.body


def test_forms_lead_to_the_desks_and_nowhere_else(visitor: Visitor) -> None:
    page = visitor.ask("/")
    policy = dict(
        part.strip().split(" ", 1) for part in page.header("Content-Security-Policy").split(";")
    )
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"].split() == [
        "'self'",
        *(f"https://{h}:{9401 + n}" for h in ("127.0.0.1", "localhost") for n in range(3)),
    ]
    assert page.header("Cache-Control") == "no-store"


def test_every_page_is_complete_without_anything_from_elsewhere(visitor: Visitor) -> None:
    for path in ("/", "/steps/1", "/facts"):
        root = visitor.ask(path).root
        taken = [one.get(name) for name in ("src", "href") for one in root.walk() if one.get(name)]
        assert all(one.startswith(("/", "#")) for one in taken)
        assert not root.all("script")
        for sheet in root.all("link", rel="stylesheet"):
            found = visitor.ask(sheet.get("href"), cookie="")
            assert found.status == 200
            assert found.header("Content-Type").startswith("text/css")
            assert "url(" not in found.body


def test_a_style_that_is_not_ours_is_not_served(visitor: Visitor) -> None:
    assert visitor.ask("/style/../cast.toml").status == 404


def test_playing_a_step_plays_the_earlier_ones_first_and_each_once(tmp_path: Path) -> None:
    played: list[str] = []
    story = tuple(
        told(key, lambda scene, key=key: played.append(f"{key} {scene.ledger.step}"))  # type: ignore[misc]
        for key in ("one", "two", "three")
    )
    visitor = Visitor(Stage(scene_in(tmp_path), story, keys=KEYS, port=PORT))
    assert visitor.post("/steps/2/play").header("Location") == "/steps/2"
    visitor.post("/steps/1/play")
    visitor.post("/steps/3/play")
    assert played == ["one one", "two two", "three three"]
    assert visitor.post("/steps/4/play").status == 404
    assert "Done at the desks" in visitor.ask("/steps/2").body


def test_what_goes_wrong_is_said_on_the_page_and_can_be_tried_again(tmp_path: Path) -> None:
    tries: list[int] = []

    def play(scene: Scene) -> None:
        scene.ledger.check("a fact", held=bool(tries))
        tries.append(1)
        if len(tries) == 1:
            raise NotOnThePage("button", "/x")

    visitor = Visitor(Stage(scene_in(tmp_path), (told("one", play),), keys=KEYS, port=PORT))
    visitor.post("/steps/1/play")
    page = visitor.ask("/steps/1")
    assert "The story stopped here" in page.body
    assert [one.get("data-checked") for one in page.root.all("tr", data_checked="*")] == ["no"]
    visitor.post("/steps/1/play")
    page = visitor.ask("/steps/1")
    assert "The story stopped here" not in page.body
    assert visitor.ask("/facts").root.all("tr", data_checked="no") == []
    assert len(visitor.ask("/facts").root.all("tr", data_checked="yes")) == 1


def test_what_a_desk_shows_cannot_write_into_the_page(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        scene.ledger.check("<b>bold</b>", held=True, seen="<script>x</script>")

    visitor = Visitor(Stage(scene_in(tmp_path), (told("one", play),), keys=KEYS, port=PORT))
    visitor.post("/steps/1/play")
    assert visitor.ask("/steps/1").root.all("script") == []
    assert "&lt;script&gt;" in visitor.ask("/facts").body
