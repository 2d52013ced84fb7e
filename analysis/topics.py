"""What a talk was about, and what one would ask about it later on."""

from enum import StrEnum

from analysis.history import Interaction
from analysis.lexicon import lexicon, words

TOPIC_WORDS = 6  # a note this short can stand for its topic


class TopicKind(StrEnum):
    """What kind of thing a topic is; where several fit, the first counts."""

    JOY = "joy"
    DECISION = "decision"
    EVENT = "event"
    TRIP = "trip"
    HEALTH = "health"
    FAMILY = "family"
    CAREER = "career"
    IDEA = "idea"
    WORK = "work"


def topic_of(interaction: Interaction) -> str | None:
    """What it was about: its topic, or its note where that is short enough to stand for one.

    Words that only lead in ('talked about') are left off. A note that tells what somebody did
    ('he called me') is no topic.
    """
    if interaction.topic:
        return interaction.topic
    note = interaction.note.strip().rstrip(".!")
    led = lexicon().kinds["topic_lead"].match(f" {note.lower()} ")
    if led:
        note = note[led.end() :].strip()
    if not 0 < len(words(note)) <= TOPIC_WORDS or any(mark in note for mark in ".,;:!?\n"):
        return None
    return None if lexicon().kinds["topic_tells"].search(f" {' '.join(words(note))} ") else note


def topic_kind(topic: str) -> TopicKind | None:
    """What kind of thing the topic is, by its words in either language, if they tell."""
    kinds = (kind for kind in TopicKind if lexicon().found(topic, f"topic_{kind}"))
    return next(kinds, None)


def is_act(promise: str) -> bool:
    """Whether a promise is worded as something to do ('send the data'), not as a thing."""
    return lexicon().kinds["act"].match(f" {' '.join(words(promise))} ") is not None
