"""What a State of the cast says of itself: its ``about.toml``, and its settings."""

import json
from pathlib import Path
from typing import Final

from comity_stage.cast import InForce, State

SOURCE: Final = "fiction of this demonstration"

_ABOUT: Final = """\
languages = %(accepts)s

[names]
%(names)s

[[authorities]]
code = %(code)s
name = "24/7 contact point"
roles = ["contact_point", "central_authority"]
phone = %(phone)s
hours = %(hours)s
languages = %(accepts)s
"""
_TREATY: Final = """
[[treaties]]
instrument = %(instrument)s
in_force_from = %(since)s
source = %(source)s
confirmed_by = %(source)s
"""


def about_toml(state: State, treaties: tuple[InForce, ...]) -> str:
    """Return the text of a State's ``about.toml``."""
    names = "\n".join(f"{tag} = {_quoted(name)}" for tag, name in state.names)
    text = _ABOUT % {
        "accepts": _quoted(list(state.accepts)),
        "names": names,
        "code": _quoted(f"{state.code}-247"),
        "phone": _quoted(state.phone),
        "hours": _quoted(state.hours),
    }
    return text + "".join(
        _TREATY
        % {
            "instrument": _quoted(each.instrument),
            "since": each.since.isoformat(),
            "source": _quoted(SOURCE),
        }
        for each in treaties
    )


def set_zone(settings: Path, zone: str) -> None:
    """Write the officers' time zone into a new ``comity.toml``, as an operator would."""
    text = settings.read_text(encoding="utf-8")
    before, desk, after = text.partition("[desk]")
    head, line, rest = after.partition("\n")
    whole = f"{before}{desk}{head}{line}time_zone = {_quoted(zone)}\n{rest}"
    settings.write_text(whole, encoding="utf-8")


def _quoted(value: str | list[str]) -> str:
    """Return a value as TOML writes it; JSON's strings and lists are TOML's."""
    return json.dumps(value, ensure_ascii=False)
