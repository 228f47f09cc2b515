"""Every address of the desk. What is not marked open to all needs an officer."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter

from comity.desk import assets, build, decide, lists, matter, refusal, sign_in, step_page, wall
from comity.desk.access import open_to_all


class MatterId:
    """A file's id in an address: the digest without its name."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """Return the id."""
        return f"sha256:{value}"

    def to_url(self, value: str) -> str:
        """Return the digest."""
        return value.removeprefix("sha256:")


class DraftId:
    """A draft's id: random, and of no meaning."""

    regex = "[A-Za-z0-9_-]{20}"

    def to_python(self, value: str) -> str:
        """Return the id."""
        return value

    def to_url(self, value: str) -> str:
        """Return the id."""
        return value


register_converter(MatterId, "matter")
register_converter(DraftId, "draft")


@open_to_all
def no_icon(_: HttpRequest) -> HttpResponse:
    """Answer browsers that ask for an icon."""
    return HttpResponse(status=204, headers={"Cache-Control": "public, max-age=86400"})


handler400 = "comity.desk.faults.bad_request"
handler403 = "comity.desk.faults.forbidden"
handler404 = "comity.desk.faults.not_found"
handler500 = "comity.desk.faults.broken"

urlpatterns = [
    path("sign-in", sign_in.sign_in),
    path("sign-out", sign_in.sign_out),
    path("language", sign_in.choose_language),
    path("palette", sign_in.choose_palette),
    path("favicon.ico", no_icon),
    path("static/<slug:mark>/<str:name>", assets.serve),
    path("", wall.wall),
    path("live", wall.live),
    path("requests", build.listing),
    path("requests/new", build.new),
    path("requests/<draft:draft_id>/identifiers", build.identifiers),
    path("requests/<draft:draft_id>/state", build.state),
    path("requests/<draft:draft_id>/basis", build.basis),
    path("requests/<draft:draft_id>/contents", build.contents),
    path("requests/<draft:draft_id>/check", build.check),
    path("requests/<draft:draft_id>/drop", build.drop),
    path("matters/<matter:matter>", matter.show),
    path("matters/<matter:matter>/live", matter.live),
    path("matters/<matter:matter>/take", matter.take),
    path("matters/<matter:matter>/note", matter.add_note),
    path("matters/<matter:matter>/certificate", matter.download),
    path("matters/<matter:matter>/preserve", decide.preserve),
    path("matters/<matter:matter>/kept", decide.kept),
    path("matters/<matter:matter>/check", decide.check),
    path("matters/<matter:matter>/refuse", refusal.refusal),
    path("matters/<matter:matter>/<slug:path>", step_page.step_page),
    path("queue", lists.queue),
    path("directory", lists.directory),
    path("law", lists.law),
    path("help", lists.help_page),
]
