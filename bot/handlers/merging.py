"""/merge: likely duplicates side by side, one pair at a time."""

from bot.handlers.contacts import contact_of
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import cards, merging


def merge(turn: Turn) -> list[Answer]:
    """/merge"""
    return [_next(turn)]


def decide(turn: Turn) -> list[Answer]:
    """merge:KEPT:GONE makes them one, merge:ONE:OTHER:apart keeps them two, merge shows a pair."""
    if not turn.arguments:
        return [_next(turn)]
    one, other = contact_of(turn, turn.number(0)), contact_of(turn, turn.number(1))
    if one.id == other.id or turn.word(2) not in ("", "apart"):
        raise UserError("button_expired")
    if turn.word(2) == "apart":
        change_id = merging.keep_apart(turn.session, turn.owner_id, one, other, turn.now)
        return [Reply.of("kept_apart", names=[one.name, other.name], change_id=change_id)]
    merged = merging.merge(turn.session, turn.owner_id, one, other, turn.now)
    return [Reply.of("merged", merged=merged)]


def _next(turn: Turn) -> Answer:
    found = merging.pairs(turn.session, turn.owner)
    if not found:
        raise UserError("merge_none")
    pair = found[0]
    both = [
        cards.card(turn.session, turn.owner, each, turn.today) for each in (pair.one, pair.other)
    ]
    return Reply.of("merge", pair=pair, cards=both, more=len(found) - 1)
