"""What holds for every page of the desk, in every language."""

import gzip
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from comity.desk.assets import NAMES, asset
from comity.desk.small_steps import SMALL_STEPS, SmallStep
from tests.desk.pages import Page, get, press
from tests.desk.test_builder import at_contents
from tests.desk.test_whole_way import build
from tests.desk.two_desks import Desks, send

LANGUAGES = ("en", "zh-hans", "ar")
CONTROLS = {"input", "select", "textarea"}
SECRETS = ("offender", "pensioner", "CloudHarbour", "victim", "collect@", "Duty desk")
PHYSICAL = re.compile(
    r"(?<![-\w])(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b"
    r"|(?<![-\w@])(?:left|right|top|bottom|width|height|min-width|max-width)\s*:"
    r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)
NAKED_TIME = re.compile(r"(?<![\d:])\d\d:\d\d(?![\d:])")


@pytest.fixture
def pages(northmere: Client, jinhai: Client, desks: Desks) -> list[tuple[str, Page]]:
    """Every kind of page, in English."""
    return list(_pages(northmere, jinhai, desks))


def _pages(northmere: Client, jinhai: Client, desks: Desks) -> Iterator[tuple[str, Page]]:
    matter = f"/matters/{send(desks, items=2).removeprefix('sha256:')}"
    for path in ("/", "/requests/new", "/queue", "/directory", "/law", "/help"):
        yield path, get(jinhai, path)
    yield matter, get(jinhai, matter)
    for step in ("preserve", "kept", "check", "refuse", "ask", "cannot"):
        yield f"{matter}/{step}", get(jinhai, f"{matter}/{step}")
    form = get(jinhai, f"{matter}/refuse")
    chosen: dict[str, str | list[str]] = {"grounds": ["B29_5A_political"], "press": "look"}
    yield f"{matter}/refuse", press(jinhai, form, "/refuse", reason="It is.", **chosen)
    yield f"{matter}/refuse", press(jinhai, form, "/refuse")
    desks.carry()
    yield matter, get(northmere, matter)
    for step in ("withdraw", "ask-extension", "follow-up"):
        yield f"{matter}/{step}", get(northmere, f"{matter}/{step}")
    contents = at_contents(northmere)
    draft = contents.form("/contents").action.removesuffix("/contents")
    for step in ("identifiers", "state", "basis"):
        yield f"{draft}/{step}", get(northmere, f"{draft}/{step}")
    yield f"{draft}/contents", contents
    yield f"{draft}/contents", press(northmere, contents, "/contents", until="soon")
    yield "/requests/x/check", build(northmere)
    yield "/requests", get(northmere, "/requests")
    yield "/nowhere", Page(northmere.get("/nowhere").content.decode())


def test_no_title_and_no_address_holds_personal_data(pages: list[tuple[str, Page]]) -> None:
    for path, page in pages:
        said = " ".join([path, page.title, *page.links(), *(form.action for form in page.forms)])
        assert not [secret for secret in SECRETS if secret in said], path


def test_no_page_has_inline_script_or_style(pages: list[tuple[str, Page]]) -> None:
    for path, page in pages:
        for tag, attrs in page.elements:
            assert tag != "style", path
            assert tag != "script" or attrs.get("src", "").startswith("/static/"), path
            assert not [name for name in attrs if name == "style" or name.startswith("on")], path


def test_every_id_is_there_once(pages: list[tuple[str, Page]]) -> None:
    for path, page in pages:
        ids = [one["id"] for one in page.with_attribute("id")]
        assert sorted(ids) == sorted(set(ids)), path


def test_every_control_has_a_label(pages: list[tuple[str, Page]]) -> None:
    for path, page in pages:
        labelled = {attrs["for"] for tag, attrs in page.elements if tag == "label"}
        for tag, attrs in page.elements:
            if tag in CONTROLS and attrs.get("type") != "hidden" and "hidden" not in attrs:
                assert attrs.get("id") in labelled or "aria-label" in attrs, (path, attrs)


def test_every_description_points_at_something(pages: list[tuple[str, Page]]) -> None:
    for path, page in pages:
        ids = {one["id"] for one in page.with_attribute("id")}
        for name in ("aria-describedby", "aria-labelledby"):
            for one in page.with_attribute(name):
                assert set(one[name].split()) <= ids, (path, one)
        inside = {one.removeprefix("#") for one in page.links() if one.startswith("#")}
        assert inside <= ids, path


def test_each_page_has_one_first_heading_and_one_main_button(
    pages: list[tuple[str, Page]],
) -> None:
    for path, page in pages:
        tags = [tag for tag, _ in page.elements]
        assert tags.count("h1") == 1, path
        assert tags.count("main") == 1, path
        first = [
            attrs
            for tag, attrs in page.elements
            if tag in ("a", "button")
            and "button" in attrs.get("class", "").split()
            and not {"second", "danger"} & set(attrs.get("class", "").split())
        ]
        assert len(first) <= 1, path


def test_every_form_posts_with_a_token(pages: list[tuple[str, Page]]) -> None:
    for path, page in pages:
        for form in page.forms:
            if form.method == "post":
                assert "csrfmiddlewaretoken" in form.fields, path


def test_no_time_stands_without_its_place(pages: list[tuple[str, Page]]) -> None:
    for path, page in pages:
        text = re.sub(r'<time class="when".*?</time>', "", page.html, flags=re.DOTALL)
        text = re.sub(r"<pre.*?</pre>|<[^>]*>", " ", text, flags=re.DOTALL)
        for found in NAKED_TIME.finditer(text):
            assert "UTC" in text[found.start() : found.end() + 8], (path, found.group())


def test_every_page_speaks_the_readers_language(
    northmere: Client, jinhai: Client, desks: Desks
) -> None:
    script = {"zh-hans": r"[\u4e00-\u9fff]", "ar": r"[\u0600-\u06ff]"}
    matter = f"/matters/{send(desks).removeprefix('sha256:')}"
    for language, letters in script.items():
        for client in (northmere, jinhai):
            client.post("/language", {"language": language, "next": "/"})
        paths = ["/", "/requests/new", "/queue", "/directory", "/law", "/help", "/requests", matter]
        paths += [f"{matter}/{step}" for step in ("preserve", "kept", "check", "refuse", "ask")]
        for path in paths:
            page = get(jinhai, path)
            assert f'lang="{language}"' in page.html
            headings = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page.html, re.DOTALL)
            shown = [re.sub(r"<[^>]*>", "", one).strip() for one in headings]
            assert [one for one in shown if not re.search(letters, one)] == [], (language, path)


@pytest.mark.parametrize("step", SMALL_STEPS, ids=lambda one: one.path)
def test_what_cannot_be_taken_back_says_so(step: SmallStep) -> None:
    assert ("cannot take" in str(step.follows)) is step.danger


@pytest.mark.parametrize("name", [one for one in NAMES if one.endswith(".css")])
def test_style_has_no_left_and_no_right(name: str) -> None:
    text = re.sub(r"/\*.*?\*/|@media[^{]*|@page.*", "", asset(name).data.decode(), flags=re.DOTALL)
    assert PHYSICAL.findall(text) == []


def test_style_and_script_are_small() -> None:
    style = b"".join(asset(name).data for name in NAMES if name.endswith(".css"))
    assert len(gzip.compress(style)) < 20_000
    assert len(asset("poll.js").data) < 3_000
