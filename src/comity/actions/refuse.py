"""Refuse a preservation: with a ground that the basis opens, and a reason."""

from comity.actions.draft import DraftPart, Step
from comity.actions.errors import IncompleteError, NotFoundError
from comity.actions.ports import HeldAct, House, Officer
from comity.actions.roles import DESK, must_be
from comity.actions.state import matter_of, state_act
from comity.convention.basis import Basis
from comity.convention.codes import Measure
from comity.convention.grounds import ground_rows, open_grounds, refusal_problems, reservations_of
from comity.convention.offences import OffenceCode
from comity.convention.problems import Problem
from comity.convention.rows import Ground
from comity.matters.act import Act


def grounds_now(house: House, matter: str) -> tuple[Ground, ...]:
    """Return the grounds on which this State may refuse this request now."""
    opening = _opening(house, matter)
    return open_grounds(
        basis_of(opening),
        Measure.PRESERVE,
        reservations=_reservations(house, opening),
        offence=_offence(opening),
    )


def problems_of_refusal(
    house: House, matter: str, grounds: tuple[str, ...], reason: str
) -> tuple[Problem, ...]:
    """Return what stands in the way of refusing; warnings leave it to the person."""
    opening = _opening(house, matter)
    return refusal_problems(
        basis_of(opening),
        Measure.PRESERVE,
        grounds,
        reason,
        reservations=_reservations(house, opening),
        offence=_offence(opening),
    )


def refuse(
    house: House, matter: str, *, by: Officer, grounds: tuple[str, ...], reason: str
) -> HeldAct:
    """Refuse the request. Raises IncompleteError naming each field that stops it."""
    must_be(by, DESK)
    stops = [one for one in problems_of_refusal(house, matter, grounds, reason) if one.stops]
    if stops:
        raise IncompleteError(tuple((one.field, one.sentence) for one in stops))
    basis = basis_of(_opening(house, matter))
    return state_act(
        house,
        matter,
        Step(
            step="refused",
            grounds=grounds,
            rows=ground_rows(basis, Measure.PRESERVE, grounds),
            parts=(DraftPart(role="reason", data=reason.strip().encode()),),
        ),
    )


def basis_of(opening: Act) -> Basis:
    """Return the basis and form that a request names."""
    return Basis(instrument=opening.basis.instrument, form=opening.form)


def _opening(house: House, matter: str) -> Act:
    opening = house.store.read(lambda view: matter_of(view, matter)).opening
    if opening is None:
        raise NotFoundError
    return opening


def _offence(opening: Act) -> OffenceCode:
    known = {code.value: code for code in OffenceCode}
    return known.get(opening.offence, OffenceCode.C_OUT_OF_SCOPE)


def _reservations(house: House, opening: Act) -> frozenset[str]:
    own = house.store.read(lambda view: view.card(house.me))
    return reservations_of(own.card.declarations, opening.basis.instrument) if own else frozenset()
