"""The boxes of the request builder, made from the law rows and from what was typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comity.actions.cards import card_of
from comity.actions.ports import House
from comity.actions.send import basis_choices, default_end
from comity.convention.basis import BasisOption
from comity.convention.codes import AnswerKind, Urgency
from comity.convention.errors import ConventionError
from comity.convention.forms import Field, preservation_form
from comity.convention.instruments import BUDAPEST, UNCC, instrument_name
from comity.convention.offences import OffenceCode, offence_row, offence_title
from comity.desk.asking import EMPTY_ROWS, TYPED_ROWS
from comity.desk.basis_line import OffenceLine, offence_line
from comity.desk.boxes import Box, Choice, Mark
from comity.desk.drafts import Draft, Found
from comity.desk.marks import URGENCY, urgency
from comity.desk.problems import Problems
from comity.desk.speak import article
from comity.facts import IDENTIFIERS, KINDS, Connection, reveal
from comity.text import Sentence, say

KIND_CHOICES: Final = tuple(Choice(value=kind, label=KINDS[kind].label) for kind in IDENTIFIERS)
FORMS: Final = (UNCC, BUDAPEST)
LANGUAGES: Final = (
    Choice(value="en", label=say("English")),
    Choice(value="zh-Hans", label=say("Chinese")),
    Choice(value="ar", label=say("Arabic")),
    Choice(value="fr", label=say("French")),
    Choice(value="ru", label=say("Russian")),
    Choice(value="es", label=say("Spanish")),
    Choice(value="vi", label=say("Vietnamese")),
)
YES_NO: Final = (Choice(value="yes", label=say("Yes")), Choice(value="no", label=say("No")))
_OFFERED: Final = (
    Urgency.IMMEDIATE_247,
    Urgency.EMERGENCY_LIFE_SAFETY,
    Urgency.EXPEDITED_VULNERABLE,
    Urgency.ROUTINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A finding on the page: its number, what it is, and the pieces to add."""

    index: int
    label: Sentence
    caption: str
    found: Found
    ticked: bool
    pieces: tuple[tuple[str, Sentence, str], ...]
    zone: str
    asks_zone: bool
    errors: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """A row for an identifier typed by hand."""

    row: int
    kind: str
    text: str
    errors: tuple[Sentence, ...]


def findings(draft: Draft, problems: Problems) -> tuple[Shown, ...]:
    """Return the findings as the page shows them."""
    return tuple(_shown(draft, index, problems) for index in range(len(draft.found)))


def _shown(draft: Draft, index: int, problems: Problems) -> Shown:
    found = draft.found[index]
    value = found.value
    pieces: list[tuple[str, Sentence, str]] = []
    if isinstance(value, Connection):
        if value.port is None:
            pieces.append((f"port-{index}", say("Port"), draft.text(f"port-{index}")))
        if value.at is None and value.local is None:
            asked = say("Date and time, to the second")
            pieces.append((f"when-{index}", asked, draft.text(f"when-{index}")))
    names = {f"{name}-{index}" for name in ("when", "zone", "port")}
    known = KINDS.get(value.kind)
    return Shown(
        index=index,
        label=known.label if known else say("A kind that this version does not know"),
        caption=reveal(value.caption()),
        found=found,
        ticked=index in draft.ticked,
        pieces=tuple(pieces),
        zone=draft.text(f"zone-{index}"),
        asks_zone=isinstance(value, Connection) and value.at is None,
        errors=tuple(one.sentence for one in problems if one.field in names),
    )


def typed_rows(draft: Draft, problems: Problems) -> tuple[TypedRow, ...]:
    """Return the rows filled, and a few empty ones below."""
    filled = [n for n in range(1, TYPED_ROWS + 1) if draft.text(f"text-{n}").strip()]
    last = min(TYPED_ROWS, max(filled, default=0) + EMPTY_ROWS)
    return tuple(
        TypedRow(
            row=n,
            kind=draft.text(f"kind-{n}") or "email_address",
            text=draft.text(f"text-{n}"),
            errors=tuple(one.sentence for one in problems if one.field == f"text-{n}"),
        )
        for n in range(1, last + 1)
    )


def states(house: House, draft: Draft, language: str) -> tuple[Box, ...]:
    """Return the box for the State that is asked."""
    cards = [held.card for held in house.store.read(lambda view: view.cards())]
    tag = language.partition("-")[0]
    choices = tuple(
        Choice(value=card.state, label=Sentence(card.name(tag)), more=card.state)
        for card in cards
        if card.state != house.me
    )
    box = Box(
        name="to",
        kind="radio",
        label=say("Which State is to keep the data?"),
        hint=say("Only States whose card was checked are listed. See the directory."),
        choices=choices,
        value=draft.text("to"),
    )
    return (box,)


def options(house: House, draft: Draft) -> tuple[BasisOption, ...]:
    """Return every basis between the two States, usable or not."""
    return basis_choices(house, draft.text("to"))


