"""/map: the network drawn, and the buttons below the picture."""

import re

from bot.handlers.contacts import contact_of
from bot.handlers.reading import resolve
from bot.handlers.wishes import mentioned
from bot.replies import Answer, Made, Reply, UserError
from bot.turn import Turn
from bot.usecases import cards, mapping
from bot.usecases.mapping import Show

THEMES = ("light", "dark")
FORMS = ("page", "picture")
AROUND = re.compile(r"^(?:around|near|sekitar|dekat)\s+(?=\S)", re.IGNORECASE)
MOST_GROUPS = 12
MOST_CHOICES = 8


def draw(turn: Turn) -> list[Answer]:
    """/map, /map around NAME, /map ORGANISATION or TAG"""
    words = turn.words
    if not words:
        return [_picture(turn, Show(), THEMES[0])]
    found = mapping.find_grouping(turn.session, turn.owner_id, words)
    if found is not None:
        return [_picture(turn, Show("group", found.mark), THEMES[0])]
    who = AROUND.sub("", words)
    mentions = mentioned(resolve(turn, who))
    ids = [number for each in mentions for number in each.get("ask", [each.get("id")]) if number]
    if not ids:
        raise UserError("nobody_found", words=who)
    if len(ids) == 1:
        return [_picture(turn, Show("around", str(ids[0])), THEMES[0])]
    choices = cards.names(turn.session, turn.owner_id, ids[:MOST_CHOICES])
    return [Reply.of("map_which", choices=choices)]


def redraw(turn: Turn) -> list[Answer]:
    """map:SHOW:THEME takes the place of the picture tapped."""
    return [_picture(turn, _show(turn, 0), _theme(turn, 1))]


def groups(turn: Turn) -> list[Answer]:
    """mapgroups:SHOW:THEME asks which organisation or tag to show."""
    found = mapping.groupings(turn.session, turn.owner_id)[:MOST_GROUPS]
    show, theme = _show(turn, 0), _theme(turn, 1)
    return [Reply.of("map_groups", groups=found, show=show, theme=theme)]


def document(turn: Turn) -> list[Answer]:
    """mapfile:FORM:SHOW:THEME"""
    form = turn.word(0)
    if form not in FORMS:
        raise UserError("button_expired")
    arguments = {**_arguments(turn, _show(turn, 1), _theme(turn, 2)), "form": form}
    return [Made("send_document", "map_file", arguments)]


def _picture(turn: Turn, show: Show, theme: str) -> Answer:
    in_place = turn.on_picture
    return Made("send_photo", "map", _arguments(turn, show, theme), in_place=in_place)


def _arguments(turn: Turn, show: Show, theme: str) -> dict[str, object]:
    return {"owner": turn.owner_id, "show": str(show), "theme": theme}


def _show(turn: Turn, index: int) -> Show:
    show = mapping.read_show(turn.word(index))
    if show is None:
        raise UserError("button_expired")
    if show.contact_id is not None:
        contact_of(turn, show.contact_id)
    return show


def _theme(turn: Turn, index: int) -> str:
    theme = turn.word(index)
    if theme not in THEMES:
        raise UserError("button_expired")
    return theme
