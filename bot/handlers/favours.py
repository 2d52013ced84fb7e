"""Keeping a favour, or an introduction, once it is plain who had a part in it."""

from datetime import date
from typing import TYPE_CHECKING

from bot.handlers import noting
from bot.replies import Answer, Reply
from bot.turn import Turn
from bot.usecases import asking, favours, introductions, meetings, people

if TYPE_CHECKING:
    from bot.handlers.wishes import Wish


def keep(turn: Turn, wish: "Wish") -> list[Answer]:
    """Which way the help went is asked where the words did not tell."""
    details = wish.details
    if details.get("direction") not in favours.DIRECTIONS:
        data = {"kind": wish.kind, "people": wish.people, "details": details}
        question = asking.ask(turn.session, turn.owner_id, "gave", data, turn.now)
        known = meetings.people_of(turn.session, turn.owner_id, wish.contact_ids())
        names = [*(each.name for each in known), *wish.newcomers()]
        return [Reply.of("favour_which_way", names=names, command="gave", number=question)]
    helped = favours.Helped(
        contact_ids=tuple(wish.contact_ids()),
        on=date.fromisoformat(details["on"]),
        direction=details["direction"],
        what=details["note"],
        kind=details.get("favour_kind"),
        channel=details.get("channel"),
        newcomers=tuple(people.NewContact(name) for name in wish.newcomers()),
        newcomer_first="new" in wish.people[0],
    )
    if introductions.is_one(helped):
        made = introductions.keep(turn.session, turn.owner_id, helped, turn.today, turn.now)
        return [Reply.of("introduced", made=made)]
    kept = favours.keep_favour(turn.session, turn.owner_id, helped, turn.today, turn.now)
    noted = noting.heard(turn, details.get("need"), kept.people)
    return [Reply.of("favour_kept", favour=kept), *noted]
