"""Which handler answers what. Every command, button and kind of message stands here."""

from collections.abc import Callable, Iterable

from bot.handlers import (
    account,
    contacts,
    digest,
    editing,
    exchange,
    forwarding,
    funnel,
    helping,
    importing,
    introducing,
    mapping,
    meetings,
    merging,
    network,
    nexting,
    proposing,
    purpose,
    reminding,
    settings,
    talk,
    ties,
    together,
    undoing,
    wishes,
)
from bot.replies import Answer, UserError
from bot.turn import Turn

Handler = Callable[[Turn], Iterable[Answer]]

COMMANDS: dict[str, Handler] = {
    "start": settings.start,
    "add": contacts.add,
    "log": meetings.log,
    "who": contacts.who,
    "contact": contacts.contact,
    "favour": helping.favour,
    "tie": ties.tie,
    "remind": reminding.remind,
    "next": nexting.next_,
    "stage": funnel.stage,
    "needs": exchange.needs,
    "offers": exchange.offers,
    "fading": digest.fading,
    "digest": digest.digest,
    "network": network.network,
    "map": mapping.draw,
    "intro": introducing.intro,
    "purpose": purpose.open_purpose,
    "whatif": introducing.what_if,
    "merge": merging.merge,
    "undo": undoing.undo,
    "settings": settings.settings,
    "export": account.export,
    "privacy": account.privacy,
    "stop": account.stop,
    "forget": account.forget,
    "cancel": account.cancel,
    "help": account.help_,
}

BUTTONS: dict[str, Handler] = {
    "archive": contacts.archive,
    "back": contacts.bring_back,
    "card": contacts.card,
    "door": helping.door,
    "drop": exchange.drop,
    "edit": editing.edit,
    "ended": together.ended,
    "export": account.export_as,
    "fading": digest.fading,
    "forget": account.forget_for_good,
    "forward": forwarding.who,
    "gave": helping.gave,
    "goon": digest.go_on,
    "help": helping.help_there,
    "import": importing.decide,
    "intro": introducing.pairs,
    "introdraft": introducing.draft,
    "introduced": introducing.introduced,
    "intronot": introducing.decline,
    "kept": helping.kept,
    "kind": helping.kind,
    "lead": introducing.lead,
    "log": meetings.log_with,
    "map": mapping.redraw,
    "mapfile": mapping.document,
    "mapgroups": mapping.groups,
    "merge": merging.decide,
    "network": network.network,
    "networkhome": network.home,
    "move": proposing.decide,
    "next": nexting.next_with,
    "nudge": digest.nudge,
    "pick": wishes.pick,
    "promise": reminding.keep_promise,
    "purpose": purpose.press,
    "remind": reminding.answer,
    "set": settings.set_one,
    "snooze": contacts.snooze,
    "stage": contacts.stage,
    "start": settings.start_step,
    "step": nexting.step,
    "thanks": helping.thanked,
    "together": together.together,
    "twin": contacts.twin,
    "undo": undoing.undo_change,
    "wants": exchange.wants,
    "whatif": introducing.what_if,
}


def route(turn: Turn) -> Iterable[Answer]:
    """The answers to an update. Raises UserError for what the user can put right."""
    update = turn.update
    if update.callback_query:
        name, *arguments = (update.callback_query.data or "").split(":")
        if name not in BUTTONS:
            raise UserError("button_expired")
        turn.arguments = tuple(arguments)
        return BUTTONS[name](turn)
    if update.my_chat_member:
        return account.membership(turn)
    if update.message is None:
        return ()
    if update.message.contact:
        return talk.card(turn)
    if update.message.forward_origin:
        return forwarding.forwarded(turn)
    if update.message.document:
        return importing.document(turn)
    text = (update.message.text or update.message.caption or "").strip()
    if not text:
        return talk.other(turn)
    if text.startswith("/"):
        return _command(turn, text)
    turn.words = text
    return talk.hear(turn)


def _command(turn: Turn, text: str) -> Iterable[Answer]:
    command, *rest = text.split(maxsplit=1)
    name = command[1:].split("@")[0].casefold()
    if name not in COMMANDS:
        raise UserError("unknown_command", command=command[:40])
    turn.words = rest[0].strip() if rest else ""
    return COMMANDS[name](turn)
