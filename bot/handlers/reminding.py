"""/remind, and the buttons under a reminder."""

from bot.handlers.book import address_book
from bot.handlers.wishes import Wish, carry_out, mentioned
from bot.language.pieces import read_date, read_time
from bot.language.reading import read
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import reminders

LONGEST = 300


def remind(turn: Turn) -> list[Answer]:
    """/remind lists what is to come; /remind WHAT WHEN sets one."""
    if not turn.words:
        return [Reply.of("reminders", planned=reminders.listed(turn.session, turn.owner))]
    found = read_date(turn.words, turn.local_now, prefer="future")
    if found is None:
        raise UserError("remind_usage")
    if found.day < turn.today:
        raise UserError("remind_past", on=found.day)
    clock = read_time(turn.words)
    reading = read(turn.words, address_book(turn), turn.local_now)
    people = [each for each in mentioned(reading.people) if "new" not in each]
    wish = Wish(
        "remind",
        people[:1],
        {
            "what": " ".join(turn.words.split())[:LONGEST],
            "on": found.day.isoformat(),
            "at": clock.time.isoformat() if clock else None,
        },
    )
    return carry_out(turn, wish)


def answer(turn: Turn) -> list[Answer]:
    """remind:REMINDER:done, :tomorrow, :week."""
    number, what = turn.number(), turn.word(1)
    if what == "done":
        planned = reminders.done(turn.session, turn.owner, number, turn.today, turn.now)
    elif what in reminders.PUT_OFF_DAYS:
        days = reminders.PUT_OFF_DAYS[what]
        planned = reminders.put_off(turn.session, turn.owner, number, days, turn.today, turn.now)
    elif what == "show":
        planned = reminders.get(turn.session, turn.owner, number)
    else:
        planned = None
    if planned is None:
        raise UserError("button_expired")
    return [Reply.of("reminder_answered", planned=planned, did=what)]


def keep_promise(turn: Turn) -> list[Answer]:
    """promise:PROMISE: be reminded of a promise heard in a log."""
    planned = reminders.of_promise(turn.session, turn.owner, turn.number(), turn.today, turn.now)
    if planned is None:
        raise UserError("button_expired")
    return [Reply.new("reminder_set", planned=planned)]
