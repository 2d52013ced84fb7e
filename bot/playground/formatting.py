"""Telegram's formatted text: entities, their offsets and lengths counted in UTF-16 units."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

Entity = dict[str, Any]

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "span": "spoiler", "tg-spoiler": "spoiler", "code": "code", "pre": "pre", "a": "text_link",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip


_DETECTED = re.compile(
    r"(?P<url>https?://[^\s<>\"]+|(?<![\w@.])(?:www\.|t\.me/)[^\s<>\"]+)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w))"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d_]\w*)"
)
_OPAQUE = {"pre", "code", "text_link", "text_mention"}
_CLOSED_BY_DETECTION = ".,;:!?'\")]}…"


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: characters beyond the Basic Multilingual Plane count two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def detect(text: str, known: Sequence[Entity] = ()) -> list[Entity]:
    """`known` and what Telegram finds unasked: links, addresses, commands, mentions, hashtags."""
    found = list(known)
    opaque = [e for e in known if e["type"] in _OPAQUE]
    for match in _DETECTED.finditer(text):
        kind, words = str(match.lastgroup), match[0]
        if kind == "url":
            words = words.rstrip(_CLOSED_BY_DETECTION)
        offset, length = utf16_length(text[: match.start()]), utf16_length(words)
        if any(
            e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in opaque
        ):
            continue
        found.append({"type": kind, "offset": offset, "length": length})
    return sorted(found, key=lambda e: (e["offset"], -e["length"]))


def trim(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Text without white space at its ends, entities moved and cut accordingly."""
    stripped = text.strip()
    if stripped == text:
        return text, list(entities)
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    return stripped, kept


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """The text as HTML again, in one canonical spelling: what a test compares."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in entities:
        tags = _tags_of(entity)
        if tags:
            opening.setdefault(entity["offset"], []).append(tags[0])
            closing.setdefault(entity["offset"] + entity["length"], []).insert(0, tags[1])
    out, at = [], 0
    for character in text:
        out += closing.pop(at, []) + opening.pop(at, [])
        out.append(html.escape(character, quote=False))
        at += 2 if ord(character) > 0xFFFF else 1
    return "".join(out + closing.pop(at, []))


def _tags_of(entity: Entity) -> tuple[str, str] | None:
    match entity["type"]:
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "pre" if entity.get("language"):
            return f'<pre><code class="language-{entity["language"]}">', "</code></pre>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        case "spoiler":
            return "<tg-spoiler>", "</tg-spoiler>"
    for tag, kind in TAGS.items():
        if kind == entity["type"]:
            return f"<{tag}>", f"</{tag}>"
    return None
