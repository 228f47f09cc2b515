"""Find the law rows that a text refers to, so that a test can check that each of them exists."""

import re
from typing import Final

from comity.convention.load import law_rows, laws

_END: Final = r"/(?:[0-9a-z-]+/)?[0-9a-z-]*[0-9a-z](?![\w/-]|\.\w)"


def row_ids_in(text: str) -> frozenset[str]:
    """Return every row id written in ``text``: code, template or document."""
    names = "|".join(law.instrument for law in laws())
    return frozenset(re.findall(rf"(?<![\w/.-])(?:{names}){_END}", text))


def unknown_row_ids(text: str) -> frozenset[str]:
    """Return the row ids written in ``text`` that no law file has."""
    return row_ids_in(text) - {row.id for row in law_rows()}
