"""The translation catalogues, compared with the sentences in the source.

`python -m tests.house.catalogues` adds new sentences to every catalogue, drops those that
are gone, fills the pseudo-locale and compiles. A translator then fills what is empty.
Sentences come from Python (``say`` and gettext), from templates, and from the titles and
texts of the law rows.
"""

import io
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tests.house import tree
from tests.house.sentences import names

LOCALE: Final = tree.SRC / "comity" / "desk" / "locale"
LAW: Final = tree.SRC / "comity" / "convention" / "law"
LAW_SENTENCES: Final = frozenset({"title", "text"})
REQUIRED: Final = ("zh_Hans", "ar")
PSEUDO: Final = "en_XA"
KEYWORDS: Final = {
    "say": None,
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER: Final = re.compile(r"(%\([a-z_]+\)s)")
ACCENTED: Final = str.maketrans("aceinosuyACEINOSUY", "åçéîñöšûýÅÇÉÎÑÖŠÛÝ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A sentence in the source: singular and plural, or one text."""

    texts: tuple[str, ...]
    context: str | None
    place: str


def from_code(source: str, place: str) -> Iterator[Found]:
    """Yield the sentences marked in Python source."""
    code = io.BytesIO(source.encode())
    for line, texts, _, context in extract("python", code, KEYWORDS):
        listed = texts if isinstance(texts, tuple) else (texts,)
        yield Found(texts=listed, context=context, place=f"{place}:{line}")


def from_template(source: str, place: str) -> Iterator[Found]:
    """Yield the sentences marked in a template, as Django will look them up."""
    # Django blanks what is not marked; the indentation that is left means nothing to Python.
    code = "\n".join(line.strip() for line in templatize(source).splitlines())
    return from_code(code, place)


def from_law(table: object, place: str) -> Iterator[Found]:
    """Yield the titles and texts of the rows in a law file, at any depth."""
    if isinstance(table, list):
        for row in table:
            yield from from_law(row, place)
    elif isinstance(table, dict):
        for name, value in table.items():
            if name in LAW_SENTENCES and isinstance(value, str):
                yield Found(texts=(value,), context=None, place=place)
            else:
                yield from from_law(value, place)


def in_source() -> Iterator[Found]:
    """Yield every sentence that a person may read."""
    for path in tree.python(tree.SRC):
        yield from from_code(path.read_text(encoding="utf-8"), tree.place(path))
    for path in tree.templates():
        yield from from_template(path.read_text(encoding="utf-8"), tree.place(path))
    for path in sorted(LAW.glob("*.toml")):
        yield from from_law(tomllib.loads(path.read_text(encoding="utf-8")), tree.place(path))


def wanted() -> Catalog:
    """Return a catalogue that holds every sentence once, untranslated."""
    catalogue = Catalog(project="Comity", copyright_holder="the authors of Comity")
    for found in in_source():
        texts = found.texts if len(found.texts) > 1 else found.texts[0]
        file = found.place.partition(":")[0]
        catalogue.add(texts, context=found.context, locations=[(file, 1)])
    return catalogue


def shipped() -> dict[str, Path]:
    """Return the catalogue of each language that has one."""
    return {path.parts[-3]: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))}


def read(path: Path, name: str) -> Catalog:
    """Return a catalogue as it is written."""
    with path.open("rb") as file:
        return read_po(file, locale=name)


def each(texts: object) -> tuple[str, ...]:
    """Return the forms of an entry, whether it has one or several; an absent one is empty."""
    several = texts if isinstance(texts, tuple | list) else (texts,)
    return tuple(str(text or "") for text in several)


def message_faults(message: Message) -> Iterator[str]:
    """Yield what is wrong with one entry: untranslated, unsure, or other placeholders."""
    forms = each(message.string)
    if message.fuzzy:
        yield "marked fuzzy"
    if not all(forms):
        yield "not translated"
        return
    allowed = frozenset[str]().union(*map(names, each(message.id)))
    if not all(names(form) <= allowed for form in forms) or names(forms[-1]) != allowed:
        yield f"placeholders differ from {sorted(allowed)}"


def faults(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue, one line for each entry."""
    known = {(message.context, message.id) for message in catalogue if message.id}
    needed = {(message.context, message.id) for message in template if message.id}
    yield from (f"missing: {text!r}" for _, text in sorted(needed - known, key=str))
    yield from (f"no longer in the source: {text!r}" for _, text in sorted(known - needed, key=str))
    for message in catalogue:
        if message.id:
            yield from (f"{why}: {message.id!r}" for why in message_faults(message))


def compiled(catalogue: Catalog) -> bytes:
    """Return the compiled form of a catalogue, which is what a node reads."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def stale(path: Path, name: str) -> bool:
    """Say whether the compiled file differs from the catalogue it was made from."""
    made = path.with_suffix(".mo")
    return not made.exists() or made.read_bytes() != compiled(read(path, name))


def pseudo(text: str) -> str:
    """Return a sentence that reads as English, is longer, and is plainly not English."""
    pieces = PLACEHOLDER.split(text)
    odd = (piece if PLACEHOLDER.match(piece) else piece.translate(ACCENTED) for piece in pieces)
    return f"[{''.join(odd)} ~]"


def renew(path: Path, name: str, template: Catalog) -> int:
    """Bring one catalogue up to date and compile it; return how many entries are empty."""
    catalogue = read(path, name) if path.exists() else Catalog(locale=name)
    written = catalogue.creation_date
    # Entries that are new are taken over as they are: each language needs its own.
    catalogue.update(deepcopy(template), no_fuzzy_matching=True)
    catalogue.creation_date = written  # the history of the file says when it changed
    catalogue.obsolete.clear()
    for message in catalogue:
        if name == PSEUDO and message.id:
            filled = tuple(map(pseudo, each(message.id)))
            message.string = filled if len(filled) > 1 else filled[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(read(path, name)))
    return sum(1 for message in catalogue if message.id and any(message_faults(message)))


def main() -> None:
    """Renew every catalogue that is required or shipped."""
    template = wanted()
    for name in sorted({*REQUIRED, PSEUDO, *shipped()}):
        path = LOCALE / name / "LC_MESSAGES" / "django.po"
        print(f"{name}: {renew(path, name, template)} of {len(template)} need a translator")


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    main()
