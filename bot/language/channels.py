"""The channel of a contact: the most specific of those told."""

from bot.language.lexicon_files import word_set
from bot.language.message import Message
from bot.language.model import Channel
from bot.language.phrases import Event

RANK = {channel.value: number for number, channel in enumerate(Channel)}
MEANS = word_set("channels", "means")


def channel_of(message: Message, low: int, high: int, main: Event | None) -> Channel | None:
    """The most specific channel of the words low..high; words of the topic do not count."""
    topic = topic_start(message, main, low, high)
    kinds = [
        event.kind
        for event in message.events
        if low <= event.low < high
        and not (place_of_sport(message, event) and main and main.kind == "meeting")
        and (topic is None or event.low < topic or by_means(message, event) or event == main)
    ]
    told = [kind for kind in kinds if kind in RANK]
    if told:
        return Channel(min(told, key=RANK.__getitem__))
    if "discuss" in kinds:
        return Channel.MEETING
    return None


def by_means(message: Message, event: Event) -> bool:
    return message.norm(event.low - 1) in MEANS or message.norm(event.low) in MEANS


def place_of_sport(message: Message, event: Event) -> bool:
    """'ran into Adi at the gym': where it was, not what was done."""
    before = event.low - (message.norm(event.low - 1) == "the")
    return event.kind == "other" and message.norm(before - 1) in ("at", "di", "near", "outside")


def topic_start(message: Message, main: Event | None, low: int, high: int) -> int | None:
    """Where the topic begins: 'about', 'soal', 'to discuss', after the main event."""
    after = main.high if main else low
    starts = [i for i, _ in message.cues.within("words.topic", low, high) if i >= after]
    return min(starts, default=None)
