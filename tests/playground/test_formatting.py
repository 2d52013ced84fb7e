"""Formatted text is read as Telegram reads it, and refused in its words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.formatting import TAGS, detect, to_html, trim, utf16_length
from bot.playground.markup import parse_html
from bot.playground.refusals import Refused


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>bold</b>", "bold", [("bold", 0, 4)]),
        ("<B>b</B> <STRONG>s</STRONG>", "b s", [("bold", 0, 1), ("bold", 2, 1)]),
        ("😀<i>x</i>", "😀x", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<u>1</u><ins>2</ins>", "12", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>1</s><strike>2</strike><del>3</del>",
            "123",
            [("strikethrough", n, 1) for n in (0, 1, 2)],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("<b></b>empty", "empty", []),
        ("&lt;&gt;&amp;&quot;", '<>&"', []),
        ("&#65;&#x1F600;", "A😀", []),
        ("&nbsp; & &unknown;", "&nbsp; & &unknown;", []),
        ("a &lt b", "a < b", []),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<a>not a link</a>", "not a link", []),
    ],
)
def test_html_becomes_text_and_entities(source, text, entities):
    read, found = parse_html(source)
    assert read == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_keep_their_address():
    _, found = parse_html(
        "<a href=\"https://lan.go.id/?a=1&amp;b=2\">LAN</a> <a href='lan.go.id'>x</a>"
    )
    assert [e["url"] for e in found] == ["https://lan.go.id/?a=1&b=2", "http://lan.go.id"]


def test_a_link_to_a_user_is_a_mention():
    _, found = parse_html('<a href="tg://user?id=42">Budi</a>')
    assert found == [{"type": "text_mention", "offset": 0, "length": 4, "user": {"id": 42}}]


def test_a_code_block_with_a_language_is_one_entity():
    _, found = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert found == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


def test_inline_code_has_no_language():
    assert parse_html('<code class="language-python">x</code>')[1] == [
        {"type": "code", "offset": 0, "length": 1}
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("é <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x!>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source, words):
    with pytest.raises(Refused) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"
    assert refused.value.code == 400


@given(st.text())
def test_escaped_text_comes_back_unchanged(text):
    text = text.encode("utf-8", "replace").decode()
    assert parse_html(to_html(text, [])) == (text, [])


TREES = st.recursive(
    st.text(st.characters(codec="utf-8"), max_size=5).map(lambda text: to_html(text, [])),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(sorted(TAGS.keys() - {"a", "span", "tg-emoji", "code", "pre"})),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(TREES)
def test_canonical_html_means_the_same(source):
    text, entities = parse_html(source)
    again, found = parse_html(to_html(text, entities))
    assert again == text
    assert {tuple(e.items()) for e in found} == {tuple(e.items()) for e in entities}


@given(st.text())
def test_any_text_is_read_or_refused(source):
    source = source.encode("utf-8", "replace").decode()
    with suppress(Refused):
        text, entities = parse_html(source)
        assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)


def test_length_counts_utf16_units():
    assert [utf16_length(text) for text in ("abc", "é", "😀")] == [3, 1, 2]


def test_trimming_moves_entities():
    text, entities = parse_html("  <b> Budi </b>\n")
    assert trim(text, entities) == ("Budi", [{"type": "bold", "offset": 0, "length": 4}])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/add Budi", [("bot_command", 0, 4)]),
        ("😀 /log@jejaring_bot x", [("bot_command", 3, 17)]),
        ("and/or 1/2", []),
        ("see https://lan.go.id/a?b=c.", [("url", 4, 23)]),
        ("a@b.id @budi_s #pilot #1", [("email", 0, 6), ("mention", 7, 7), ("hashtag", 15, 6)]),
    ],
)
def test_commands_links_and_tags_are_found_unasked(text, found):
    assert [(e["type"], e["offset"], e["length"]) for e in detect(text)] == found


def test_nothing_is_found_inside_code():
    text, entities = parse_html("<code>/add</code> /help")
    assert [e["type"] for e in detect(text, entities)] == ["code", "bot_command"]
