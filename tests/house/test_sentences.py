"""No text that only one language understands."""

import ast

import pytest

from tests.house import tree
from tests.house.sentences import python_faults, template_faults

BAD_PYTHON = [
    'say(f"{n} entries")',
    'say("%s entries")',
    'say("{} entries")',
    'say("{count} entries")',
    'say("%d entries" % n)',
    'say("{} entries".format(n))',
    'say("To " + name)',
    'say("Sent") + say("received")',
    "say(text)",
    'say("To %(name)s")',
    'say("To %(name)s", nome="x")',
    'say("Sent", name="x")',
    'say(" Sent")',
    'say("")',
    'gettext("%(n)d entries")',
    'ngettext("one", f"{n} entries", n)',
    'pgettext("month", "%s")',
    'translation.gettext_lazy(f"{n}")',
]
GOOD_PYTHON = [
    'say("Sent to %(name)s.", name=peer)',
    'say("Keep 100 % of it.")',
    'say("Sent."  " Received.")',
    "gettext(sentence.text)",
    'ngettext("%(n)s entry", "%(n)s entries", n)',
    'pgettext("f-string {}", "May")',
    'print(f"{n}")',
]
BAD_TEMPLATE = [
    "{% translate title %}",
    '{% translate "%s entries" %}',
    '{% translate "{0} entries" %}',
    '{% trans "" %}',
    "{% blocktranslate %}Sent.{% endblocktranslate %}",
    "{% blocktranslate trimmed %}Sent %s.{% endblocktranslate %}",
    "{% blocktranslate trimmed %}Sent {0}.{% endblocktranslate %}",
]
GOOD_TEMPLATE = [
    '{% translate "Sent." %}',
    "{% translate 'Sent.' as sent %}",
    "{% blocktranslate trimmed %}Sent to {{ name }}.{% endblocktranslate %}",
    "{% blocktranslate trimmed count n=n %}one{% plural %}{{ n }} items{% endblocktranslate %}",
    "<style>a { color: red }</style>",
]


def test_every_sentence_in_python_can_be_translated() -> None:
    found = [
        f"{tree.place(path, fault.line)}: {fault.why}"
        for path in tree.python(tree.SRC)
        for fault in python_faults(tree.parsed(path))
    ]
    assert found == []


def test_every_sentence_in_a_template_can_be_translated() -> None:
    found = [
        f"{tree.place(path, fault.line)}: {fault.why}"
        for path in tree.templates()
        for fault in template_faults(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("source", BAD_PYTHON)
def test_a_sentence_lost_to_translation_is_found(source: str) -> None:
    assert list(python_faults(ast.parse(source)))


@pytest.mark.parametrize("source", GOOD_PYTHON)
def test_a_whole_sentence_is_left_alone(source: str) -> None:
    assert list(python_faults(ast.parse(source))) == []


@pytest.mark.parametrize("source", BAD_TEMPLATE)
def test_a_template_sentence_lost_to_translation_is_found(source: str) -> None:
    assert list(template_faults(source))


@pytest.mark.parametrize("source", GOOD_TEMPLATE)
def test_a_whole_template_sentence_is_left_alone(source: str) -> None:
    assert list(template_faults(source)) == []
