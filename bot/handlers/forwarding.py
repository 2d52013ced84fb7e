"""A forwarded message: contact with its author on the day it was written, without its words."""

from typing import Any

from telegram import MessageOriginHiddenUser, MessageOriginUser

from bot.handlers.contacts import contact_of
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, forwarding, people
from bot.usecases.people import NewContact

KIND = "forward"


def forwarded(turn: Turn) -> list[Answer]:
    """Whoever Telegram names by account is found by it; whoever hides it is asked about."""
    message = turn.update.message
    origin = message.forward_origin if message else None
    if isinstance(origin, MessageOriginUser):
        sender = origin.sender_user
        if sender.is_bot:
            raise UserError("forward_nobody")
        if sender.id == turn.owner.telegram_id:
            raise UserError("forward_own")
        told = NewContact(sender.full_name, telegram_id=sender.id, username=sender.username)
    elif isinstance(origin, MessageOriginHiddenUser):
        told = NewContact(origin.sender_user_name)
    else:
        raise UserError("forward_nobody")
    on = origin.date.astimezone(turn.local_now.tzinfo).date()
    data = {"name": told.name, "telegram_id": told.telegram_id, "username": told.username,
            "on": on.isoformat()}  # fmt: skip
    known = people.same_account(turn.session, turn.owner_id, told)
    if known is not None:
        return _log(turn, data, known.id)
    alike = people.same_name(turn.session, turn.owner_id, told.name)
    question = asking.ask(turn.session, turn.owner_id, KIND, data, turn.now)
    choices = [people.named(each) for each in alike]
    return [Reply.of("forward_who", name=told.name, on=on, choices=choices, question=question)]


def who(turn: Turn) -> list[Answer]:
    """forward:QUESTION:CONTACT, forward:QUESTION:new and forward:QUESTION:no."""
    question = asking.pending(turn.session, turn.owner_id, turn.number(0), turn.now)
    if question is None or question.kind != KIND:
        raise UserError("button_expired")
    data, choice = question.data, turn.word(1)
    if choice == "no":
        asking.close(turn.session, question)
        return [Reply.of("cancelled")]
    number = None if choice == "new" else contact_of(turn, turn.number(1)).id
    asking.close(turn.session, question)
    return _log(turn, data, number)


def _log(turn: Turn, data: dict[str, Any], contact_id: int | None) -> list[Answer]:
    sent = forwarding.Sent.of(data)
    logged = forwarding.log_message(
        turn.session, turn.owner_id, sent, contact_id, turn.today, turn.now
    )
    if logged is None:
        return [Reply.of("forward_known", name=sent.name, on=sent.on)]
    return [Reply.of("logged", logged=logged)]
