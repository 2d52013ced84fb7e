"""What is said besides the frame: behind '/log NAMES:', and after 'remind me to'."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from bot.language.channels import RANK
from bot.language.details import find_time
from bot.language.lexicon_files import load_words
from bot.language.model import Channel, Reading, Span
from bot.language.phrases import find_cues, find_events
from bot.language.pieces import read_date
from bot.language.words import cut

LONGEST_SMALL_TALK = 8  # words


@dataclass(frozen=True, slots=True)
class Details:
    on: date
    channel: Channel
    note: str  # what is left when the day and the channel are taken out


def read_details(what: str, now: datetime) -> Details:
    """'coffee yesterday, data pilot': yesterday, coffee, 'data pilot'. Without a day: today."""
    day = read_date(what, now)
    channel, at = _first_channel(what)
    note = what
    for cut_out in sorted(filter(None, [day.at if day else None, at]), key=lambda s: -s.start):
        note = f"{note[: cut_out.start]} {note[cut_out.end :]}"
    note = " ".join(note.split()).strip(" ,.;:-–—")
    return Details(
        on=day.day if day else now.date(),
        channel=channel,
        note=note if any(character.isalnum() for character in note) else "",
    )


LEAD = re.compile(
    r"^(?:(?:to|that|about|untuk|buat|agar|supaya|kalau|bahwa|soal)\b[\s,]*)+", re.IGNORECASE
)


def read_task(reading: Reading) -> str:
    """'remind me to call Dedi next Friday': 'call Dedi', what is to be remembered."""
    text = reading.note
    cuts = [each.at for each in reading.evidence if each.part in ("intent", "when")]
    found = find_time(text)
    cuts += [found.at] if found else []
    task = text
    for at in sorted(cuts, key=lambda span: -span.start):
        task = f"{task[: at.start]} {task[at.end :]}"
    task = LEAD.sub("", " ".join(task.split()).strip(" ,.;:-–—!?"))
    return task if any(character.isalnum() for character in task) else text


def _first_channel(what: str) -> tuple[Channel, Span | None]:
    words = cut(what)
    events = [event for event in find_events(find_cues(words)) if event.kind in RANK]
    if not events:
        return Channel.MEETING, None
    first = events[0]
    return Channel(first.kind), Span(words[first.low].start, words[first.high - 1].end)


def is_small_talk(text: str) -> bool:
    """Whether a short text thanks, greets or the like, rather than telling or asking anything."""
    norms = [word.norm for word in cut(text) if not word.mark]
    if not norms:
        return True  # an emoji, say
    line = f" {' '.join(norms)} "
    return len(norms) <= LONGEST_SMALL_TALK and any(f" {each} " in line for each in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    """The phrases as `cut` spells them."""
    return tuple(
        " ".join(word.norm for word in cut(phrase) if not word.mark)
        for phrase in sorted(load_words("small_talk"))
    )
