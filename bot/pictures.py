"""The map as Telegram shows it: a picture with a sentence and buttons below, or a document."""

from typing import Any

from bot.calls import Call, caption, send_call
from bot.look import Look
from bot.map import Scene, ThemeName, Words, draw_page, draw_picture, lay_out
from bot.render import render
from bot.replies import Reply
from bot.usecases.mapping import Chart, chart, read_show

FULL_SIZE, FULL_MOST = 2560, 600


def draw_map(look: Look, message_id: int | None) -> Call:
    """The picture for a phone; in the place of the picture tapped, if there is one."""
    from telegram import InputMediaPhoto

    drawn, theme = _chart(look), _theme(look)
    if not drawn.dots:
        reply = Reply.of("map_nobody", chart=drawn, theme=theme)
        return send_call(look.owner.chat_id, reply, look.language, {})
    scene = _lay_out(look, drawn, theme)
    picture = draw_picture(scene, format="JPEG")
    values = {"chart": drawn, "theme": theme, "scene": scene}
    words = caption(render("map", look.language, **values))
    if message_id is None:
        return "send_photo", {"photo": picture, **words}
    markup = words.pop("reply_markup")
    media = InputMediaPhoto(picture, **words)
    return "edit_message_media", {"message_id": message_id, "media": media, "reply_markup": markup}


def draw_file(look: Look, _: int | None) -> Call:
    """The map as a document: a page with all there is, or a sharper picture."""
    from telegram import InputFile

    drawn, theme = _chart(look), _theme(look)
    if not drawn.dots:
        reply = Reply.of("map_nobody", chart=drawn, theme=theme)
        return send_call(look.owner.chat_id, reply, look.language, {})
    if look.arguments["form"] == "page":
        scene = _lay_out(look, drawn, theme, size=FULL_SIZE, most=FULL_MOST)
        content, suffix = draw_page(scene).encode(), "html"
    else:
        scene = _lay_out(look, drawn, theme)
        content, suffix = draw_picture(scene, scale=2, format="PNG"), "png"
    file = InputFile(content, filename=f"jejaring-{look.today}.{suffix}")
    words = caption(render("map_file", look.language, form=look.arguments["form"], scene=scene))
    return "send_document", {"document": file, **words}


def _chart(look: Look) -> Chart:
    show = read_show(look.arguments["show"])
    if show is None:
        raise ValueError("No such part of the network.")
    return chart(look.session, look.owner, look.today, show)


def _theme(look: Look) -> ThemeName:
    return "dark" if look.arguments["theme"] == "dark" else "light"


def _lay_out(look: Look, drawn: Chart, theme: ThemeName, **sizes: int) -> Scene:
    words = _words(look, drawn)
    return lay_out(drawn.dots, drawn.lines, words, theme=theme, **sizes)


def _words(look: Look, drawn: Chart) -> Words:
    """The words on the map: lines of a template, each with its name."""
    text = render("map_words", look.language, chart=drawn, today=look.today).text
    lines = (line.partition(" =") for line in _plain(text).splitlines())
    said: dict[str, Any] = {name: words.strip() for name, _, words in lines}
    stages = tuple(said.pop(stage) for stage in ("know", "like", "trust", "buy"))
    return Words(language=look.language, stages=stages, **said)


def _plain(text: str) -> str:
    """Text for a drawing, where nothing is markup."""
    from markupsafe import Markup

    return str(Markup(text).unescape())  # noqa: S704 - it is not shown as HTML
