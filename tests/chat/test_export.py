"""Leaving and coming back: export, forget, import, and all is the same in every field."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import networkx as nx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.imports.recognising import read
from bot.imports.records import Reading
from bot.usecases import copying, exporting, exporting_files
from storage import owned, owners
from storage.database import Database
from storage.journal import undo
from storage.migrate import upgrade
from storage.tables import (
    Change,
    Contact,
    Favour,
    Handle,
    Interaction,
    Owner,
    Participation,
    Promise,
    Reminder,
    StageMove,
    Tie,
)
from tests.chat.conftest import Bot, Chat
from tests.chat.test_import import rows, sends

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "export.schema.json").read_text())
NOW = datetime(2026, 3, 18, 3, 30, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
days = st.dates(date(2000, 1, 1), date(2026, 1, 1))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
maybe = st.none() | words
people = st.fixed_dictionaries(
    {
        "name": words,
        "kind": st.sampled_from(["person", "organisation"]),
        "aliases": st.lists(words, max_size=2),
        "organisation": maybe,
        "role": maybe,
        "sector": maybe,
        "place": maybe,
        "tags": st.lists(words, max_size=2),
        "how_met": maybe,
        "phone": maybe,
        "email": maybe,
        "telegram_id": st.none() | st.integers(1, 2**52),
        "username": maybe,
        "birthday": st.sampled_from([None, "--02-29", "1990-03-14"]),
        "language": st.sampled_from([None, "id"]),
        "cadence_days": st.none() | st.integers(1, 400),
        "leave": st.booleans(),
        "snoozed_until": st.none() | days,
        "stage": st.sampled_from(["know", "like", "trust", "buy"]),
        "archived": st.booleans(),
        "created_at": moments,
    }
)
events = st.fixed_dictionaries(
    {
        "on": days,
        "channel": st.sampled_from(["call", "coffee", "meeting"]),
        "note": maybe,
        "started_by": st.sampled_from([None, "me", "them"]),
        "created_at": moments,
    }
)


def comparable(document: dict[str, Any]) -> str:
    """The document with numbers that mean the same: each row by its place in its table."""
    places = {
        table: {row["id"]: place for place, row in enumerate(rows_) if "id" in row}
        for table, rows_ in document["rows"].items()
    }
    told = {}
    for model in owned.models():
        name, refers = str(model.__tablename__), owned.references(model)
        told[name] = [
            {
                column: places[refers[column]][value]
                if column in refers and value is not None
                else value
                for column, value in row.items()
                if column != "id"
            }
            for row in document["rows"][name]
        ]
    return json.dumps([told, document["rows"]["owner"], document["settings"]], sort_keys=True)


def fill(session: Any, owner: Owner, told: list[dict[str, Any]], happened: list[Any]) -> None:
    owner_id = owner.id or 0
    contacts = [Contact(owner_id=owner_id, **each) for each in told]
    session.add_all(contacts)
    session.flush()
    for number, values in enumerate(happened):
        interaction = Interaction(owner_id=owner_id, **values)
        session.add(interaction)
        session.flush()
        for contact in contacts[: number % 3 + 1]:
            session.add(
                Participation(
                    owner_id=owner_id, interaction_id=interaction.id, contact_id=contact.id
                )
            )
    for contact in contacts:
        on = date(2026, 1, 2)
        proof = [{"shows": "trust", "table": "contact", "id": contact.id}]
        promise = Promise(
            owner_id=owner_id, contact_id=contact.id, by="me", what="a map", made_on=on
        )
        session.add(promise)
        session.flush()
        session.add_all(
            [
                StageMove(
                    owner_id=owner_id,
                    contact_id=contact.id,
                    stage="like",
                    on=on,
                    why="set",
                    evidence=proof,
                ),
                Favour(
                    owner_id=owner_id,
                    contact_id=contact.id,
                    on=on,
                    direction="given",
                    what="x",
                    created_at=NOW,
                ),
                Reminder(
                    owner_id=owner_id,
                    contact_id=contact.id,
                    promise_id=promise.id,
                    what="call",
                    due_at=NOW,
                    created_at=NOW,
                ),
                Handle(
                    owner_id=owner_id,
                    contact_id=contact.id,
                    kind="row",
                    value=f"k{contact.id}",
                    said={"a": 1},
                ),
            ]
        )
    if len(contacts) > 1:
        session.add(
            Tie(owner_id=owner_id, a=contacts[0].id, b=contacts[1].id, kind="kin", created_at=NOW)
        )
    session.flush()


def newcomer(session: Any, telegram_id: int = 5) -> Owner:
    owner = Owner(
        telegram_id=telegram_id,
        chat_id=telegram_id,
        timezone="Asia/Makassar",
        weekly_day=4,
        weekly_time=time(17, 0),
        quiet_line=True,
        language="id",
        created_at=NOW,
    )
    return owners.add(session, owner)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(people, min_size=1, max_size=4), happened=st.lists(events, max_size=5))
def test_export_forget_and_import_give_the_same_in_every_field(
    tmp_path: Path, told: list[dict[str, Any]], happened: list[dict[str, Any]]
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    upgrade(database)
    try:
        with database.write() as session:
            for each in owners_of(session):
                owners.forget(session, each)
            bystander = newcomer(session, 6)
            fill(session, bystander, told[:1], happened[:1])
            owner = newcomer(session)
            fill(session, owner, told, happened)
        with database.write() as session:
            owner = owners.by_telegram_id(session, 5)
            before = json.loads(json.dumps(exporting.export(session, owner.id, "id", NOW)))
            jsonschema.Draft202012Validator(SCHEMA).validate(before)
            owners.forget(session, owner)
            again = newcomer(session)
            again.timezone, again.weekly_day, again.language = "UTC", 0, None
            result = copying.put_back(session, again, before["rows"], NOW)
            assert result.refused == 0
            session.flush()
            after = json.loads(json.dumps(exporting.export(session, again.id, "id", NOW)))
            assert comparable(after) == comparable(before)
            twice = copying.put_back(session, again, before["rows"], NOW)
            assert dict(twice.counts) == {}
            undo(session, session.get(Change, result.change_id), NOW)
            for model in owned.models():
                assert owned.rows(session, again.id, model) == []
    finally:
        database.close()


def owners_of(session: Any) -> list[Owner]:
    from sqlmodel import select

    return list(session.exec(select(Owner)))


async def test_the_whole_way_in_the_chat(bot: Bot, chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas, analyst #pilot met at the LAN training")
    await chat.says("/add Ani Wulandari, LAN")
    await chat.says("/log Budi, Ani: coffee yesterday, data pilot")
    await chat.says("/tie Ani, Budi")
    await chat.says("remind me to call Budi on Friday")
    exported = await chat.says("/export")
    assert exported.last.document is not None
    content = exported.last.document.content
    await chat.says("/forget")
    await chat.taps("Yes, delete everything")
    shown = await sends(chat, content)
    assert "Jejaring" in shown.text
    assert "2 new contacts: Budi Santoso and Ani Wulandari" in shown.text
    assert rows(bot, Contact) == []
    assert "Imported: 2 new contacts" in (await chat.taps("Import")).text
    again = await chat.says("/export")
    assert again.last.document is not None
    documents = [json.loads(each) for each in (content, again.last.document.content)]
    assert comparable(documents[0]) == comparable(documents[1])
    assert "nothing new" in (await sends(chat, content)).text
    assert "the whole import" in (await chat.says("/undo")).text
    assert rows(bot, Contact) == []


async def test_a_forged_export_brings_in_nothing_that_breaks_a_screen(bot: Bot, chat: Chat) -> None:
    contact = {
        "id": 1,
        "name": "Eve",
        "kind": "person",
        "aliases": [],
        "tags": [],
        "stage": "know",
        "leave": False,
        "archived": False,
        "created_at": "2026-01-01T00:00:00Z",
    }
    bad = [
        {**contact, "stage": "god"},
        {**contact, "name": "x" * 10_000},
        {**contact, "name": 5},
        {**contact, "birthday": "today"},
        {**contact, "created_at": "never"},
        {**contact, "tags": "no"},
        {**contact, "stage": ["know"]},
        "text",
    ]
    document = {
        "format": "jejaring.export",
        "version": 1,
        "rows": {
            "owner": [{"timezone": "Nowhere/Land"}],
            "contact": [*bad, contact],
            "interaction": [
                {
                    "id": 1,
                    "on": "2026-01-01",
                    "channel": "psychic",
                    "created_at": "2026-01-01T00:00:00Z",
                }
            ],
            "participation": [
                {"interaction_id": 1, "contact_id": 1},
                {"interaction_id": 9, "contact_id": 9},
            ],
            "owner_id": [1],
            "change": [{"id": 1}],
        },
    }
    shown = await sends(chat, json.dumps(document))
    assert "1 new contact: Eve" in shown.text
    await chat.taps("Import")
    assert [each.name for each in rows(bot, Contact)] == ["Eve"]
    assert "Eve" in (await chat.says("/contact Eve")).text
    newer = json.dumps({**document, "version": 2})
    assert "newer version" in (await sends(chat, newer)).text


async def exports(chat: Chat, label: str) -> bytes:
    message = next(each for each in reversed(chat.heard()) if label in each.labels)
    answer = await chat.taps(label, message)
    assert answer.last.document is not None
    return answer.last.document.content


async def test_other_programs_get_the_form_they_read(chat: Chat) -> None:
    await chat.says("/add Budi Santoso, Bappenas, analyst #pilot met at the LAN training")
    await chat.says("/add Ani Wulandari, LAN")
    await chat.says("/log Budi, Ani: coffee yesterday, data pilot")
    await chat.says("remind me to call Budi on Friday")
    await chat.says("/export")
    with zipfile.ZipFile(io.BytesIO(await exports(chat, "Spreadsheets"))) as archive:
        people = list(csv.DictReader(io.TextIOWrapper(archive.open("contacts.csv"), "utf-8-sig")))
        logged = list(
            csv.DictReader(io.TextIOWrapper(archive.open("interactions.csv"), "utf-8-sig"))
        )
    assert [each["name"] for each in people] == ["Budi Santoso", "Ani Wulandari"]
    assert logged[0]["contacts"] == "Budi Santoso; Ani Wulandari"
    cards = read(io.BytesIO(await exports(chat, "Address book")), Reading(date(2026, 3, 18)))
    assert [(each.name, each.organisation) for each in cards.people] == [
        ("Budi Santoso", "Bappenas"),
        ("Ani Wulandari", "LAN"),
    ]
    for label, reader in (("GraphML", nx.read_graphml), ("GEXF", nx.read_gexf)):
        drawn = reader(io.BytesIO(await exports(chat, label)))
        assert drawn.number_of_nodes() == 2
        assert drawn.number_of_edges() == 1
    calendar = icalendar.Calendar.from_ical(await exports(chat, "Calendar"))
    assert [str(each["summary"]) for each in calendar.walk("VEVENT")]


async def test_a_forged_form_is_refused(chat: Chat) -> None:
    await chat.says("/export")
    message = next(each for each in chat.heard() if "GEXF" in each.labels)
    assert "no longer works" in (await chat.sends("export:exe", message)).text


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    cell = exporting_files.disarmed(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert cell.endswith(text)
