"""The officer's browser: it believes one certificate, and sends what a browser sends."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from comity_stage.browser import Browser
from comity_stage.cast import packaged_cast
from comity_stage.errors import NodeStopped, NotOnThePage
from comity_stage.nodes import Node
from tests.transport.ground import free_port, papers

PAGE = b"""<title>A  page</title><p data-fact="one" data-value="1">One</p>
<form action="/urlencoded" method="post"><input name="a" value="1"><textarea name="t">
x
y</textarea></form>
<form action="/parts" method="post" enctype="multipart/form-data"><input name="b" value="2"></form>
<form action="/asks"><input name="q" value="old"></form>"""


class Desk(BaseHTTPRequestHandler):
    """A desk of a few lines that remembers what it was sent."""

    heard: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes) -> None:
        self.heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        if self.path == "/away":
            self.send_response(303)
            self.send_header("Location", "https://evil.example/there?x=1")
            self.send_header("Set-Cookie", "kept=1; Path=/; Secure")
            self.send_header("Set-Cookie", "gone=1; Path=/")
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if self.path.startswith("/there"):
                self.send_header("Set-Cookie", 'gone=""; Max-Age=0; Path=/')
        self.end_headers()
        if self.path not in ("/away", "/round"):
            self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def desk(folder: Path) -> Iterator[Node]:
    """Serve the small desk over TLS and give the node whose certificate it has."""
    Desk.heard.clear()
    node_folder = folder / "XNR"
    (node_folder / "keys").mkdir(parents=True)
    made = papers(node_folder / "keys")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    port = free_port()
    server = HTTPServer(("127.0.0.1", port), Desk)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        state = packaged_cast().states[0]
        yield Node(state=state, folder=node_folder, desk=port, port=1, password="x")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    with desk(tmp_path) as found:
        yield found


def test_another_certificate_is_not_believed(node: Node, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "keys").mkdir(parents=True)
    papers(other / "keys")
    with pytest.raises(NodeStopped):
        Browser(replace(node, folder=other)).get("/")
    assert Desk.heard == []


def test_a_page_is_read_with_its_facts(node: Node) -> None:
    browser = Browser(node)
    page = browser.get("/")
    browser.close()
    assert (page.status, page.title, page.fact("one").text) == (200, "A page", "One")
    assert len(page.facts("one")) == 1
    with pytest.raises(NotOnThePage, match="none"):
        page.fact("none")
    with pytest.raises(NotOnThePage, match="/none"):
        page.form("/none")


def test_a_form_goes_as_the_page_says_with_lines_as_browsers_end_them(node: Node) -> None:
    browser = Browser(node)
    page = browser.get("/")
    browser.submit(page, page.form("/urlencoded"), {"a": "ä & b"})
    browser.submit(page, page.form("/parts"))
    browser.submit(page, page.form("/asks"), {"q": "new"})
    browser.close()
    _, (path, headers, body), (_, parts, sent), (asked, _, _) = Desk.heard
    assert (path, body) == ("/urlencoded", b"t=x%0D%0Ay&a=%C3%A4+%26+b")
    assert headers["origin"] == node.address
    assert headers["referer"] == f"{node.address}/"
    assert parts["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="b"' in sent
    assert asked == "/asks?q=new"


def test_several_boxes_of_one_name_are_ticked_together(node: Node) -> None:
    browser = Browser(node)
    page = browser.get("/")
    browser.submit(page, page.form("/urlencoded"), {"a": ("1", "2")}, press="press=go")
    browser.close()
    assert Desk.heard[-1][2] == b"t=x%0D%0Ay&press=go&a=1&a=2"


def test_a_box_that_is_not_there_cannot_be_filled(node: Node) -> None:
    browser = Browser(node)
    page = browser.get("/")
    with pytest.raises(NotOnThePage, match="password"):
        browser.submit(page, page.form("/urlencoded"), {"password": "x"})
    browser.close()
    assert len(Desk.heard) == 1


def test_it_never_leaves_its_desk_and_keeps_its_cookies(node: Node) -> None:
    browser = Browser(node)
    page = browser.get("/away")
    browser.close()
    assert page.path == "/there?x=1"
    assert Desk.heard[1][1]["cookie"] == "kept=1; gone=1"
    assert browser.cookies == {"kept": "1"}
    assert [path for path, _ in browser.visited] == ["/away", "/there?x=1"]


def test_redirects_without_an_end_are_given_up(node: Node) -> None:
    browser = Browser(node)
    with pytest.raises(NotOnThePage):
        browser.get("/round")
    browser.close()
    assert len(Desk.heard) == 5
