"""A value of a kind that this version does not know: kept, shown, written back unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.facts.data import Data
from comity.facts.display import reveal


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The kind and the fields of a value that a newer version wrote."""

    kind: str
    fields: tuple[tuple[str, str | int], ...]

    @property
    def normal(self) -> str:
        """Return the form to compare by: equal only where every field is."""
        return "\n".join(f"{name}={value!r}" for name, value in self.fields)

    def caption(self) -> str:
        """Return kind and fields as they came, hidden characters made visible."""
        shown = ", ".join(f"{name}: {value}" for name, value in self.fields)
        return reveal(f"{self.kind} ({shown})")

    def as_data(self) -> Data:
        """Return the wire form, as it came."""
        return {"kind": self.kind, **dict(self.fields)}


def from_data(data: Mapping[str, str | int]) -> Unknown:
    """Return the unknown value of its wire form."""
    return Unknown(
        kind=str(data["kind"]),
        fields=tuple(sorted((name, value) for name, value in data.items() if name != "kind")),
    )
