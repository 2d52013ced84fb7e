"""Moves between stages that the record speaks for: put to the owner, and their answer."""

from collections.abc import Sequence

from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import cards, proposals, stages


def after(turn: Turn, contact_ids: Sequence[int]) -> list[Answer]:
    """What a write about these contacts now speaks for, as a message of its own."""
    proposed = proposals.propose(turn.session, turn.owner, contact_ids, turn.today)
    return [Reply.new("proposal", proposed=proposed)] if proposed else []


def decide(turn: Turn) -> list[Answer]:
    """move:PROPOSAL:yes, :no"""
    row = proposals.get(turn.session, turn.owner_id, turn.number())
    contact = cards.get(turn.session, turn.owner_id, row.contact_id) if row else None
    if row is None or contact is None or turn.word(1) not in ("yes", "no"):
        raise UserError("button_expired")
    if turn.word(1) == "no":
        proposals.refuse(turn.session, row)
        return [Reply.of("proposal_refused", contact=contact)]
    moved = stages.move_stage(
        turn.session, turn.owner_id, contact, row.after, turn.today, turn.now, row
    )
    step = cards.standing(turn.session, turn.owner, contact, turn.today).step
    return [Reply.of("stage_moved", moved=moved, step=step)]
