"""Writes that can be taken back: all of a change, exactly, or nothing."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, select

from storage.database import Database
from storage.journal import Journal, StillNeeded, undo
from storage.tables import (
    Change,
    Contact,
    Interaction,
    Owner,
    Participation,
    Promise,
    Reminder,
    StageMove,
    Tie,
)
from tests.storage.conftest import NOW, new_owner
from tests.storage.rows import dump

DAY = date(2026, 3, 18)
FIELDS: dict[str, list[Any]] = {
    "name": ["Budi Santoso", "Ani", "Ünal Ö'Brien 🙂"],
    "tags": [[], ["pilot"], ["pilot", "data"]],
    "aliases": [[], ["Mas Budi"]],
    "organisation": [None, "Bappenas"],
    "snoozed_until": [None, DAY, DAY + timedelta(days=400)],
    "archived": [False, True],
    "cadence_days": [None, 14],
    "telegram_id": [None, 2**52],
    "birthday": [None, "--02-29"],
}
choice = st.integers(0, 10**6)


class Book:
    """One owner's records, and the writes a chat makes."""

    def __init__(self, session: Session, owner_id: int) -> None:
        self.session = session
        self.owner_id = owner_id
        self.journal = Journal(session, owner_id)

    def close(self) -> int | None:
        change = self.journal.close("test", [], NOW)
        return change.id if change else None

    def rows(self, model: Any) -> list[Any]:
        query = select(model).where(model.owner_id == self.owner_id)
        return sorted(self.session.exec(query), key=lambda row: repr(row.model_dump()))

    def one(self, model: Any, pick: int) -> Any:
        rows = self.rows(model)
        return rows[pick % len(rows)] if rows else None

    def add_contact(self, one: int, other: int) -> None:
        names = FIELDS["name"]
        contact = self.journal.add(
            Contact(owner_id=self.owner_id, name=names[one % len(names)], created_at=NOW)
        )
        self.journal.add(
            StageMove(
                owner_id=self.owner_id,
                contact_id=contact.id or 0,
                stage="know",
                on=DAY,
                why="added",
            )
        )

    def edit_contact(self, one: int, other: int) -> None:
        if contact := self.one(Contact, one):
            name = list(FIELDS)[other % len(FIELDS)]
            values = FIELDS[name]
            self.journal.update(contact, **{name: values[other % len(values)]})

    def move_stage(self, one: int, other: int) -> None:
        if contact := self.one(Contact, one):
            stage = ("know", "like", "trust", "buy")[other % 4]
            self.journal.update(contact, stage=stage)
            self.journal.add(
                StageMove(
                    owner_id=self.owner_id, contact_id=contact.id, stage=stage, on=DAY, why="set"
                )
            )

    def log(self, one: int, other: int) -> None:
        people = {
            each.id: each for each in (self.one(Contact, one), self.one(Contact, other)) if each
        }
        if not people:
            return
        interaction = self.journal.add(
            Interaction(owner_id=self.owner_id, on=DAY, note="data pilot", created_at=NOW)
        )
        for number, contact in people.items():
            self.journal.add(
                Participation(
                    owner_id=self.owner_id, interaction_id=interaction.id or 0, contact_id=number
                )
            )
            self.journal.update(contact, snoozed_until=None)

    def replace_person(self, one: int, other: int) -> None:
        gone, contact = self.one(Participation, one), self.one(Contact, other)
        if gone is None or gone.contact_id == contact.id:
            return
        key = (gone.interaction_id, contact.id)
        self.journal.remove(gone)
        if self.session.get(Participation, key) is None:
            self.journal.add(
                Participation(owner_id=self.owner_id, interaction_id=key[0], contact_id=key[1])
            )

    def tie(self, one: int, other: int) -> None:
        a, b = self.one(Contact, one), self.one(Contact, other)
        if a is None or a.id == b.id:
            return
        low, high = sorted((a.id, b.id))
        there = next((t for t in self.rows(Tie) if (t.a, t.b) == (low, high)), None)
        if there:
            self.journal.remove(there)
        else:
            self.journal.add(Tie(owner_id=self.owner_id, a=low, b=high, created_at=NOW))

    def promise(self, one: int, other: int) -> None:
        if contact := self.one(Contact, one):
            promise = self.journal.add(
                Promise(
                    owner_id=self.owner_id, contact_id=contact.id, by="me", what="send it",
                    made_on=DAY,
                )
            )  # fmt: skip
            self.journal.add(
                Reminder(
                    owner_id=self.owner_id, contact_id=contact.id, promise_id=promise.id,
                    what="send it", due_at=NOW + timedelta(minutes=other), created_at=NOW,
                )
            )  # fmt: skip

    def finish_reminder(self, one: int, other: int) -> None:
        if reminder := self.one(Reminder, one):
            self.journal.update(reminder, done_at=NOW + timedelta(microseconds=other), due_at=None)

    def remove_interaction(self, one: int, other: int) -> None:
        if interaction := self.one(Interaction, one):
            for each in self.rows(Participation):
                if each.interaction_id == interaction.id:
                    self.journal.remove(each)
            self.journal.remove(interaction)


