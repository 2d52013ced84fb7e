"""Properties of next steps over thousands of made-up contacts, the same ones every time."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from analysis.contact_facts import (
    Birthday,
    ContactFacts,
    Kind,
    Meeting,
    Opening,
    OpeningKind,
    Outcome,
    PastStep,
)
from analysis.history import (
    Cooperation,
    Direction,
    Favour,
    Form,
    History,
    Interaction,
    Introduction,
    Part,
    Promise,
    Side,
)
from analysis.recipes import cookbook
from analysis.stages import Stage
from analysis.steps import CHOICES, Step, next_steps

TODAY = date(2026, 11, 24)
DAYS = (TODAY, date(2026, 12, 30), date(2026, 3, 22), date(2026, 7, 1))
TOPICS = (
    "data pilot", "training in Bogor", "pelatihan di Bogor", "her promotion", "naik jabatan",
    "the grant proposal", "trip to Lombok", "back pain", "her son's school", "the PhD",
    "idea for a booklet", "the weather", None,
)  # fmt: skip


class Maker:
    """Makes contacts from a seed: each feature is there now and then, so rare steps get a turn."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.today = self.dice.choice(DAYS)
        self.ids = 0

    def contact(self) -> ContactFacts:
        stage = self.dice.choice(tuple(Stage))
        return ContactFacts(
            name=self.dice.choice(("Budi", "Ani Wijaya", "Dr. Sari", "Muhammad Rizki")),
            stage=stage,
            history=self.history(),
            kind=Kind.ORGANISATION if self.rarely() else Kind.PERSON,
            organisation="Bappenas" if self.rarely() else None,
            language=self.dice.choice(("en", "id")),
            birthday=self.birthday(),
            stage_since=self.past(60) if self.rarely() else None,
            stage_before=self.dice.choice(tuple(Stage)) if self.rarely() else None,
            usual_gap_days=self.dice.choice((None, 5.0, 30.0)),
            fading=self.rarely(),
            bridges_to="the coffee farmers" if self.rarely() else None,
            purpose_fit="open data" if self.rarely() else None,
            offers=("catering",) if self.rarely() else (),
            needs=("a data engineer",) if self.rarely() else (),
            openings=self.openings(),
            meetings=(Meeting("Tono", 77, "open data"),) if self.rarely() else (),
            past_steps=tuple(self.past_step() for _ in range(self.dice.choice((0, 0, 3, 40)))),
        )

    def history(self) -> History:
        added_on = self.past(400)
        some = range(self.dice.choice((0, 1, 1, 2, 4)))
        return History(
            contact_id=self.dice.randrange(1, 1000),
            added_on=added_on,
            interactions=tuple(self.interaction() for _ in some),
            favours=tuple(self.favour() for _ in range(self.dice.choice((0, 0, 0, 1, 2)))),
            promises=(self.promise(),) if self.rarely() else (),
            introductions=(self.introduction(),) if self.rarely() else (),
            cooperations=(self.cooperation(),) if self.rarely() else (),
        )

    def interaction(self) -> Interaction:
        return Interaction(
            self.number(),
            self.past(self.dice.choice((5, 40, 100, 500))),
            self.dice.choice(("coffee", "message", "call", "event")),
            topic=self.dice.choice(TOPICS),
            started_by=self.dice.choice((None, Side.ME, Side.ME, Side.THEM)),
            people=self.dice.choice((1, 1, 30)),
        )

    def favour(self) -> Favour:
        direction = self.dice.choice(tuple(Direction))
        thanked_on = self.today if self.dice.random() < 0.7 else None
        return Favour(self.number(), self.past(100), direction, "the map", thanked_on=thanked_on)

    def promise(self) -> Promise:
        what = self.dice.choice(("the dataset", "send the slides"))
        made_on = self.past(self.dice.choice((5, 50, 150)))
        due_on = made_on + timedelta(20) if self.rarely() else None
        kept_on = self.past(15) if self.rarely() else None
        side = self.dice.choice(tuple(Side))
        return Promise(self.number(), side, what, made_on, due_on, kept_on)

    def introduction(self) -> Introduction:
        made_on = self.past(120) if self.dice.random() < 0.6 else None
        asked_on = None if made_on else self.past(120)
        thanked_on = self.today if self.dice.random() < 0.6 else None
        part = self.dice.choice(tuple(Part))
        return Introduction(self.number(), part, "Rini", asked_on, made_on, thanked_on=thanked_on)

    def cooperation(self) -> Cooperation:
        began_on = self.past(self.dice.choice((20, 200)))
        ended_on = self.past(20) if self.rarely() else None
        return Cooperation(
            self.number(), self.dice.choice(tuple(Form)), "the pilot", began_on, ended_on
        )

    def openings(self) -> tuple[Opening, ...]:
        if not self.rarely():
            return ()
        kind = self.dice.choice(tuple(OpeningKind))
        return (Opening(kind, "a data engineer", "Citra", 78),)

    def birthday(self) -> Birthday | None:
        if not self.rarely():
            return None
        on = self.today + timedelta(self.dice.choice((0, 2, 100)))
        return Birthday(on.month, on.day)

    def past_step(self) -> PastStep:
        key = self.dice.choice(cookbook().recipes).key
        return PastStep(key, self.past(30), self.dice.choice(tuple(Outcome)))

    def past(self, days: int) -> date:
        return self.today - timedelta(self.dice.randrange(days))

    def rarely(self) -> bool:
        return self.dice.random() < 0.25

    def number(self) -> int:
        self.ids += 1
        return self.ids


@cache
def cases(count: int = 6000) -> tuple[tuple[ContactFacts, date, tuple[Step, ...]], ...]:
    return tuple(_cases(count))


def _cases(count: int) -> Iterator[tuple[ContactFacts, date, tuple[Step, ...]]]:
    for seed in range(count):
        maker = Maker(seed)
        contact = maker.contact()
        yield contact, maker.today, next_steps(contact, maker.today)


def test_there_are_at_least_eighty_kinds_of_step_and_each_comes_up_for_somebody() -> None:
    offered = {step.key for _, _, steps in cases() for step in steps}
    known = {recipe.key for recipe in cookbook().recipes}
    assert len(known) >= 80
    assert known - offered == set()


def test_everybody_not_at_rest_and_not_worn_out_gets_three_different_steps() -> None:
    for contact, _, steps in cases():
        if not contact.past_steps:
            assert len({step.key for step in steps}) == CHOICES


def test_no_step_comes_twice_within_three_weeks_unless_due_or_put_off() -> None:
    for contact, today, steps in cases():
        for step in steps:
            for before in contact.past_steps:
                if before.key == step.key and not step.due and before.outcome is not Outcome.LATER:
                    shown_today = before.on == today and before.outcome is Outcome.SHOWN
                    assert shown_today or (today - before.on).days >= 21


def test_every_gap_in_a_step_and_in_its_draft_is_filled() -> None:
    book = cookbook()
    says = {recipe.key: set(recipe.says) for recipe in book.recipes}
    for _, _, steps in cases():
        for step in steps:
            assert set(step.values) == says[step.key]
            if step.draft:
                assert set(step.draft.values) == {"called", *book.drafts[step.draft.key]}


def test_the_same_contact_on_the_same_day_gets_the_same_steps() -> None:
    for contact, today, steps in cases()[:300]:
        assert next_steps(contact, today) == steps
