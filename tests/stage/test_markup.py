"""A page is read as a browser reads it: what a form sends is what a person would send."""

from hypothesis import given
from hypothesis import strategies as st

from comity_stage.markup import Form, forms, parse

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><title>T &amp; t</title></head><body>
<form method="post" action="/go"><input type="hidden" name="csrf" value="x&quot;y">
<input type="text" name="line" value="one"><input type="checkbox" name="tick" value="1" checked>
<input type="checkbox" name="tick" value="2"><input type="radio" name="pick" value="a">
<input type="radio" name="pick" value="b" checked><input name="off" value="1" disabled>
<select name="list"><option value="p">P</option><option value="q" selected>Q</option></select>
<select name="first"><option value="r">R</option><option value="s">S</option></select>
<textarea name="text">
 two
lines</textarea><button name="press" value="go">Go</button><br>
<p data-fact="code" data-value="sent">It  was <b>sent</b>.<style>no</style></p>
</form><p>after</body></html>"""


def form_of(page: str) -> Form:
    (form,) = forms(parse(page), lambda _: True)
    return form


def test_a_form_sends_what_stands_in_its_boxes() -> None:
    assert form_of(PAGE).sent() == [
        ("csrf", 'x"y'),
        ("line", "one"),
        ("tick", "1"),
        ("pick", "b"),
        ("list", "q"),
        ("first", "r"),
        ("text", " two\nlines"),
    ]


def test_a_button_is_sent_only_when_it_is_pressed() -> None:
    assert ("press", "go") in form_of(PAGE).sent(press="press=go")


def test_names_and_choices_are_those_of_the_page() -> None:
    form = form_of(PAGE)
    assert {"csrf", "line", "tick", "press", "text"} <= form.names
    assert form.choices("pick") == ("a", "b")
    assert form.choices("list") == ("p", "q")
    assert (form.method, form.action) == ("post", "/go")


def test_elements_are_found_by_their_attributes() -> None:
    root = parse(PAGE)
    fact = root.first(data_fact="code")
    assert fact is not None
    assert fact.get("data-value") == "sent"
    assert fact.text == "It was sent."
    assert root.first(data_fact="none") is None
    assert len(root.all("input", name="tick")) == 2
    assert len(root.all("option", value="*")) == 4


def test_what_is_not_closed_ends_with_its_parent() -> None:
    root = parse("<div><p>one<p>two</div><p>three")
    assert [one.text for one in root.all("div")] == ["onetwo"]
    assert root.text == "onetwothree"


def test_a_file_box_and_a_picture_button_send_nothing() -> None:
    page = '<form><input type="file" name="f"><input type="image" name="i"></form>'
    assert form_of(page).sent() == []
    assert form_of(page).method == "get"


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    root = parse(text)
    assert isinstance(root.text, str)
    for form in forms(root, lambda _: True):
        form.sent()


@given(st.lists(st.sampled_from(["<p>", "</p>", "<form>", "</form>", "<div", ">", "x", "<br/>"])))
def test_no_nesting_breaks_the_reader(parts: list[str]) -> None:
    assert list(parse("".join(parts)).walk())
