"""/undo, and the Undo button under every write."""

from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import undoing


def undo(turn: Turn) -> list[Answer]:
    undone = undoing.undo_latest(turn.session, turn.owner_id, turn.now)
    if undone is None:
        raise UserError("nothing_to_undo")
    return [Reply.of("undone", undone=undone)]


def undo_change(turn: Turn) -> list[Answer]:
    """undo:CHANGE"""
    undone = undoing.undo_change(turn.session, turn.owner_id, turn.number(), turn.now)
    if undone is None:
        raise UserError("button_expired")
    if not undone.done:
        return [Reply.new("undone", undone=undone)]
    return [Reply.of("undone", undone=undone)]
