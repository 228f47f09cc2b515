"""Who presses: the account that signed in, as the verbs know it."""

from django.http import HttpRequest

from comity.actions.ports import Officer


def officer(request: HttpRequest) -> Officer:
    """Return the signed-in officer; the roles are the account's groups."""
    kept: Officer | None = getattr(request, "comity_officer", None)
    if kept is not None:
        return kept
    roles = request.user.groups.values_list("name", flat=True)
    found = Officer(id=f"officer-{request.user.pk}", roles=frozenset(roles))
    request.comity_officer = found  # type: ignore[attr-defined]  # asked once for each request
    return found
