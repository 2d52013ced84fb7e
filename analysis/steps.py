"""The next step for each contact, and the best across the network.

What steps there are is data (`data/steps.toml`); their texts are templates of the same keys.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from zlib import crc32

from analysis.conditions import all_hold
from analysis.contact_facts import ContactFacts, Outcome, PastStep
from analysis.recipes import Cookbook, Logs, Reason, Recipe, Urgency, cookbook
from analysis.situation import Situation, situation

REST_DAYS = 21  # the same step to the same person no sooner than this, unless still due
AGAIN_DAYS = 7  # a step still due, or put off by the user, comes back after this
CHOICES = 3  # one best step and two alternatives
ALIKE = 2  # among the best across the network, at most this many for one reason

Values = Mapping[str, str | int | float | date]


@dataclass(frozen=True)
class Draft:
    """A message to suggest: template `key` in `language`; `variant` picks one of its wordings."""

    key: str
    language: str
    variant: int
    values: Values


@dataclass(frozen=True)
class Step:
    """One suggested step.

    `values` are exactly the gaps of the text `key`; `why_values` those of the reason's, without
    the facts that are unknown; both hold plain strings, numbers and dates. `logs` is what 'done'
    records, about row `about_id` if there is one. A `due` step may come back after a week as long
    as it is open.
    """

    contact_id: int
    key: str
    values: Values
    why: Reason
    why_values: Values
    urgency: Urgency
    weight: int
    logs: Logs
    about_id: int | None
    draft: Draft | None
    due: bool


def next_steps(
    contact: ContactFacts, today: date, book: Cookbook | None = None
) -> tuple[Step, ...]:
    """The best step for one contact and up to two alternatives, best first.

    None for a contact to be left alone (archived, meant quiet, snoozed). The alternatives differ
    from the best in their reason where they can. Steps of one weight take turns from week to week.
    """
    if contact.rests(today):
        return ()
    book = book or cookbook()
    now = situation(contact, today)
    fitting = [
        recipe
        for recipe in book.recipes
        if all_hold(recipe.when, now) and not _rests(recipe, now, contact.past_steps, today)
    ]
    fitting.sort(key=lambda recipe: (-recipe.weight, _turn(contact, recipe, today), recipe.key))
    return tuple(_step(recipe, contact, now, today, book) for recipe in _varied(fitting))


def best_across(
    contacts: Iterable[ContactFacts], today: date, count: int = 5, book: Cookbook | None = None
) -> tuple[Step, ...]:
    """The best steps over all contacts, one a contact, at most two for the same reason.

    Ordered by the step's weight and what the tie is worth (stage, strength, purpose, bridge,
    whether it is fading), then by contact id.
    """
    ranked = []
    for contact in contacts:
        for step in next_steps(contact, today, book)[:1]:
            ranked.append((-(step.weight + _worth(contact)), step.contact_id, step))
    ranked.sort(key=lambda entry: entry[:2])
    reasons: Counter[Reason] = Counter()
    best: list[Step] = []
    for _, _, step in ranked:
        if len(best) < count and reasons[step.why] < ALIKE:
            reasons[step.why] += 1
            best.append(step)
    return tuple(best)


def _worth(contact: ContactFacts) -> int:
    return (
        4 * contact.stage.rank
        + 8 * contact.fading
        + 4 * bool(contact.strong)
        + 5 * (contact.purpose_fit is not None)
        + 3 * (contact.bridges_to is not None)
    )


def _rests(recipe: Recipe, now: Situation, past: Iterable[PastStep], today: date) -> bool:
    """Whether this step was suggested too lately to come again."""
    about_id = getattr(now, recipe.about) if recipe.about else None
    return any(
        (today - before.on).days < _rest_days(recipe, before, today)
        for before in past
        if before.key == recipe.key
        and before.on <= today
        and not (recipe.due and before.about_id is not None and before.about_id != about_id)
    )


def _rest_days(recipe: Recipe, before: PastStep, today: date) -> int:
    match before.outcome:
        case Outcome.SHOWN:
            if before.on == today:
                return 0  # asking again the same day gives the same answer
            return AGAIN_DAYS if recipe.due else REST_DAYS
        case Outcome.LATER:
            return AGAIN_DAYS
        case Outcome.DONE | Outcome.DECLINED:
            return REST_DAYS


def _turn(contact: ContactFacts, recipe: Recipe, today: date) -> int:
    """A number that shuffles steps of one weight, the same all week and another next week."""
    return crc32(f"{contact.contact_id} {today.toordinal() // 7} {recipe.key}".encode())


def _varied(fitting: list[Recipe]) -> list[Recipe]:
    chosen: list[Recipe] = []
    for recipe in fitting:
        if len(chosen) < CHOICES and all(recipe.why is not other.why for other in chosen):
            chosen.append(recipe)
    rest = [recipe for recipe in fitting if recipe not in chosen]
    return chosen + rest[: CHOICES - len(chosen)]


def _step(
    recipe: Recipe, contact: ContactFacts, now: Situation, today: date, book: Cookbook
) -> Step:
    return Step(
        contact_id=contact.contact_id,
        key=recipe.key,
        values=_values(now, recipe.says),
        why=recipe.why,
        why_values=_values(now, book.whys[recipe.why]),
        urgency=recipe.urgency,
        weight=recipe.weight,
        logs=recipe.logs,
        about_id=getattr(now, recipe.about) if recipe.about else None,
        draft=_draft(recipe, contact, now, today, book),
        due=recipe.due,
    )


def _draft(
    recipe: Recipe, contact: ContactFacts, now: Situation, today: date, book: Cookbook
) -> Draft | None:
    if recipe.draft is None:
        return None
    values = {"called": contact.called or short_name(contact.name)}
    variant = contact.contact_id + today.toordinal() // 7
    return Draft(
        recipe.draft,
        contact.language,
        variant,
        values | dict(_values(now, book.drafts[recipe.draft])),
    )


def _values(now: Situation, facts: Iterable[str]) -> Values:
    known = ((fact, getattr(now, fact)) for fact in facts)
    return {
        fact: value.value if isinstance(value, Enum) else value
        for fact, value in known
        if value is not None
    }


def short_name(name: str) -> str:
    """What one would call them at the start of a message: no titles, no bare initials.

    Where the first name says little on its own (Muhammad, Siti, Ni, I) the next one is added.
    """
    words = [word for word in name.split() if word.strip(".").lower() not in TITLES]
    if not words:
        return name
    if words[0].strip(".").lower() in COMMON and len(words) > 1:
        return " ".join(words[:2])
    return words[0]


TITLES = frozenset(("dr", "drs", "dra", "ir", "prof", "h", "hj", "mr", "mrs", "ms", "st", "kh"))
COMMON = frozenset(("muhammad", "mohammad", "mohamad", "muhamad", "moh", "muh", "m")) | frozenset(
    ("siti", "abdul", "nur", "ni", "i", "dewa", "anak")
)
