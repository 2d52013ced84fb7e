"""Values for next steps, for bringing people together, and for what would change."""

from dataclasses import replace
from typing import Any

from analysis.introductions import Match
from analysis.network import Tie, connect
from analysis.whatif import drop_contact, tie_contacts
from bot.usecases.exchange import Met, Noted
from bot.usecases.leads import Leads, WhatIf
from bot.usecases.next_steps import Shown
from bot.usecases.pairing import Pairing, Party
from bot.usecases.people import Named
from storage.tables import ExchangeItem
from tests.unit.samples import NOW, Said, contact, many, named
from tests.unit.samples_digest import draft, gap, wordiest_step
from tests.unit.samples_network import CHAIN, CIRCLES, EVERYBODY, people

Values = dict[str, Any]
KINDS = ("need", "offer")


def ways(said: Said) -> dict[str, list[Values]]:
    one, other, third = many(said)[:3]
    match = Match(giver=one.id, taker=other.id, what=said.topic)
    pairs = [
        Pairing(one, other, (match, match), (None, None)),
        Pairing(one, other, (), (said.organisation, said.how_met)),
        Pairing(one, third, (), (None, None)),
    ]
    parties = [party(one, "en"), party(other, "id", phone=None, username=None)]
    path = (one, other, third)
    leads = [
        Leads(said.organisation, (one, other), (), None),
        Leads(one.name, (one,), (), None),
        Leads(third.name, (), (path, path[::-1]), None),
        Leads(said.organisation, (), (), None),
    ]
    return {
        "exchange": exchanges(said),
        "exchange_usage": [{"kind": kind} for kind in KINDS],
        "noted": [{"noted": each} for each in notes(said)],
        "exchange_ask": [{"contact": contact(said), "kind": kind} for kind in KINDS],
        "intro": [
            {"pairs": pairs, "known": 9},
            {"pairs": [], "known": 9},
            {"pairs": [], "known": 2},
        ],
        "intro_declined": [
            {"a": one, "b": other, "change_id": change} for change in (said.id, None)
        ],
        "intro_draft": [{"parties": parties, "matches": matches} for matches in ((match,), ())],
        "intro_leads": [{"leads": each, "first": parties[0]} for each in leads],
        "intro_which": [{"choices": many(said)[:8]}],
        "next": next_pages(said),
        "outcome_ask": [{"contact": contact(said)}],
        "outcome_kept": [{"outcome": said.note, "change_id": said.id}],
        "step_draft": [{"step": shown(said, 0)}, {"step": replace(shown(said, 1), phone=None)}],
        "whatif": [{"found": each, "names": each.names} for each in what_ifs(said)],
    }


def exchanges(said: Said) -> list[Values]:
    """What somebody needs or offers: the user with contacts, one contact, and nothing at all."""
    items = [
        ExchangeItem(id=said.id - n, owner_id=1, kind="need", what=said.plan, created_at=NOW)
        for n in range(said.people)
    ]
    others = [(said.name, said.plan)] * said.people
    met = met_needs(said)
    return [
        {"contact": who, "kind": kind, "rows": rows, "others": those, "met": matches}
        for kind in KINDS
        for who, rows, those, matches in (
            (None, items, others, met),
            (contact(said), items, [], met[:1]),
            (None, [], [], ()),
            (contact(said), [], [], ()),
        )
    ]


def met_needs(said: Said) -> tuple[Met, ...]:
    one, other = many(said)[:2]
    pairs = ((None, one), (one, None), (one, other))
    return tuple(Met(a, said.plan, b, said.plan) for a, b in pairs)


def notes(said: Said) -> list[Noted]:
    return [
        Noted(who, kind, (said.plan, said.plan), met, change)
        for kind in KINDS
        for who in (None, named(said))
        for met, change in ((met_needs(said), said.id), ((), None))
    ]


def party(who: Named, language: str, **way: Any) -> Party:
    known = {"phone": "+62 812 3456 7890", "username": "budisantoso"} | way
    return Party(who=who, called=who.name, language=language, **known)


def shown(said: Said, number: int, outcome: str | None = None) -> Shown:
    key, gaps = wordiest_step()
    return Shown(
        id=said.id - number,
        who=named(said),
        phone="+62 812 3456 7890",
        username=None,
        step=key,
        values={name: gap(said, name) for name in gaps},
        why="purpose",
        why_values={"purpose_fit": said.topic},
        draft=draft(said, number) if number % 2 == 0 else {**draft(said), "variant": 1},
        outcome=outcome,
    )


def next_pages(said: Said) -> list[Values]:
    """Five across the network, some answered; those with one person; nothing, either way."""
    outcomes = (None, "done", "later", "declined", None)
    five = [shown(said, number, outcome) for number, outcome in enumerate(outcomes)]
    alone = contact(said)
    return [
        {"shown": five, "contact": None},
        {"shown": five, "contact": None, "change_id": said.id},
        {"shown": five[:3], "contact": alone},
        {"shown": [], "contact": alone},
        {"shown": [], "contact": None},
    ]


def what_ifs(said: Said) -> list[WhatIf]:
    """Somebody leaves whom much hangs on, or little; two who are far apart meet, or near."""
    alters = people(said, CHAIN, strength=0.9)
    names = {each.id: Named(each.id, each.name, each.organisation) for each in alters}
    far, near = ([Tie(a, b) for a, b in pairs] for pairs in (CIRCLES, EVERYBODY))
    scattered, dense = (connect(alters, ties, ()) for ties in (far, near))
    return [
        WhatIf(names[3], None, drop_contact(scattered, alters, 3), names),
        WhatIf(names[1], None, drop_contact(dense, alters, 1), names),
        WhatIf(names[1], names[9], tie_contacts(scattered, alters, 1, 9), names),
        WhatIf(names[1], names[2], tie_contacts(dense, alters, 1, 2), names),
    ]