def basis(house: House, draft: Draft, _: str) -> tuple[Box, ...]:
    """Return the boxes for basis, form, offence and penalty."""
    found = options(house, draft)
    first = next((one.instrument for one in found if one.usable), "")
    return (
        Box(
            name="instrument",
            kind="radio",
            label=say("On which legal basis?"),
            hint=say("You confirm the basis. What the two cards say is reported, not certified."),
            choices=tuple(
                Choice(
                    value=one.instrument, label=one.name, hint=one.why, more=article(one.article)
                )
                for one in found
            ),
            value=draft.text("instrument") or (first if len(found) == 1 else ""),
        ),
        Box(
            name="form",
            kind="radio",
            label=say("Which form of request?"),
            hint=say("The form says what the request must contain. It may differ from the basis."),
            choices=tuple(Choice(value=code, label=instrument_name(code)) for code in FORMS),
            value=draft.text("form") or UNCC,
        ),
        Box(
            name="offence",
            kind="select",
            label=say("Which offence is being investigated?"),
            choices=(Choice(value="", label=say("Choose the offence")), *_offences()),
            value=draft.text("offence"),
        ),
        Box(
            name="penalty",
            label=say("Highest penalty for it in your State, in months"),
            hint=say("Needed only for an offence outside articles 7 to 17. For life write 1200."),
            required=False,
            value=draft.text("penalty"),
        ),
    )


def _offences() -> Iterator[Choice]:
    for code in OffenceCode:
        row = offence_row(code)
        yield Choice(
            value=code.value, label=offence_title(code), more=article(row.article) if row else ""
        )


def contents(house: House, draft: Draft, language: str) -> tuple[Box, ...]:
    """Return the boxes that the form asks for, then the desk's own."""
    try:
        form = preservation_form(draft.text("instrument"), draft.text("form"))
    except ConventionError:
        return ()
    asked = tuple(
        _law_box(house, draft, field)
        for field in form.fields
        if field.answer is not AnswerKind.OFFENCE
    )
    secrecy = () if any(one.name == "secrecy" for one in asked) else (_secrecy(draft),)
    return (*asked, *secrecy, *_period(draft), *_own(house, draft, language))


def _law_box(house: House, draft: Draft, field: Field) -> Box:
    mark = Mark(article=field.article, evidence=field.evidence)
    value = draft.text(field.code)
    if field.answer is AnswerKind.TEXT:
        return Box(
            name=field.code,
            kind="line" if field.code in ("authority", "custodian") else "text",
            label=field.ask,
            required=field.required,
            mark=mark,
            rows=3,
            value=value or (_authority(house) if field.code == "authority" else ""),
        )
    statement = field.answer is AnswerKind.STATEMENT
    return Box(
        name=field.code,
        kind="radio",
        label=field.ask,
        required=field.required,
        mark=mark,
        choices=YES_NO,
        value=value or ("" if statement else "yes"),
    )


def _secrecy(draft: Draft) -> Box:
    return Box(
        name="secrecy",
        kind="radio",
        label=say("Should the request stay secret, and the user not be told?"),
        hint=say("The form does not ask for this; you may ask for it all the same."),
        required=False,
        choices=YES_NO,
        value=draft.text("secrecy") or "yes",
    )


def _period(draft: Draft) -> tuple[Box, Box]:
    return (
        Box(
            name="period_from",
            kind="date",
            label=say("Data of which period? First day"),
            hint=say("At most 365 days, and no day that has not come yet."),
            value=draft.text("period_from"),
        ),
        Box(name="period_to", kind="date", label=say("Last day"), value=draft.text("period_to")),
    )


def _own(house: House, draft: Draft, language: str) -> tuple[Box, ...]:
    now = house.clock.now()
    return (
        Box(
            name="until",
            kind="date",
            label=say("Keep the data until which day?"),
            hint=say("Until midnight UTC at the start of that day; at least 60 days from now."),
            value=draft.text("until") or f"{default_end(house):%Y-%m-%d}",
        ),
        Box(
            name="urgency",
            kind="select",
            label=say("How urgent is it?"),
            choices=tuple(Choice(value=one.value, label=URGENCY[one]) for one in _OFFERED),
            value=draft.text("urgency") or Urgency.IMMEDIATE_247.value,
        ),
        Box(
            name="ours",
            label=say("Your own reference"),
            hint=say("Both desks name the file by it. Write no name of a person here."),
            value=draft.text("ours") or _reference(house, draft, f"{now:%Y%m%d}"),
        ),
        Box(
            name="contact",
            label=say("Whom may they call with questions?"),
            hint=say("An office and its number, rather than a person."),
            required=False,
            value=draft.text("contact") or _contact(house),
        ),
        Box(
            name="lang",
            kind="select",
            label=say("In which language did you write?"),
            choices=LANGUAGES,
            value=draft.text("lang") or language,
        ),
    )


def _reference(house: House, draft: Draft, day: str) -> str:
    mark = "".join(letter for letter in draft.id.upper() if letter.isalnum())[:6]
    return f"{house.me}-{day}-{mark}"


def _authority(house: House) -> str:
    return next((one.name for one in card_of(house, house.me).authorities), "")


def _contact(house: House) -> str:
    listed = card_of(house, house.me).authorities
    return next((f"{one.name}, {one.phone}" for one in listed), "")


def urgency_of(code: str) -> Sentence:
    """Return how urgent a request is, in words."""
    return urgency(code)


def offence_of(code: str) -> OffenceLine:
    """Return the offence in plain words."""
    return offence_line(code)
