"""/help, /cancel, /stop, /privacy, /export, /forget, and being blocked or let in again."""

from bot.handlers.book import close_book
from bot.replies import Answer, Made, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, owners

EXPORTS = ("csv", "vcf", "ics", "graphml", "gexf")


def help_(turn: Turn) -> list[Answer]:
    return [Reply.of("help")]


def cancel(turn: Turn) -> list[Answer]:
    had = asking.cancel(turn.session, turn.owner_id)
    return [Reply.of("cancelled" if had else "nothing_to_cancel")]


def stop(turn: Turn) -> list[Answer]:
    """Send nothing unasked; everything is kept."""
    owners.pause(turn.owner, turn.now)
    return [Reply.of("stopped")]


def privacy(turn: Turn) -> list[Answer]:
    return [Reply.of("privacy")]


def export(turn: Turn) -> list[Answer]:
    """Everything the bot keeps of this person, as a document; other forms on buttons."""
    return [
        Reply.of("export_forms"),
        Made("send_document", "export", {"owner": turn.owner_id}),
    ]


def export_as(turn: Turn) -> list[Answer]:
    """export:FORM"""
    if turn.word() not in EXPORTS:
        raise UserError("button_expired")
    arguments = {"owner": turn.owner_id, "form": turn.word()}
    return [Made("send_document", "export_file", arguments)]


def forget(turn: Turn) -> list[Answer]:
    """Asks once."""
    return [Reply.of("forget")]


def forget_for_good(turn: Turn) -> list[Answer]:
    """forget:yes deletes every row, forget:no leaves all as it is."""
    if turn.word() == "no":
        return [Reply.of("not_forgotten")]
    if turn.word() != "yes":
        raise UserError("button_expired")
    close_book(turn.owner_id)
    owners.forget(turn.session, turn.owner)
    turn.forgotten = True
    return [Reply.of("forgotten")]


def membership(turn: Turn) -> list[Answer]:
    """The user blocked the bot, or let it in again."""
    change = turn.update.my_chat_member
    if change is not None and change.new_chat_member.status in ("kicked", "left"):
        owners.block(turn.owner, turn.now)
    return []
