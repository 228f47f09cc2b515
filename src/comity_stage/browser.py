"""An officer's browser, without a window: pages, forms, cookies; TLS pinned to the card.

It knows no verb of the node: what it does, a person with a browser could do.
"""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

from urllib3 import HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError
from urllib3.filepost import encode_multipart_formdata

from comity_stage.errors import NodeStopped, NotOnThePage
from comity_stage.markup import Element, Form, forms, parse
from comity_stage.nodes import Node
from comity_stage.ports import HOST

_TIMEOUT: Final = Timeout(connect=5, read=30)
_MOST_REDIRECTS: Final = 5
_FORM: Final = "application/x-www-form-urlencoded"
_PARTS: Final = "multipart/form-data"

Typed = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a desk answered. ``path`` is where the browser ended, with its query."""

    status: int
    path: str
    headers: Mapping[str, str]
    body: bytes
    root: Element = field(repr=False)

    @property
    def title(self) -> str:
        """The title that a browser's window shows."""
        found = self.root.first("title")
        return " ".join(found.source.split()) if found else ""

    @property
    def language(self) -> tuple[str, str]:
        """The page's language and direction."""
        html = self.root.first("html")
        return (html.get("lang"), html.get("dir")) if html else ("", "")

    @property
    def text(self) -> str:
        """What a reader sees."""
        return self.root.text

    def fact(self, name: str) -> Element:
        """Return the element that states a fact; raises ``NotOnThePage``."""
        found = self.root.first(data_fact=name)
        if found is None:
            raise NotOnThePage(name, self.path)
        return found

    def facts(self, name: str) -> list[Element]:
        """Return the elements that state a fact, in the order of the page."""
        return self.root.all(data_fact=name)

    def form(self, action: str, *, holding: str = "") -> Form:
        """Return the form whose action ends with ``action`` and that holds a named box."""
        found = forms(
            self.root,
            lambda one: (
                urlsplit(urljoin(self.path, one.action)).path.endswith(action)
                and (not holding or holding in one.names)
            ),
        )
        if not found:
            raise NotOnThePage(action, self.path)
        return found[0]


class Browser:
    """One officer at one desk."""

    def __init__(self, node: Node) -> None:
        """Open no connection yet; trust the node's certificate and no other.

        ``visited`` is its history: every address and the title of its page.
        """
        self.node = node
        self.cookies: dict[str, str] = {}
        self.visited: list[tuple[str, str]] = []
        pem = node.certificate.read_text(encoding="ascii")
        self._pool = HTTPSConnectionPool(
            HOST,
            node.desk,
            timeout=_TIMEOUT,
            retries=False,
            cert_reqs="CERT_NONE",
            assert_fingerprint=sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest(),
        )

    def get(self, path: str, **headers: str) -> Page:
        """Open a page, following redirects."""
        return self._follow("GET", path, b"", headers)

    def submit(
        self, page: Page, form: Form, typed: Typed | None = None, *, press: str = ""
    ) -> Page:
        """Fill a form of ``page`` and press its button; raises ``NotOnThePage``.

        What is not typed goes as it stands. A tuple or list ticks exactly these boxes.
        """
        typed = typed or {}
        for name in typed:
            if name not in form.names:
                raise NotOnThePage(name, page.path)
        pairs = [pair for pair in form.sent(press=press) if pair[0] not in typed]
        for name, value in typed.items():
            values = [value] if isinstance(value, str) else value
            pairs += [(name, one) for one in values]
        target = urljoin(page.path, form.action or page.path)
        if form.method == "get":
            return self._follow("GET", f"{target}?{urlencode(pairs)}", b"", {})
        body, kind = _encoded(form, pairs)
        sent = {
            "Content-Type": kind,
            "Origin": self.node.address,
            "Referer": urljoin(self.node.address, page.path),
        }
        return self._follow("POST", target, body, sent)

    def close(self) -> None:
        """Close its connections."""
        self._pool.close()

    def _follow(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Page:
        for _ in range(_MOST_REDIRECTS):
            page = self._one(method, path, body, headers)
            if page.status not in (301, 302, 303):
                return page
            there = urlsplit(urljoin(urljoin(self.node.address, path), page.headers["location"]))
            path = there.path + (f"?{there.query}" if there.query else "")
            method, body, headers = "GET", b"", {}
        raise NotOnThePage(path, path)

    def _one(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Page:
        sent = {**headers, "Accept": "text/html,*/*;q=0.8"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            answer = self._pool.request(
                method, path, body=body or None, headers=sent, redirect=False
            )
        except HTTPError as error:
            raise NodeStopped(self.node.state.name, str(self.node.log)) from error
        for line in answer.headers.getlist("set-cookie"):
            self._remember(line)
        kind = answer.headers.get("content-type", "")
        text = answer.data.decode("utf-8", "replace") if kind.startswith("text/html") else ""
        page = Page(
            status=answer.status,
            path=path,
            headers={name.lower(): value for name, value in answer.headers.items()},
            body=answer.data,
            root=parse(text),
        )
        self.visited.append((path, page.title))
        return page

    def _remember(self, line: str) -> None:
        try:
            jar = SimpleCookie(line)
        except CookieError:
            return
        for name, morsel in jar.items():
            if morsel.value and morsel["max-age"] != "0":
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)


def _encoded(form: Form, pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    """Return the body as the form asks for it, and its type."""
    if form.element.get("enctype") == _PARTS:
        # A browser ends lines with CR LF in both forms.
        return encode_multipart_formdata([(name, _lines(value)) for name, value in pairs])
    return urlencode([(name, _lines(value)) for name, value in pairs]).encode(), _FORM


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
