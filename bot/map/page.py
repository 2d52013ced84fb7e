"""The scene as one HTML file to open on a phone or a computer, without a network.

It may run its own script and style and nothing else: its policy names both by their hash.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from bot.map.lettering import clean
from bot.map.palette import THEMES, Theme
from bot.map.scene import STAGES, Scene
from bot.map.svg import draw_mark, draw_svg


def draw_page(scene: Scene) -> str:
    """The whole HTML document: the map with zoom, search, filters, and each person's ties."""
    style = _variables(THEMES[scene.theme]) + _read("page.css")
    script = _read("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return Template(_read("page.html")).substitute(
        {name: escape(clean(text)) for name, text in _labels(scene).items()},
        policy=policy,
        style=style,
        script=script,
        filters=_filters(scene),
        map=draw_svg(scene),
    )


def _filters(scene: Scene) -> str:
    """A button for each stage and for the fading, with the mark it has on the map."""
    marks = zip((*STAGES, None), (*scene.words.stages, scene.words.fading), strict=True)
    return "".join(
        f'<button type="button" data-filter="{stage or "fading"}" aria-pressed="false">'
        f"{draw_mark(stage, THEMES[scene.theme])}{escape(clean(word))}</button>"
        for stage, word in marks
    )


def _labels(scene: Scene) -> dict[str, str]:
    words = scene.words
    more = words.more.replace("{n}", str(scene.left_out)) if scene.left_out else ""
    return {
        "language": words.language,
        "title": words.title,
        "facts": " · ".join(filter(None, (words.subtitle, more, words.hint))),
        "search": words.search,
        "zoom_in": words.zoom_in,
        "zoom_out": words.zoom_out,
        "whole": words.whole,
        "nobody": words.nothing_found,
        "tied": words.tied_to,
    }


def _variables(colours: Theme) -> str:
    return (
        f":root {{ --ground: {colours.background}; --ink: {colours.ink}; --muted: {colours.muted}; "
        f"--line: {colours.ring}; --focus: {colours.stages['like']}; }}\n"
    )


def _read(name: str) -> str:
    return files("bot.map").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
