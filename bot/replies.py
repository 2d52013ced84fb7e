"""What a handler answers with. The turn makes calls to the Bot API of it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """A message made by a template. After a tap it takes the place of the message tapped."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    anew: bool = False  # a message of its own, even after a tap

    @classmethod
    def of(cls, template: str, **values: Any) -> "Reply":
        return cls(template, values)

    @classmethod
    def new(cls, template: str, **values: Any) -> "Reply":
        return cls(template, values, anew=True)


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word that shows for a moment after a tap."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """Something that is made when it is sent, outside the turn: a document, a picture, a long look
    at the network. `in_place`: after a tap it takes the place of the message tapped.
    """

    method: str
    maker: str
    arguments: dict[str, Any] = field(default_factory=dict)
    in_place: bool = False


Answer = Reply | Toast | Made


class UserError(Exception):
    """Something the user can put right; the template says what. Nothing was written."""

    def __init__(self, template: str, **values: Any) -> None:
        super().__init__(template)
        self.template = template
        self.values = values
