"""What a contact was about, for display; the note keeps the whole text anyway."""

from bot.language.claims import Scene
from bot.language.promises import clause_from

TRIM = " .,;:!?-–—\n"


def topic_of(scene: Scene) -> str | None:
    """The words after 'about', 'soal' ... to the end of their clause, else None."""
    message = scene.message
    for _, j in sorted(message.cues.places.get("words.topic", ())):
        high = clause_from(scene, j).high
        for hit in scene.dates:
            if j < hit.low and hit.high >= high:
                high = hit.low
        topic = message.typed(j, high).strip(TRIM) if high > j else ""
        if topic:
            return topic
    return None
