"""Taken back: what is kept must be let go, and both see that it was."""

from comity_stage.cast import Role
from comity_stage.scene import Scene
from comity_stage.script import line


def play(scene: Scene) -> None:
    """Withdraw the first request and release."""
    desk, other, ledger = scene.desk(Role.ASKS), scene.desk(Role.KEEPS), scene.ledger
    matter = scene.matters["main"]
    desk.press(matter, "withdraw", {"reason": line(desk.node.state.language, "withdraw_reason")})
    page = other.until(matter, "release-due")
    code = page.fact("code")
    ledger.check(
        "withdrawn: the release is due", code.get("data-value") == "release-due", code.text
    )
    card = other.card(matter)
    ledger.check("the due release stands on the wall", card is not None)
    other.press(matter, "release", {"reason": line(other.node.state.language, "release_reason")})
    shown = [one.until(matter, "closed").fact("code").get("data-value") for one in (desk, other)]
    ledger.check("released: the file is closed on both desks", shown == ["closed"] * 2, shown)
