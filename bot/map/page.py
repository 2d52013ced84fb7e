"""The scene as one HTML file to open on a phone or a computer, without a network.

It may run its own script and style and nothing else: its policy names both by their hash.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from bot.map.lettering import clean
from bot.map.palette import THEMES, Theme
from bot.map.scene import STAGES, Scene
from bot.map.svg import draw_mark, draw_svg


def draw_page(scene: Scene) -> str:
    """The whole HTML document: the map with zoom, search, filters, and each person's ties."""
    words = {name: escape(clean(text)) for name, text in _labels(scene).items()}
    style = _variables(THEMES[scene.theme]) + _read("page.css")
    script = _read("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    filters = "".join(
        f'<button type="button" data-filter="{stage or "fading"}" aria-pressed="false">'
        f"{draw_mark(stage, THEMES[scene.theme])}{escape(clean(word))}</button>"
        for stage, word in zip(
            (*STAGES, None), (*scene.words.stages, scene.words.fading), strict=True
        )
    )
    buttons = "\n".join(
        f'<button type="button" id="{name}" aria-label="{words[name]}" title="{words[name]}">'
        f"{sign}</button>"
        for name, sign in (("zoom_in", "+"), ("zoom_out", "−"), ("whole", "⤢"))
    )
    return f"""<!doctype html>
<html lang="{words["language"]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<title>{words["title"]}</title>
<style>{style}</style>
</head>
<body>
<header>
<div><h1>{words["title"]}</h1><p>{words["facts"]}</p></div>
<div class="tools"><input type="search" placeholder="{words["search"]}" \
aria-label="{words["search"]}"><div class="filters">{filters}</div></div>
</header>
<main>
{draw_svg(scene)}
<div class="zoom">
{buttons}
</div>
<aside id="card" aria-live="polite" data-nobody="{words["nobody"]}" data-tied="{words["tied"]}" \
hidden></aside>
</main>
<script>{script}</script>
</body>
</html>
"""


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
