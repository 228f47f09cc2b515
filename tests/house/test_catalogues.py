"""Every language that is shipped says everything."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from tests.house import catalogues
from tests.house.catalogues import Found

HELP = "Run `make messages`, then fill what is empty."


@pytest.fixture(autouse=True)
def _translating() -> None:
    if not settings.configured:
        settings.configure(USE_I18N=True)


@pytest.fixture(scope="module")
def template() -> Catalog:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    return catalogues.wanted()


def one(text: str, string: str, *, fuzzy: bool = False) -> Message:
    return Message(text, string, flags={"fuzzy"} if fuzzy else ())


def test_the_required_languages_are_there() -> None:
    assert {*catalogues.REQUIRED, catalogues.PSEUDO} <= set(catalogues.shipped()), HELP


@pytest.mark.parametrize(("name", "path"), catalogues.shipped().items())
def test_every_sentence_is_translated(name: str, path: Path, template: Catalog) -> None:
    found = list(catalogues.faults(catalogues.read(path, name), template))
    assert found == [], HELP


@pytest.mark.parametrize(("name", "path"), catalogues.shipped().items())
def test_what_is_compiled_is_what_is_written(name: str, path: Path) -> None:
    assert not catalogues.stale(path, name), HELP


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (one("Sent.", ""), "not translated"),
        (one("Sent.", "Envoyé.", fuzzy=True), "marked fuzzy"),
        (one("Sent to %(name)s.", "Envoyé."), "placeholders differ"),
        (one("Sent to %(name)s.", "Envoyé à %(nom)s."), "placeholders differ"),
        (Message(("%(n)s item", "%(n)s items"), ("%(n)s pièce", "")), "not translated"),
        (Message(("%(n)s item", "%(n)s items"), ("une pièce", "pièces")), "placeholders differ"),
    ],
)
def test_a_faulty_translation_is_found(message: Message, why: str) -> None:
    assert [found.startswith(why) for found in catalogues.message_faults(message)] == [True]


@pytest.mark.parametrize(
    "message",
    [
        one("Sent to %(name)s.", "À %(name)s."),
        Message(("%(n)s item", "%(n)s items"), ("une pièce", "%(n)s pièces")),
    ],
)
def test_a_faithful_translation_is_left_alone(message: Message) -> None:
    assert list(catalogues.message_faults(message)) == []


def test_a_sentence_that_a_catalogue_lacks_or_kept_too_long_is_found() -> None:
    template, old = Catalog(), Catalog()
    template.add("New.")
    old.add("Old.", "Vieux.")
    assert list(catalogues.faults(old, template)) == [
        "missing: 'New.'",
        "no longer in the source: 'Old.'",
    ]


def test_sentences_are_found_in_code_in_templates_and_in_the_law() -> None:
    code = 'say("Sent to %(name)s.", name=peer)\npgettext("month", "May")\n'
    assert list(catalogues.from_code(code, "a.py")) == [
        Found(texts=("Sent to %(name)s.",), context=None, place="a.py:1"),
        Found(texts=("May",), context="month", place="a.py:2"),
    ]
    page = (
        '<p title="don\'t">{% translate "Sent." %}</p>\n'
        "    {% blocktranslate trimmed count n=n %}\n      one\n"
        "    {% plural %}\n      {{ n }} items\n    {% endblocktranslate %}\n"
    )
    assert [found.texts for found in catalogues.from_template(page, "a.html")] == [
        ("Sent.",),
        ("one", "%(n)s items"),
    ]
    law = {"offence": [{"title": "Illegal access", "article": "7", "more": {"text": "Words."}}]}
    assert [found.texts for found in catalogues.from_law(law, "a.toml")] == [
        ("Illegal access",),
        ("Words.",),
    ]


def test_renewing_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    old, template = Catalog(locale="ar"), Catalog()
    old.add("Kept.", "محفوظ.")
    old.add("Gone.", "ذهب.")
    with path.open("wb") as file:
        write_po(file, old)
    template.add("Kept.")
    template.add("New.")
    assert catalogues.renew(path, "ar", template) == 1
    again = read_po(io.BytesIO(path.read_bytes()))
    assert {message.id: message.string for message in again if message.id} == {
        "Kept.": "محفوظ.",
        "New.": "",
    }
    assert catalogues.stale(path, "ar") is False
    path.write_bytes(path.read_bytes().replace("محفوظ".encode(), "باق".encode()))
    assert catalogues.stale(path, "ar") is True


def test_the_pseudo_locale_fills_itself_and_keeps_placeholders(tmp_path: Path) -> None:
    path = tmp_path / catalogues.PSEUDO / "LC_MESSAGES" / "django.po"
    template = Catalog()
    template.add("Sent to %(name)s.")
    template.add(("one", "%(n)s items"))
    assert catalogues.renew(path, catalogues.PSEUDO, template) == 0
    again = catalogues.read(path, catalogues.PSEUDO)
    assert list(catalogues.faults(again, template)) == []
    assert catalogues.stale(path, catalogues.PSEUDO) is False


def test_a_new_sentence_is_empty_in_each_language_until_it_is_translated(tmp_path: Path) -> None:
    template = Catalog()
    template.add("Wait.")
    catalogues.renew(tmp_path / "xa.po", catalogues.PSEUDO, template)
    assert catalogues.renew(tmp_path / "zh.po", "zh_Hans", template) == 1
    entry = catalogues.read(tmp_path / "zh.po", "zh_Hans").get("Wait.")
    assert entry is not None
    assert entry.string == ""
