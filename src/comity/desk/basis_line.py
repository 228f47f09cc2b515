"""The legal basis of a file in words, with the law rows that it relies on."""

from dataclasses import dataclass

from comity.convention.basis import Basis, basis_caption
from comity.convention.errors import ConventionError
from comity.convention.load import row
from comity.convention.offences import OffenceCode, offence_row, offence_title
from comity.convention.rows import Evidence, Row
from comity.matters.act import Act
from comity.text import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisLine:
    """What both desks see of the legal basis."""

    caption: Sentence
    instrument: str
    article: str
    evidence: Evidence | None
    rows: tuple[Row, ...]
    same_edition: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OffenceLine:
    """The offence in plain words, with its article."""

    title: Sentence
    article: str
    evidence: Evidence | None


def basis_line(opening: Act, edition: str) -> BasisLine:
    """Return the basis that a request names."""
    instrument, article = opening.basis.instrument, opening.basis.article
    rows = rows_named(opening.law.rows)
    try:
        caption = basis_caption(Basis(instrument=instrument, form=opening.form))
    except ConventionError:
        caption = say(
            "Basis: %(code)s, article %(article)s. This edition of the law has no rows for it.",
            code=instrument,
            article=article or "—",
        )
    named = [one for one in rows if one.instrument == instrument and one.article == article]
    near = [one for one in rows if one.instrument == instrument]
    return BasisLine(
        caption=caption,
        instrument=instrument,
        article=article,
        evidence=next((one.evidence for one in (*named, *near)), None),
        rows=rows,
        same_edition=opening.law.edition == edition,
    )


def offence_line(code: str) -> OffenceLine:
    """Return an offence of the law rows in plain words."""
    known = {one.value: one for one in OffenceCode}
    offence = known.get(code)
    if offence is None:
        return OffenceLine(title=say("Offence not named"), article="", evidence=None)
    found = offence_row(offence)
    return OffenceLine(
        title=offence_title(offence),
        article=found.article if found else "",
        evidence=found.evidence if found else None,
    )


def rows_named(ids: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows of these ids that this edition has."""
    found = []
    for row_id in ids:
        try:
            found.append(row(row_id))
        except ConventionError:
            continue
    return tuple(found)
