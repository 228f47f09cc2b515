"""Find sentences that cannot be translated, in Python and in templates.

A sentence is written whole and literally where it is marked; its placeholders have
names. Anything else is lost to the extractor, or to six of seven languages.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.template.base import Lexer, Token, TokenType

# Where the sentences begin among the arguments, and how many there are.
MARKERS: Final = {
    "say": (0, 1),
    "_": (0, 1),
    "gettext": (0, 1),
    "gettext_lazy": (0, 1),
    "gettext_noop": (0, 1),
    "ngettext": (0, 2),
    "ngettext_lazy": (0, 2),
    "pgettext": (1, 1),
    "pgettext_lazy": (1, 1),
    "npgettext": (1, 2),
    "npgettext_lazy": (1, 2),
}
NAMED: Final = re.compile(r"%\(([a-z_]+)\)s")
POSITIONAL: Final = re.compile(r"%[-+#0-9.]*[a-zA-Z]\b|%\(|\{[^{}]*\}")

TRANSLATE: Final = re.compile(r"(?:translate|trans)\s+(?P<text>\"[^\"]*\"|'[^']*')?")
BLOCK: Final = re.compile(r"(?:blocktranslate|blocktrans)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A sentence that cannot be translated, and why."""

    line: int
    why: str


def names(text: str) -> frozenset[str]:
    """Return the names of a sentence's placeholders."""
    return frozenset(NAMED.findall(text))


def text_fault(text: str) -> str | None:
    """Say what is wrong with a literal sentence, if anything."""
    if POSITIONAL.search(NAMED.sub("", text).replace("%%", "")):
        return "a placeholder needs a name: %(name)s"
    if not text.strip():
        return "an empty sentence cannot be translated"
    if text != text.strip():
        return "white space around a sentence gets lost in translation"
    return None


def _argument_fault(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text_fault(text)
        case ast.JoinedStr():
            return "an f-string is filled in before it is translated"
        case ast.BinOp():
            return "a sentence in pieces cannot be translated: write it whole"
        case ast.Call():
            return "a formatted string is filled in before it is translated"
        case ast.Attribute():
            return None  # a sentence marked elsewhere with `say`, translated here
    return "only a literal sentence is found by the extractor"


def _marker(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call):
        match node.func:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in MARKERS:
                return name
    return None


def _say_fault(call: ast.Call) -> str | None:
    """Compare the placeholders of a ``say`` with the values given."""
    given = {keyword.arg for keyword in call.keywords}
    match call.args:
        case [ast.Constant(value=str(text))] if None not in given and given != names(text):
            return f"placeholders {sorted(names(text))}, values {sorted(map(str, given))}"
    return None


def python_faults(source: ast.Module) -> Iterator[Fault]:
    """Yield the faults of the sentences marked in a Python file."""
    for node in ast.walk(source):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            if _marker(node.left) or _marker(node.right):
                yield Fault(line=node.lineno, why="translated pieces are put together")
        elif isinstance(node, ast.Call) and (name := _marker(node)):
            start, count = MARKERS[name]
            for argument in node.args[start : start + count]:
                if why := _argument_fault(argument):
                    yield Fault(line=argument.lineno, why=why)
            if name == "say" and (why := _say_fault(node)):
                yield Fault(line=node.lineno, why=why)


def _tag_fault(token: Token) -> str | None:
    found = TRANSLATE.match(token.contents)
    if not found:
        return None
    text: str | None = found["text"]
    return text_fault(text[1:-1]) if text else "only a literal sentence is found by the extractor"


def template_faults(source: str) -> Iterator[Fault]:
    """Yield the faults of the sentences marked in a template."""
    inside = False
    for token in Lexer(source).tokenize():
        line = token.lineno or 0
        if token.token_type == TokenType.BLOCK:
            if BLOCK.match(token.contents):
                inside = True
                if "trimmed" not in token.split_contents():
                    why = "say `blocktranslate trimmed`: translators must not count spaces"
                    yield Fault(line=line, why=why)
            elif token.contents.startswith("endblocktrans"):
                inside = False
            elif found := _tag_fault(token):
                yield Fault(line=line, why=found)
        elif inside and token.token_type == TokenType.TEXT and POSITIONAL.search(token.contents):
            yield Fault(line=line, why="a placeholder needs a name: {{ name }}")
