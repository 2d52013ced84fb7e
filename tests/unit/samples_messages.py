"""Values for every message: a list a template, one entry for each face it can show."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from bot.handlers.settings import HOURS
from bot.usecases.cards import Card
from bot.usecases.meetings import Logged, Promised
from bot.usecases.owners import Preferences
from bot.usecases.people import Added, NewContact
from bot.usecases.reminders import Planned
from bot.usecases.search import Found
from bot.usecases.stages import Moved
from bot.usecases.ties import Tied
from bot.usecases.undoing import Undone
from storage.contacts import Move
from tests.unit.samples import NOW, TODAY, Said, contact, many, named, row, standing, stranger
from tests.unit.samples_digest import digests, draft, fading_pages
from tests.unit.samples_help import helps
from tests.unit.samples_imports import imports
from tests.unit.samples_network import maps, overviews
from tests.unit.samples_purpose import purposes
from tests.unit.samples_stages import stages
from tests.unit.samples_ways import ways

Values = dict[str, Any]

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
CHANNELS = ("meeting", "call", "message", "email", "meal", "coffee", "event", "video", "other")
FIELDS = (
    "name", "aliases", "organisation", "role", "tags", "how_met", "phone", "email", "birthday",
    "cadence_days", "sector", "place",
)  # fmt: skip
WHYS = ("added", "evidence", "faded", "setback", "set")
BARE = (  # messages that are always the same
    "about_long", "about_short", "add_usage", "button_expired", "cancelled", "chatter",
    "choose_city", "contact_gone", "contact_usage", "favour_usage", "forget", "forgotten", "go_on",
    "going_on", "help", "log_usage", "menu", "network_home", "not_allowed", "not_forgotten",
    "not_text", "not_understood", "nothing_to_cancel", "nothing_to_correct", "nothing_to_undo",
    "nothing_written", "privacy", "remind_usage", "resumed", "snooze_until", "stopped", "tie_usage",
    "unknown_city", "unknown_day", "welcome_back", "whatif_usage", "who_usage",
)  # fmt: skip


def samples(said: Said) -> dict[str, list[Values]]:
    """By template, the values of each of its faces, `today` left out."""
    bare: dict[str, list[Values]] = {name: [{}] for name in BARE}
    made: list[Callable[[Said], dict[str, list[Values]]]] = [
        _choices, _contacts, _cards, _talk, _questions, _reminders, _pages,
        maps, helps, ways, stages, imports, purposes,
    ]  # fmt: skip
    for make in made:
        bare |= make(said)
    return bare


def _choices(said: Said) -> dict[str, list[Values]]:
    both = [{"via": via, "hours": HOURS} for via in ("start", "set")]
    calm = Preferences("en", "Asia/Jakarta", 0, time(8), quiet_line=False, paused=False)
    busy = Preferences("id", "America/Argentina/ComodRivadavia", 6, time(20), True, False)
    still = Preferences("id", "Asia/Jayapura", 3, time(6), quiet_line=False, paused=True)
    return {
        "choose_language": both,
        "choose_timezone": both,
        "choose_day": both,
        "choose_time": both,
        "ready": [{"preferences": calm}],
        "settings": [{"preferences": each} for each in (calm, busy, still)],
    }


def _contacts(said: Said) -> dict[str, list[Values]]:
    full, bare = contact(said), stranger(said)
    firm = contact(said, "organisation")
    return {
        "added": [{"added": Added(who, said.id), "contact": who} for who in (full, bare, firm)],
        "archived": [{"contact": full, "change_id": change} for change in (said.id, None)],
        "details": [{"contact": who} for who in (full, bare)],
        "edit": [{"contact": full}],
        "edit_field": [{"contact": full, "field": field} for field in FIELDS],
        "edited": [{"contact": full, "change_id": change} for change in (said.id, None)],
        "log_when": [{"contact": full}],
        "snooze": [{"contact": full}],
        "snoozed": [
            {"contact": full, "until": TOMORROW + timedelta(days=days), "change_id": change}
            for days, change in ((6, said.id), (29, None), (400, said.id))
        ],
        "stage": [
            {"contact": contact(said, stage=stage), "moves": moves}
            for stage in ("know", "like", "trust", "buy")
            for moves in ([], [Move(said.id, stage, YESTERDAY, why) for why in WHYS])
        ],
        "stage_moved": [
            {"moved": Moved(full, "trust", said.id), "step": standing(said, full).step},
            {"moved": Moved(full, "know", None), "step": None},
        ],
        "wrong_field": [{"field": field} for field in FIELDS],
    }


def _cards(said: Said) -> dict[str, list[Values]]:
    full = contact(said, snoozed_until=TOMORROW, cadence_days=14, birthday="1990-03-14")
    daily = contact(said, cadence_days=1)
    recent = tuple(row(said, 3 * n, channel, said.note) for n, channel in enumerate(CHANNELS[:5]))
    old = tuple(row(said, 300, channel, None) for channel in CHANNELS[5:])
    archived = contact(said, archived=True)
    cards = [
        Card(full, standing(said, full), recent, many(said)),
        Card(daily, standing(said, daily, (3, 2, 1, 0)), old, ()),
        Card(archived, standing(said, archived, (200,)), recent, ()),
        Card(stranger(said), standing(said, stranger(said), ()), (), ()),
    ]
    return {"card": [{"card": each} for each in cards]}


def _talk(said: Said) -> dict[str, list[Values]]:
    logs = [
        _logged(said, (named(said),), TODAY, "coffee", said.note),
        _logged(said, many(said), YESTERDAY, "meeting", None, newcomers=many(said)),
        _logged(said, (named(said),), date(2024, 2, 29), "other", said.note, by="me"),
        _logged(said, (named(said),), TODAY - timedelta(days=5), "video", said.note, by="them"),
    ]
    return {
        "logged": [{"logged": each} for each in logs] + [{"logged": logs[0], "corrected": True}],
        "tied": [
            {"tied": Tied((named(said), named(said)), "knows", change)}
            for change in (said.id, None)
        ],
        "undone": [
            {"undone": Undone(kind, (said.name, said.other)[:count], done=done)}
            for kind, count, done in (
                ("contact_added", 1, True),
                ("contact_added", 1, False),
                ("logged", 2, True),
                ("tied", 2, True),
                ("stage_moved", 1, True),
                ("contact_edited", 1, True),
                ("reminder_set", 1, True),
                ("reminder_done", 1, True),
                ("favour_kept", 1, True),
                ("corrected", 2, True),
                ("snoozed", 1, True),
                ("archived", 1, True),
                ("brought_back", 1, True),
                ("less_often", 1, True),
                ("imported", 1, True),
                ("merged", 2, True),
                ("purpose_stated", 1, True),
            )
        ],
        "log_future": [{"on": day} for day in (TOMORROW, date(2027, 1, 2))],
        "unknown_command": [{"command": "/" + said.typed[:39]}],
        "sorry": [{"number": "4F7A2C"}],
    }


def _logged(
    said: Said,
    people: tuple[Any, ...],
    on: date,
    channel: str,
    note: str | None,
    newcomers: tuple[Any, ...] = (),
    by: str = "",
) -> Logged:
    promised = Promised(by, said.plan, TOMORROW) if by else None
    return Logged(
        people=people,
        newcomers=newcomers,
        on=on,
        channel=channel,
        note=note,
        interaction_id=said.id,
        change_id=said.id,
        promised=promised,
        promise_id=said.id if by else None,
    )


def _questions(said: Said) -> dict[str, list[Values]]:
    choices, question = many(said)[:8], said.id
    unsure = {"people": many(said)[:3], "newcomers": [said.other], "question": question}
    person = {"question": question, "index": 12}
    return {
        "is_it_so": [
            {**unsure, "kind": kind, "on": day, "details": told}
            for kind, day, told in (
                ("log", YESTERDAY, {"channel": "coffee"}),
                ("favour", TODAY, {"direction": "given"}),
                ("favour", date(2026, 3, 3), {"direction": "received"}),
                ("remind", TOMORROW, {"what": said.plan}),
                ("tie", None, {"kind": "knows"}),
            )
        ],
        "twin": [{"new": NewContact(said.name), "choices": choices, "question": question}],
        "unknown_person": [
            {"name": said.typed, "others": others, "kind": "log", **person}
            for others in (True, False)
        ],
        "which_card": [{"choices": choices}],
        "which_one": [
            {"typed": said.typed, "guess": guess, "choices": choices, **person}
            for guess in (True, False)
        ],
        "nobody_found": [{"words": said.typed}],
        "found": [
            {"words": said.typed, "found": found, "more": more}
            for found, more in (
                ([Found(each, said.note) for each in choices], 12),
                ([Found(choices[0], None)], 0),
                ([], 0),
            )
        ],
        "how_many": [{"count": count} for count in (0, 1, 150)],
    }


def _reminders(said: Said) -> dict[str, list[Values]]:
    waiting = Planned(said.id, said.plan, NOW + timedelta(days=2), named(said), said.id)
    sent = Planned(said.id, said.plan, None, None)
    return {
        "remind_past": [{"on": YESTERDAY}],
        "reminder": [{"planned": each} for each in (waiting, sent)],
        "reminder_set": [{"planned": waiting}],
        "reminder_answered": [
            {"planned": sent, "did": "done"},
            {"planned": waiting, "did": "done"},
            {"planned": waiting, "did": "week"},
            {"planned": sent, "did": "show"},
        ],
        "reminders": [{"planned": each} for each in ((), (waiting, sent) * 8)],
    }


def _pages(said: Said) -> dict[str, list[Values]]:
    return {
        "birthday": [
            {"contact": who, "language_with": language, "called": said.typed}
            for who in (contact(said), stranger(said))
            for language in ("en", "id")
        ],
        "draft": [{"who": named(said), "draft": draft(said)}],
        "fading": fading_pages(said),
        "weekly": digests(said),
        "network": overviews(said),
    }
