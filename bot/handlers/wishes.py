"""What the user wants done, and to whom: asked about until it is plain, then carried out.

A wish whose people are not all plain waits as a question in the database; each answer makes it
plainer. Nothing is written before everybody in it is one certain contact.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.handlers import favours, noting, proposing
from bot.language.model import Ambiguous, Guess, Known, Mention, New
from bot.replies import Answer, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, correcting, meetings, people, reminders, ties

WISH = "wish"


@dataclass
class Wish:
    """`people`: {"id": 1}, {"ask": [1, 2], "typed": "Budi"} or {"new": "Rudi"}; all JSON."""

    kind: str
    people: list[dict[str, Any]]
    details: dict[str, Any] = field(default_factory=dict)

    def contact_ids(self) -> list[int]:
        return [each["id"] for each in self.people if "id" in each]

    def newcomers(self) -> list[str]:
        return [each["new"] for each in self.people if "new" in each]


def mentioned(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    """Mentions as a wish keeps them."""
    result: list[dict[str, Any]] = []
    for mention in mentions:
        if isinstance(mention, Known):
            result.append({"id": mention.id})
        elif isinstance(mention, Ambiguous):
            result.append({"ask": list(mention.ids), "typed": mention.typed})
        elif isinstance(mention, Guess):
            result.append({"ask": list(mention.ids), "typed": mention.typed, "guess": True})
        elif isinstance(mention, New):
            result.append({"new": mention.name})
    return result


def carry_out(turn: Turn, wish: Wish, question_id: int | None = None) -> list[Answer]:
    """Ask about the first person who is not plain; when all are, do it."""
    for index, person in enumerate(wish.people):
        if "ask" in person:
            return [_which(turn, wish, index, question_id)]
        if "new" in person and not person.get("agreed"):
            return [_offer(turn, wish, index, question_id)]
    if wish.details.get("unsure"):
        return [_confirm(turn, wish, question_id)]
    if question_id is not None:
        question = asking.pending(turn.session, turn.owner_id, question_id, turn.now)
        if question is not None:
            asking.close(turn.session, question)
    answers = ACTIONS[wish.kind](turn, wish)
    proposed = proposing.after(turn, wish.contact_ids()) if wish.kind in EVIDENT else []
    return [*answers, *proposed]


def pick(turn: Turn) -> list[Answer]:
    """A button under a question about a person: pick:QUESTION:PERSON:CHOICE."""
    question_id, index = turn.number(0), turn.number(1)
    question = asking.pending(turn.session, turn.owner_id, question_id, turn.now)
    if question is None or question.kind != WISH:
        raise UserError("button_expired")
    wish = Wish(**question.data)
    choice = turn.word(2)
    if choice == "cancel":
        asking.close(turn.session, question)
        return [Reply.of("cancelled")]
    wish.details.pop("unsure", None)  # whoever answers has seen what I understood
    if choice == "yes":
        return carry_out(turn, wish, question_id)
    if not 0 <= index < len(wish.people):
        raise UserError("button_expired")
    person = wish.people[index]
    if choice == "new":
        wish.people[index] = {"new": person.get("new") or person["typed"], "agreed": True}
    elif choice == "skip":
        del wish.people[index]
    elif choice.isdecimal() and int(choice) in person.get("ask", ()):
        wish.people[index] = {"id": int(choice)}
    else:
        raise UserError("button_expired")
    if not wish.people:
        asking.close(turn.session, question)
        return [Reply.of("cancelled")]
    return carry_out(turn, wish, question_id)


def _keep(turn: Turn, wish: Wish, question_id: int | None) -> int:
    data = {"kind": wish.kind, "people": wish.people, "details": wish.details}
    if question_id is None:
        return asking.ask(turn.session, turn.owner_id, WISH, data, turn.now)
    question = asking.pending(turn.session, turn.owner_id, question_id, turn.now)
    if question is not None:
        asking.change(turn.session, question, data)
    return question_id


def _which(turn: Turn, wish: Wish, index: int, question_id: int | None) -> Answer:
    person = wish.people[index]
    return Reply.of(
        "which_one",
        typed=person["typed"],
        guess=person.get("guess", False),
        choices=meetings.people_of(turn.session, turn.owner_id, person["ask"]),
        question=_keep(turn, wish, question_id),
        index=index,
    )


def _offer(turn: Turn, wish: Wish, index: int, question_id: int | None) -> Answer:
    return Reply.of(
        "unknown_person",
        name=wish.people[index]["new"],
        others=len(wish.people) > 1,
        kind=wish.kind,
        question=_keep(turn, wish, question_id),
        index=index,
    )


def _confirm(turn: Turn, wish: Wish, question_id: int | None) -> Answer:
    """Say the best reading and ask."""
    on = wish.details.get("on")
    return Reply.of(
        "is_it_so",
        kind=wish.kind,
        people=meetings.people_of(turn.session, turn.owner_id, wish.contact_ids()),
        newcomers=wish.newcomers(),
        on=date.fromisoformat(on) if on else None,
        details=wish.details,
        question=_keep(turn, wish, question_id),
    )


def _log(turn: Turn, wish: Wish) -> list[Answer]:
    details = wish.details
    happened = meetings.Happened(
        contact_ids=tuple(wish.contact_ids()),
        on=date.fromisoformat(details["on"]),
        channel=details["channel"],
        note=details.get("note"),
        newcomers=tuple(people.NewContact(name) for name in wish.newcomers()),
        started_by=details.get("started_by"),
        promised=_promised(details.get("promised")),
    )
    if not happened.contact_ids and not happened.newcomers:
        raise UserError("log_usage")
    logged = meetings.log_interaction(turn.session, turn.owner_id, happened, turn.today, turn.now)
    noted = noting.heard(turn, details.get("need"), logged.people)
    return [Reply.of("logged", logged=logged, about=details.get("about", logged.note)), *noted]


def _tie(turn: Turn, wish: Wish) -> list[Answer]:
    tied = ties.tie_contacts(
        turn.session,
        turn.owner_id,
        wish.contact_ids(),
        [people.NewContact(name) for name in wish.newcomers()],
        wish.details.get("kind", "knows"),
        turn.today,
        turn.now,
    )
    if tied is None:
        raise UserError("tie_usage")
    return [Reply.of("tied", tied=tied)]


def _promised(told: dict[str, Any] | None) -> meetings.Promised | None:
    if not told:
        return None
    due = told["due_on"]
    return meetings.Promised(told["by"], told["what"], date.fromisoformat(due) if due else None)


def _remind(turn: Turn, wish: Wish) -> list[Answer]:
    details = wish.details
    at = details.get("at")
    planned = reminders.plan(
        turn.session,
        turn.owner,
        details["what"],
        wish.contact_ids(),
        date.fromisoformat(details["on"]),
        time.fromisoformat(at) if at else None,
        turn.now,
    )
    return [Reply.of("reminder_set", planned=planned)]


def _replace(turn: Turn, wish: Wish) -> list[Answer]:
    """It was somebody else: put the right person into the last write."""
    corrected = correcting.replace_person(
        turn.session,
        turn.owner_id,
        wish.contact_ids(),
        [people.NewContact(name) for name in wish.newcomers()],
        wish.details.get("instead_of"),
        turn.today,
        turn.now,
    )
    if corrected is None:
        raise UserError("nothing_to_correct")
    return [Reply.of("logged", logged=corrected, corrected=True)]


#: What may speak for another stage.
EVIDENT = frozenset({"log", "favour", "replace"})
ACTIONS: dict[str, Callable[[Turn, Wish], list[Answer]]] = {
    "log": _log,
    "tie": _tie,
    "favour": favours.keep,
    "exchange": noting.keep,
    "remind": _remind,
    "replace": _replace,
}
