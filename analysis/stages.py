"""The four stages of a professional tie: Know, Like, Trust, Buy."""

from enum import Enum
from functools import total_ordering


@total_ordering
class Stage(Enum):
    """How far a tie has come: first known, then liked, then trusted, then worked with.

    Ordered, KNOW lowest; the value is the word to store.
    Source: Barrat (2015), as restated by the essay this product follows.
    """

    KNOW = "know"
    LIKE = "like"
    TRUST = "trust"
    BUY = "buy"

    @property
    def rank(self) -> int:
        """0 for KNOW to 3 for BUY."""
        return tuple(Stage).index(self)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Stage):
            return NotImplemented
        return self.rank < other.rank
