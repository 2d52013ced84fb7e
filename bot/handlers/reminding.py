"""/remind, and the buttons under a reminder."""

from bot.handlers import proposing
from bot.handlers.book import address_book
from bot.handlers.wishes import Wish, carry_out, mentioned
from bot.language.pieces import read_date
from bot.language.reading import read
from bot.language.telling import read_task
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import reminders

LONGEST = 300
ORDER = "remind me to"  # makes an order of what stands behind the command


def remind(turn: Turn) -> list[Answer]:
    """/remind lists what is to come; /remind WHAT WHEN sets one."""
    if not turn.words:
        return [Reply.of("reminders", planned=reminders.listed(turn.session, turn.owner))]
    reading = read(f"{ORDER} {turn.words}", address_book(turn), turn.local_now)
    found = read_date(turn.words, turn.local_now, prefer="future")
    on = found.day if found else reading.when
    if on is None:
        raise UserError("remind_usage")
    if on < turn.today:
        raise UserError("remind_past", on=on)
    details = {
        "what": read_task(reading)[:LONGEST],
        "on": on.isoformat(),
        "at": reading.time.isoformat() if reading.time else None,
    }
    people = [each for each in mentioned(reading.people) if "new" not in each]
    return carry_out(turn, Wish("remind", people[:1], details))


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
    about = [planned.who.id] if what == "done" and planned.who else []
    proposed = proposing.after(turn, about) if about else []
    return [Reply.of("reminder_answered", planned=planned, did=what), *proposed]


def keep_promise(turn: Turn) -> list[Answer]:
    """promise:PROMISE: be reminded of a promise heard in a log."""
    planned = reminders.of_promise(turn.session, turn.owner, turn.number(), turn.today, turn.now)
    if planned is None:
        raise UserError("button_expired")
    return [Reply.new("reminder_set", planned=planned)]
