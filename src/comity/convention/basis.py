"""The legal basis of a matter: which instruments would do between two States on a day.

The basis gives grounds, clocks and channel; the form gives the contents. An
officer confirms the basis. What the two cards say is reported here, never
certified, and a signature is never taken for consent to be bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from comity.convention.codes import Measure
from comity.convention.errors import BasisNotInForce
from comity.convention.instruments import (
    BUDAPEST,
    RECIPROCITY,
    UNCC,
    check_instrument,
    instrument_name,
    instrument_rank,
    require_form,
    require_rows,
)
from comity.convention.load import rows_of
from comity.convention.rows import MeasureRow
from comity.convention.treaties import Standing, Treaty, pick_treaty
from comity.text import Sentence, say

_OUR_STANDING: Final = {
    Standing.NOT_LISTED: say("Your State's card does not list this treaty as in force."),
    Standing.SIGNED_ONLY: say(
        "Your State has only signed this treaty. A signature is not consent to be bound."
    ),
}
_THEIR_STANDING: Final = {
    Standing.NOT_LISTED: say("The other State's card does not list this treaty as in force."),
    Standing.SIGNED_ONLY: say(
        "The other State has only signed this treaty. A signature is not consent to be bound."
    ),
}
_WHY_ROWS: Final = {
    UNCC: ("uncc/64", "uncc/65-1", "uncc/65-2"),
    RECIPROCITY: ("reciprocity/no-treaty", "reciprocity/form"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A legal basis and the form used with it, as an act header names them.

    ``instrument`` gives grounds and clocks, ``form`` the contents. Raises
    UnknownInstrument, InstrumentWithoutRows, InstrumentWithoutForm.
    """

    instrument: str
    form: str

    def __post_init__(self) -> None:
        """Refuse a basis without law rows, or a form that lists no contents."""
        require_rows(self.instrument)
        require_form(self.form)

    @property
    def undertaken(self) -> bool:
        """Say whether the form's contents and clocks are undertaken only, not required."""
        return self.instrument == RECIPROCITY

    def article(self, measure: Measure) -> str:
        """Return the article that a request for ``measure`` names; empty if there is none."""
        row = _measure_row(self.instrument, measure)
        return row.basis_article if row else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisOption:
    """One instrument as a basis between two States on one day.

    ``usable`` says whether a request can be sent on it. ``why`` says why or why
    not; ``instead``, if it is not usable, what would do. ``mark`` is what the
    request must carry on its face (no treaty: reciprocity). ``since`` is the
    first day on which it binds both.
    """

    instrument: str
    name: Sentence
    article: str
    usable: bool
    why: Sentence
    since: date | None = None
    mark: Sentence | None = None
    instead: Sentence | None = None
    rows: tuple[str, ...] = ()
    ours: Treaty | None = None
    theirs: Treaty | None = None


def basis_options(
    ours: Sequence[Treaty],
    theirs: Sequence[Treaty],
    *,
    on: date,
    measure: Measure = Measure.PRESERVE,
) -> tuple[BasisOption, ...]:
    """Return every instrument that might be the basis of ``measure`` on that day (UTC).

    ``ours`` and ``theirs`` come from the two States' cards. The Convention, the
    Budapest Convention and reciprocity are always among the options, usable or not.
    """
    listed = {each.instrument for each in (*ours, *theirs)}
    found = [
        _treaty_option(instrument, ours, theirs, on, measure)
        for instrument in sorted({UNCC, BUDAPEST, *listed}, key=instrument_rank)
    ]
    found.append(_reciprocity_option(measure))
    instead = _instead([each.instrument for each in found if each.usable])
    return tuple(each if each.usable else replace(each, instead=instead) for each in found)


def require_basis(
    chosen: Basis,
    ours: Sequence[Treaty],
    theirs: Sequence[Treaty],
    *,
    on: date,
    measure: Measure = Measure.PRESERVE,
) -> BasisOption:
    """Return the option chosen if a request can be sent on it. Raises BasisNotInForce.

    The sentence of the error says what would do instead.
    """
    options = basis_options(ours, theirs, on=on, measure=measure)
    for option in options:
        if option.instrument == chosen.instrument and option.usable:
            return option
    usable = [option.instrument for option in options if option.usable]
    raise BasisNotInForce(_blocked(usable, on))


def basis_caption(basis: Basis, measure: Measure = Measure.PRESERVE) -> Sentence:
    """Return in words which form is used and on which basis.

    The values are the articles; ``form`` and ``basis`` are names of
    instruments, which the reader's language may translate in their turn.
    """
    name = str(instrument_name(basis.instrument))
    form = str(instrument_name(basis.form))
    if basis.undertaken:
        return say("Form: %(form)s. No treaty: reciprocity.", form=form)
    article = basis.article(measure)
    if basis.form == basis.instrument:
        return say("Form and basis: %(basis)s, article %(article)s.", basis=name, article=article)
    return say(
        "Form: %(form)s. Basis: %(basis)s, article %(article)s.",
        form=form,
        basis=name,
        article=article,
    )


