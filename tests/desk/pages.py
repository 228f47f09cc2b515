"""Reading pages as a checker does: forms with their hidden fields, facts, and visible text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass
class Form:
    """A form of a page: where it goes, and what a browser would send unchanged."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """A page, parsed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self._select = ""
        self._area: str | None = None
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        return " ".join(found[1].split()) if found else ""

    def facts(self, name: str) -> list[dict[str, str]]:
        return [attrs for _, attrs in self.elements if attrs.get("data-fact") == name]

    def fact(self, name: str) -> str:
        return self.facts(name)[0].get("data-value", "")

    def with_attribute(self, name: str) -> list[dict[str, str]]:
        return [attrs for _, attrs in self.elements if name in attrs]

    def problems(self) -> list[str]:
        return [attrs["data-problem"] for attrs in self.with_attribute("data-problem")]

    def form(self, ending: str) -> Form:
        return next(form for form in self.forms if form.action.endswith(ending))

    def links(self) -> list[str]:
        return [attrs["href"] for tag, attrs in self.elements if tag == "a" and "href" in attrs]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag not in VOID:
            self._inside.append(tag)
        if tag == "form":
            self.forms.append(Form(action=found.get("action", ""), method=found.get("method", "")))
        if self.forms and "form" in self._inside:
            self._control(tag, found)

    def _control(self, tag: str, found: Mapping[str, str]) -> None:
        form, name = self.forms[-1], found.get("name", "")
        kind = found.get("type", "text")
        if tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in found):
            form.fields.setdefault(name, []).append(found.get("value", ""))
        elif tag == "button" and name:
            form.buttons.append((name, found.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found:
            form.fields.setdefault(self._select, []).append(found.get("value", ""))
        elif tag == "textarea":
            self._area = name
            form.fields[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self.forms:
            kept = self.forms[-1].fields[self._area]
            kept[0] += data.removeprefix("\n") if not kept[0] else data
        if not {"script", "style", "head"} & set(self._inside):
            self.words.append(data)


def get(client: Client, address: str, **headers: str) -> Page:
    """Open a page; it must be there."""
    answer = client.get(address, headers=headers, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return Page(answer.content.decode())


def press(client: Client, page: Page, ending: str, **typed: str | list[str]) -> Page:
    """Send a form of a page with changes, and return the page one lands on."""
    form = page.form(ending)
    data: dict[str, str | list[str]] = {**form.fields, **typed}
    answer = client.post(form.action, data, follow=True)
    assert answer.status_code in (200, 409, 422), (form.action, answer.status_code)
    return Page(answer.content.decode())