WRITES = (
    "add_contact", "edit_contact", "move_stage", "log", "replace_person", "tie", "promise",
    "finish_reminder", "remove_interaction",
)  # fmt: skip
writes = st.lists(st.tuples(st.sampled_from(WRITES), choice, choice), min_size=1, max_size=14)


@pytest.fixture(scope="module")
def template(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two owners, the second of which has records of their own."""
    path = tmp_path_factory.mktemp("journal") / "template.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    with database.write() as session:
        session.add(new_owner(1))
        session.add(new_owner(2))
    for write in ("add_contact", "add_contact", "log", "tie", "promise"):
        run(database, 2, write, 0, 1)
    database.close()  # which brings all of it into the one file
    return path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journal-examples")


def run(database: Database, owner_id: int, write: str, one: int, other: int) -> int | None:
    with database.write() as session:
        book = Book(session, owner_id)
        getattr(book, write)(one, other)
        return book.close()


def take_back(database: Database, number: int | None) -> bool:
    """Whether it was taken back, and not refused."""
    with database.write() as session:
        change = session.get(Change, number or 0)
        assert change is not None
        try:
            undo(session, change, NOW)
        except StillNeeded:
            return False
        return True


def copy(template: Path, place: Path) -> tuple[Database, Path]:
    path = place / "example.db"
    for old in place.glob("example.db*"):
        old.unlink()
    shutil.copy(template, path)
    database = Database(f"sqlite:///{path}")
    event.listen(database.engine, "connect", _hurry)
    return database, path


def _hurry(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # no power cut is tried here


def rows(path: Path) -> dict[str, Any]:
    return dump(path, without=("change",))


@settings(max_examples=25, deadline=None)
@given(writes=writes)
def test_changes_taken_back_in_turn_leave_every_row_as_it_was(
    template: Path, place: Path, writes: list[tuple[str, int, int]]
) -> None:
    database, path = copy(template, place)
    done: list[tuple[int, dict[str, Any]]] = []
    for write, one, other in [("add_contact", 0, 0), ("add_contact", 1, 0), *writes]:
        before = rows(path)
        number = run(database, 1, write, one, other)
        if number is None:
            assert rows(path) == before
        else:
            done.append((number, before))
    for number, before in reversed(done):
        assert take_back(database, number)
        assert rows(path) == before
    database.close()


@settings(max_examples=25, deadline=None)
@given(writes=writes, order=st.randoms(use_true_random=False))
def test_in_any_order_a_change_is_taken_back_whole_or_refused(
    template: Path, place: Path, writes: list[tuple[str, int, int]], order: Any
) -> None:
    database, path = copy(template, place)
    others = {table: [r for r in found if 2 in r] for table, found in rows(path).items()}
    made = [
        run(database, 1, write, one, other)
        for write, one, other in [("add_contact", 0, 0), ("add_contact", 1, 0), *writes]
    ]
    left = [number for number in made if number is not None]
    before = rows(path)
    while left:
        order.shuffle(left)
        refused = []
        for number in left:
            if take_back(database, number):
                before = rows(path)
            else:
                refused.append(number)
                assert rows(path) == before  # not half of it
        assert len(refused) < len(left)  # the last one made can always be taken back
        left = refused
    assert rows(path) == rows(template)
    for table, found in others.items():
        assert all(row in rows(path)[table] for row in found)
    database.close()


@pytest.fixture
def owner(database: Database) -> int:
    with database.write() as session:
        session.add(new_owner(1))
        session.add(new_owner(2))
    return 1


def test_a_contact_something_was_logged_with_stays(database: Database, owner: int) -> None:
    added = run(database, owner, "add_contact", 0, 0)
    logged = run(database, owner, "log", 0, 0)
    assert not take_back(database, added)
    assert take_back(database, logged)
    assert take_back(database, added)


def test_an_edit_is_taken_back_although_something_was_logged_later(
    database: Database, owner: int
) -> None:
    # The log refers to the contact, but changes nothing of it.
    run(database, owner, "add_contact", 0, 0)
    with database.write() as session:
        book = Book(session, owner)
        book.journal.update(book.one(Contact, 0), organisation="Bappenas")
        edited = book.close()
    run(database, owner, "log", 0, 0)
    assert take_back(database, edited)
    with database.read() as session:
        assert Book(session, owner).one(Contact, 0).organisation is None


def test_an_earlier_edit_is_not_taken_back_under_a_later_one(
    database: Database, owner: int
) -> None:
    run(database, owner, "add_contact", 0, 0)
    numbers = []
    for organisation in ("LAN", "Bappenas"):
        with database.write() as session:
            book = Book(session, owner)
            book.journal.update(book.one(Contact, 0), organisation=organisation)
            numbers.append(book.close())
    assert not take_back(database, numbers[0])
    assert take_back(database, numbers[1])
    assert take_back(database, numbers[0])


def test_a_tie_that_was_stated_anew_is_not_put_there_twice(database: Database, owner: int) -> None:
    run(database, owner, "add_contact", 0, 0)
    run(database, owner, "add_contact", 1, 0)
    run(database, owner, "tie", 0, 1)
    removed = run(database, owner, "tie", 0, 1)
    again = run(database, owner, "tie", 0, 1)
    assert not take_back(database, removed)
    assert take_back(database, again)
    assert take_back(database, removed)


def test_a_change_never_reaches_another_owners_rows(
    database: Database, path: Path, owner: int
) -> None:
    run(database, 2, "add_contact", 0, 0)
    before = rows(path)
    for did in ("added", "changed"):
        with database.write() as session:
            step = {
                "did": did,
                "table": "contact",
                "key": [1],
                "refers": [],
                "before": {"name": "X"},
            }
            change = Change(owner_id=owner, kind="test", steps=[step], made_at=NOW)
            session.add(change)
            session.flush()
            undo(session, change, NOW)
        assert rows(path) == before


def test_what_changes_nothing_is_no_change(database: Database, owner: int) -> None:
    run(database, owner, "add_contact", 0, 0)
    with database.write() as session:
        book = Book(session, owner)
        contact = book.one(Contact, 0)
        flag_modified(contact, "name")
        book.journal.update(contact, name=contact.name, tags=[], archived=False)
        assert book.close() is None


def test_a_change_goes_with_its_owner(database: Database, owner: int) -> None:
    run(database, owner, "add_contact", 0, 0)
    with database.write() as session:
        session.delete(session.get(Owner, owner))
    with database.read() as session:
        assert session.exec(select(Change)).all() == []
