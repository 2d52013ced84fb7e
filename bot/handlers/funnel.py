"""/stage: the funnel in words and as a picture, or the stage of one contact."""

from bot.handlers import proposing
from bot.handlers.contacts import one_called, stages_of
from bot.replies import Answer, Made, Reply
from bot.turn import Turn
from bot.usecases import funnel


def stage(turn: Turn) -> list[Answer]:
    """/stage, or /stage NAME"""
    if turn.words:
        found = one_called(turn, turn.words, "stage")
        if isinstance(found, Reply):
            return [found]
        return [stages_of(turn, found), *proposing.after(turn, [found.id or 0])]
    shown, proposed = funnel.funnel_and_proposal(turn.session, turn.owner, turn.today)
    answers: list[Answer] = [Reply.of("funnel", funnel=shown)]
    if shown.total:
        answers.append(Made("send_photo", "funnel", {"owner": turn.owner_id}))
    if proposed:
        answers.append(Reply.new("proposal", proposed=proposed))
    return answers