def _treaty_option(
    instrument: str,
    ours: Sequence[Treaty],
    theirs: Sequence[Treaty],
    on: date,
    measure: Measure,
) -> BasisOption:
    check_instrument(instrument)
    our_entry = pick_treaty(ours, instrument, on)
    their_entry = pick_treaty(theirs, instrument, on)
    against = _against(our_entry, on, whose=_OUR_STANDING) or _against(
        their_entry, on, whose=_THEIR_STANDING
    )
    covered = _measure_row(instrument, measure)
    since = _since(our_entry, their_entry) if against is None else None
    return BasisOption(
        instrument=instrument,
        name=instrument_name(instrument),
        article=covered.basis_article if covered else "",
        usable=against is None and covered is not None,
        why=against or _bound(since, covered),
        since=since,
        rows=_WHY_ROWS.get(instrument, ()) if covered is None or against else (covered.id,),
        ours=our_entry,
        theirs=their_entry,
    )


def _reciprocity_option(measure: Measure) -> BasisOption:
    covered = _measure_row(RECIPROCITY, measure)
    return BasisOption(
        instrument=RECIPROCITY,
        name=instrument_name(RECIPROCITY),
        article="",
        usable=covered is not None,
        why=say(
            "No treaty is named. The other State helps under its own law, if it will."
            " Contents and times of the form are undertaken, not required."
        )
        if covered
        else say("This edition of the law has no rows for this measure without a treaty."),
        mark=say("No treaty: reciprocity"),
        rows=_WHY_ROWS[RECIPROCITY],
    )


def _against(entry: Treaty | None, on: date, *, whose: dict[Standing, Sentence]) -> Sentence | None:
    """Say why the entry does not bind its State on that day, or nothing if it does."""
    standing = entry.standing(on) if entry else Standing.NOT_LISTED
    if standing in whose:
        return whose[standing]
    if entry is None or standing is Standing.BINDS:
        return None
    ours = whose is _OUR_STANDING
    if standing is Standing.LATER:
        day = str(entry.in_force_from)
        if ours:
            return say("For your State this treaty is in force only from %(day)s.", day=day)
        return say("For the other State this treaty is in force only from %(day)s.", day=day)
    day = str(entry.in_force_until)
    if ours:
        return say("For your State this treaty ended on %(day)s.", day=day)
    return say("For the other State this treaty ended on %(day)s.", day=day)


def _bound(since: date | None, covered: MeasureRow | None) -> Sentence:
    if covered is None:
        return say(
            "In force between both States, but this edition of the law has no rows for this"
            " measure under it."
        )
    return say(
        "By both States' cards it is in force for both since %(day)s. Confirm it.",
        day=str(since),
    )


def _since(our_entry: Treaty | None, their_entry: Treaty | None) -> date | None:
    days = [
        entry.in_force_from
        for entry in (our_entry, their_entry)
        if entry is not None and entry.in_force_from is not None
    ]
    return max(days, default=None)


def _measure_row(instrument: str, measure: Measure) -> MeasureRow | None:
    return next(
        (
            row
            for row in rows_of(instrument)
            if isinstance(row, MeasureRow) and row.measure is measure
        ),
        None,
    )


def _instead(usable: Sequence[str]) -> Sentence:
    if UNCC in usable:
        return say("The UN Convention would do: it is in force between both States.")
    if BUDAPEST in usable:
        return say(
            "The Budapest Convention would do: it is in force between both States. The form"
            " of the UN Convention can stay."
        )
    if RECIPROCITY in usable:
        return say("Reciprocity would do, without a treaty. The form can stay.")
    return say("No legal basis in this edition of the law would do for this measure.")


def _blocked(usable: Sequence[str], on: date) -> Sentence:
    day = str(on)
    if UNCC in usable:
        return say(
            "The chosen legal basis cannot be used between the two States on %(day)s. Nothing"
            " was sent. Choose the UN Convention: it is in force between both States.",
            day=day,
        )
    if BUDAPEST in usable:
        return say(
            "The chosen legal basis cannot be used between the two States on %(day)s. Nothing"
            " was sent. Choose the Budapest Convention: it is in force between both States."
            " The form can stay.",
            day=day,
        )
    if RECIPROCITY in usable:
        return say(
            "The chosen legal basis cannot be used between the two States on %(day)s. Nothing"
            " was sent. Choose reciprocity, without a treaty. The form can stay.",
            day=day,
        )
    return say(
        "The chosen legal basis cannot be used between the two States on %(day)s. Nothing was"
        " sent. No legal basis in this edition of the law would do: ask a lawyer.",
        day=day,
    )
