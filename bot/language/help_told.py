"""What stands behind /favour: which way help went where the words are plain, and its kind."""

import re

from bot.language.claims import Scene
from bot.language.clauses import Clause
from bot.language.favours import kind_of
from bot.language.model import Direction, FavourKind

ME = r"(?:me|us|my|our|saya|aku|gue|gw|kami)"
EACH_OTHER = re.compile(r"\b(?:each other|one another|both ways|saling|gantian)\b", re.IGNORECASE)
PASSIVE = re.compile(rf"^\W*{ME}\s+di[a-z]+|^\W*I (?:was|got)\b", re.IGNORECASE)
I_DID = re.compile(r"^\W*(?:i|we|saya|aku|gue|gw|kami)\b", re.IGNORECASE)
FOR_ME = re.compile(rf"\b{ME}\b", re.IGNORECASE)


def direction_told(what: str) -> Direction | None:
    """'helped me move' is received, 'I read his draft' given; None where it is not plain."""
    if EACH_OTHER.search(what):
        return Direction.MUTUAL
    if PASSIVE.search(what):
        return Direction.RECEIVED
    if I_DID.search(what):
        return Direction.GIVEN
    return Direction.RECEIVED if FOR_ME.search(what) else None


def kind_told(scene: Scene) -> FavourKind | None:
    """Which of Cross's kinds the words of a message tell of, if any."""
    return kind_of(scene, Clause(0, scene.message.size))
