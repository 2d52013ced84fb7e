"""HTML read as Telegram reads it.

What is accepted and refused follows https://core.telegram.org/bots/api#html-style; the words of a
refusal and its byte offsets are those of the published server (tdlib/td).
"""

import re
from dataclasses import dataclass, field

from bot.playground.formatting import TAGS, Entity, utf16_length
from bot.playground.refusals import Refused, bad_request

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_MARK = re.compile(r"[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPACE = re.compile(r"\s*")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities; raises Refused with Telegram's words and the byte offset."""
    return _Reader(source).read()


@dataclass
class _Open:
    """A start tag waiting for its end."""

    tag: str
    argument: str
    offset: int
    parts: int


@dataclass
class _Reader:
    source: str
    at: int = 0
    length: int = 0
    parts: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while mark := _MARK.search(self.source, self.at):
            self._add(self.source[self.at : mark.start()])
            self.at = mark.start()
            if mark[0] == "&":
                self._add(self._reference())
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._add(self.source[self.at :])
        if self.open:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # only a whole block has a language
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.parts), self.entities

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += utf16_length(text)

    def _reference(self) -> str:
        """The character meant by the reference here, or the ampersand itself."""
        match = _REFERENCE.match(self.source, self.at)
        character = _character(match) if match else None
        if match is None or character is None:
            self.at += 1
            return "&"
        self.at = match.end()
        return character

    def _start_tag(self) -> None:
        begin = self.at
        tag = self._take(_TAG_NAME, begin + 1).lower()
        if self._here() == "":
            raise self._error("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        argument = self._attributes(tag, begin)
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.length, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._take(_SPACE, self.at)
            if self._here() == ">":
                return argument
            if self._here() == "":
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            name = self._take(_ATTRIBUTE_NAME, self.at)
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACE, self.at)
            if self._here() == "=":
                value = self._value(tag, begin)
            elif (tag, name) == ("blockquote", "expandable"):
                value = ""
            else:
                raise self._error(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
                )
            argument = _argument(tag, name, value, argument)

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACE, self.at + 1)
        quote = self._here()
        if quote == "":
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if quote not in "'\"":
            token_begin = self.at
            value = self._take(_NAME_TOKEN, self.at).lower()
            if self._here() not in (">", "") and not self._here().isspace():
                raise self._error("Unexpected end of name token", token_begin)
        else:
            end = self.source.find(quote, self.at + 1)
            if end < 0:
                raise self._error("Unclosed start tag", begin)
            value = _REFERENCE.sub(
                lambda match: _character(match) or match[0], self.source[self.at + 1 : end]
            )
            self.at = end + 1
        if self._here() == "":
            raise self._error("Unclosed start tag", begin)
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        found = self._take(_TAG_NAME, begin + 2).lower()
        self._take(_SPACE, self.at)
        if self._here() != ">":
            raise self._error("Unclosed end tag", begin)
        start = self.open.pop()
        if found and found != start.tag:
            raise self._error(
                "Unmatched end tag", begin, f', expected "</{start.tag}>", found "</{found}>"'
            )
        self.at += 1
        if self.length > start.offset:
            self._close(start)

    def _close(self, start: _Open) -> None:
        """The entity a finished tag stands for; a link without a usable address stands for none."""
        entity: Entity = {
            "type": TAGS[start.tag],
            "offset": start.offset,
            "length": self.length - start.offset,
        }
        if start.tag == "a":
            url = start.argument or "".join(self.parts[start.parts :])
            if user := _USER_LINK.match(url):
                entity |= {"type": "text_mention", "user": {"id": int(user[1])}}
            elif checked := _checked_link(url):
                entity["url"] = checked
            else:
                return
        elif start.tag == "blockquote" and start.argument:
            entity["type"] = "expandable_blockquote"
        elif start.tag == "tg-emoji":
            entity["custom_emoji_id"] = start.argument
        elif start.tag in ("pre", "code") and self._merges_code(start, entity):
            return
        elif start.tag == "code" and start.argument:
            entity["language"] = start.argument
        self.entities.append(entity)

    def _merges_code(self, start: _Open, entity: Entity) -> bool:
        """`<pre><code class=language-x>` is one entity, with a language."""
        last = self.entities[-1] if self.entities else None
        spans_same = last is not None and all(last[k] == entity[k] for k in ("offset", "length"))
        if start.tag == "pre" and last and spans_same and last["type"] == "code":
            last["type"] = "pre"
            return True
        return False

    def _take(self, pattern: re.Pattern[str], start: int) -> str:
        match = pattern.match(self.source, start)
        self.at = match.end() if match else start
        return match[0] if match else ""

    def _here(self) -> str:
        return self.source[self.at : self.at + 1]

    def _error(self, words: str, at: int, more: str = "") -> Refused:
        return _unparsed(f"{words} at byte offset {len(self.source[:at].encode())}{more}")


def _unparsed(words: str) -> Refused:
    return bad_request(f"can't parse entities: {words}")


def _character(match: re.Match[str]) -> str | None:
    if match[3]:
        return NAMED.get(match[3])
    code = int(match[1], 16) if match[1] else int(match[2])
    surrogate = 0xD800 <= code <= 0xDFFF
    return None if code == 0 or code >= 0x10FFFF or surrogate else chr(code)


def _argument(tag: str, name: str, value: str, before: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
    return before


def _checked_link(url: str) -> str | None:
    """The address a client would open, or None where there is none."""
    url = url.strip()
    if re.match(r"(?i)(?:https?|ftp|tg|ton|tonsite)://[^\s]+$", url):
        return url
    if re.match(r"(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/?#]\S*)?$", url):
        return f"http://{url}"
    return None
