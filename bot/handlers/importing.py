"""A file sent to the chat: looked at outside the turn, shown, and brought in on one tap."""

from bot.replies import Answer, Made, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking
from storage.tables import Question

KIND = "import"
MOST_BYTES = 20 * 1024 * 1024  # what Telegram lets a bot fetch


def document(turn: Turn) -> list[Answer]:
    """A document. Until it is read, what is kept of it is Telegram's name for it."""
    message = turn.update.message
    if message is None or message.document is None:
        return []
    told = message.document
    if (told.file_size or 0) > MOST_BYTES:
        raise UserError("import_too_big")
    user = turn.update.effective_user
    names = [user.full_name, user.first_name] if user else []
    data = {"file": told.file_id, "names": names}
    question = asking.ask(turn.session, turn.owner_id, KIND, data, turn.now)
    return [_look(turn, question)]


def decide(turn: Turn) -> list[Answer]:
    """import:QUESTION:yes|all|no|again, and import:QUESTION:me:NUMBER."""
    question = _question(turn)
    choice = turn.word(1)
    if choice == "no":
        asking.close(turn.session, question)
        return [Reply.of("import_left")]
    if choice == "again":
        return [_look(turn, question.id or 0)]
    if choice == "me":
        candidates = question.data.get("candidates", [])
        number = turn.number(2)
        if not 0 <= number < len(candidates):
            raise UserError("button_expired")
        asking.change(turn.session, question, {**question.data, "me": candidates[number][0]})
        return [_look(turn, question.id or 0)]
    if choice not in ("yes", "all"):
        raise UserError("button_expired")
    arguments = {"owner": turn.owner_id, "question": question.id, "all": choice == "all"}
    return [Made("send_message", "import", arguments, in_place=True)]


def _look(turn: Turn, question: int) -> Answer:
    arguments = {"owner": turn.owner_id, "question": question}
    return Made("send_message", "import_preview", arguments, in_place=True)


def _question(turn: Turn) -> Question:
    question = asking.pending(turn.session, turn.owner_id, turn.number(0), turn.now)
    if question is None or question.kind != KIND:
        raise UserError("button_expired")
    return question
