"""Reading a page as a browser does: elements, their text, and forms with what they would send."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
_HIDDEN: Final = frozenset({"script", "style", "title", "head"})


@dataclass(slots=True, kw_only=True)
class Element:
    """One element. ``parts`` are its children and the texts between them."""

    tag: str
    attributes: dict[str, str]
    parts: "list[Element | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        """Yield this element and all below it, in the order of the page."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def all(self, tag: str = "", **wanted: str) -> "list[Element]":
        """Return the elements below with this tag and these attributes.

        In names of attributes ``_`` stands for ``-``; a value "*" only asks for presence.
        """
        asked = {name.replace("_", "-"): value for name, value in wanted.items()}
        return [
            one
            for one in self.walk()
            if (not tag or one.tag == tag)
            and all(
                name in one.attributes and value in ("*", one.attributes[name])
                for name, value in asked.items()
            )
        ]

    def first(self, tag: str = "", **wanted: str) -> "Element | None":
        """Return the first such element, or None."""
        return next(iter(self.all(tag, **wanted)), None)

    def get(self, name: str) -> str:
        """Return an attribute; empty where it is missing."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """The text that a reader sees, white space folded."""
        return " ".join("".join(self._texts()).split())

    @property
    def source(self) -> str:
        """The text as it is written, as in a text box."""
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag not in _HIDDEN:
                yield from part._texts()  # noqa: SLF001  # itself, one level down


class _Builder(HTMLParser):
    """Builds the tree; what is not closed ends with its parent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(tag="", attributes={})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag=tag, attributes={name: value or "" for name, value in attrs})
        self._open[-1].parts.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


def parse(text: str) -> Element:
    """Return the tree of a page."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as it stands on a page: where it goes, and every box with what is in it."""

    element: Element
    action: str
    method: str

    @property
    def names(self) -> frozenset[str]:
        """The names of its boxes and buttons."""
        return frozenset(one.get("name") for one in self.element.walk() if one.get("name"))

    def choices(self, name: str) -> tuple[str, ...]:
        """Return the values that a radio, tick box or list of this name offers."""
        found = self.element.all("input", name=name)
        lists = self.element.all("select", name=name)
        options = [one for each in lists for one in each.all("option")]
        return tuple(one.get("value") for one in (*found, *options))

    def sent(self, *, press: str = "") -> list[tuple[str, str]]:
        """Return what a browser would send as the page stands.

        :param press: ``name=value`` of the button that is pressed, if it has a name.
        """
        pairs = [pair for one in self.element.walk() for pair in _successful(one)]
        if press:
            name, _, value = press.partition("=")
            pairs.append((name, value))
        return pairs


def forms(root: Element, accept: Callable[[Form], bool]) -> list[Form]:
    """Return the forms of a page that are accepted."""
    found = (
        Form(element=one, action=one.get("action"), method=(one.get("method") or "get").lower())
        for one in root.all("form")
    )
    return [form for form in found if accept(form)]


def _successful(one: Element) -> list[tuple[str, str]]:
    """Return what one box sends (HTML, "constructing the entry list")."""
    name = one.get("name")
    if not name or "disabled" in one.attributes:
        return []
    if one.tag == "textarea":
        return [(name, one.source.removeprefix("\n"))]
    if one.tag == "select":
        options = one.all("option")
        chosen = [each for each in options if "selected" in each.attributes] or options[:1]
        return [(name, each.get("value")) for each in chosen]
    if one.tag != "input":
        return []
    kind = one.get("type")
    if kind in ("checkbox", "radio"):
        return [(name, one.get("value") or "on")] if "checked" in one.attributes else []
    return (
        [] if kind in ("submit", "button", "file", "image", "reset") else [(name, one.get("value"))]
    )
