"""Every message, in every language, with everyday values and with the worst: Telegram takes it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from typing import Any

import pytest
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro

from bot import render as renderer
from bot.calls import parameters
from bot.menu import commands
from bot.playground.markup import parse_html
from bot.render import HERE, LANGUAGES, LONGEST_TEXT, Message, render, translations, utf16_length
from tests.unit.samples import EVERYDAY, TODAY, WORST, Said
from tests.unit.samples_digest import gap
from tests.unit.samples_messages import samples

LONGEST_LABEL = 48  # what a name is cut to, and a few words around it
LONGEST_CAPTION = 1024
CAPTIONS = {"map", "map_file"}  # stand under a picture or a document
SPEAKERS = ("handlers", "usecases", "schedule.py", "transaction.py", "turn.py", "calls.py")

NAMES = sorted(samples(EVERYDAY))
FILLED = (EVERYDAY, *WORST.values())
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_template = pytest.mark.parametrize("template", NAMES)


@cache
def filled(said: Said) -> dict[str, list[dict[str, Any]]]:
    return samples(said)


def faces(template: str, language: str, said: Said) -> list[Message]:
    """A message with each set of its sample values."""
    found = filled(said)[template]
    return [render(template, language, today=TODAY, **values) for values in found]


def all_faces(template: str) -> Iterator[Message]:
    """A message in every language, with everyday values and the worst."""
    for language in LANGUAGES:
        for said in FILLED:
            yield from faces(template, language, said)


@every_template
def test_telegram_takes_every_message(template: str) -> None:
    for message in all_faces(template):
        text, _ = parse_html(message.text)
        longest = LONGEST_CAPTION if template in CAPTIONS else LONGEST_TEXT
        assert utf16_length(text) <= longest
        if template != "details":  # a part of other messages, empty where nothing is known
            assert text
            assert parameters(message)["text"]


@every_template
def test_every_button_fits(template: str) -> None:
    for message in all_faces(template):
        for row in message.keyboard:
            assert len({each.label for each in row}) == len(row)
            for each in row:
                assert 0 < len(each.label.strip()) <= LONGEST_LABEL, each.label
                assert each.url or 0 < len((each.data or "").encode()) <= 64
        assert sum(map(len, message.keyboard)) <= 100


@every_language
@every_template
def test_lines_are_tidy(template: str, language: str) -> None:
    """No blank line doubled, no space doubled or before a stop, no sentence run into the next."""
    for message in faces(template, language, EVERYDAY):
        text, _ = parse_html(message.text)
        assert "\n\n\n" not in message.text
        assert text == text.strip()
        for line in text.splitlines():
            assert line == line.strip()
            assert "  " not in line
            assert not re.search(r"\s[,.;:?!](\s|$)", line), line
            assert not re.search(
                r"[^\W\d_][.;:?!,][^\W\d_]", re.sub(r"\S+@\S+|\w+\.json\b", "", line)
            ), line
            assert not re.search(r"\bNone\b(?! of)", line)


@every_language
@every_template
def test_nothing_is_said_that_the_catalogue_lacks(
    template: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the templates ask for when they run is what was extracted from them."""
    asked: list[str] = []

    class Listener(NullTranslations):
        def gettext(self, message: str) -> str:
            asked.append(message)
            return message

        def ngettext(self, singular: str, plural: str, n: int) -> str:
            asked.append(singular)
            return plural

    monkeypatch.setattr(translations(language), "_fallback", Listener())
    faces(template, language, EVERYDAY)
    assert language == "en" or not asked


@every_template
def test_a_message_in_another_language_is_another_text(template: str) -> None:
    wordless = {
        "details",
        "reminder",
        "reminder_answered",
    }  # show what the user typed, and little else
    english, indonesian = (faces(template, language, EVERYDAY)[0] for language in ("en", "id"))
    assert template in wordless or english.text != indonesian.text


@cache
def module(name: str, language: str) -> TemplateModule:
    """The macros of a template, as messages import them."""
    environment = renderer._environment(language)
    return environment.get_template(f"{name}.j2").make_module({"today": TODAY})


def macros(name: str, language: str) -> Iterator[tuple[str, Macro]]:
    for key, value in vars(module(name, language)).items():
        if isinstance(value, Macro):
            yield key, value


@every_language
def test_every_step_is_one_line_of_telegrams_html(language: str) -> None:
    for key, macro in macros("steps", language):
        for said in FILLED:
            text = str(macro(**{name: gap(said, name) for name in macro.arguments}))
            plain, _ = parse_html(text)
            assert plain == " ".join(plain.split()), key
            assert plain[0].isupper() != key.startswith("why_") or not plain[0].isalpha(), key


@every_language
def test_every_step_is_short(language: str) -> None:
    for key, macro in macros("steps", language):
        values = {name: gap(EVERYDAY, name) for name in macro.arguments}
        assert len(str(macro(**values))) <= 160, key


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_draft_is_a_text_of_its_own_language(language: str) -> None:
    for key, macro in macros("drafts", "en"):
        if key == "pick":
            continue
        given = {name: gap(EVERYDAY, name) for name in macro.arguments[3:]}
        for variant in range(4):
            text = str(macro(language, variant, "Budi", **given))
            assert "Budi" in text, key
            assert text.strip(), key


@every_language
def test_the_menu_fits_telegram(language: str) -> None:
    menu = commands(language)
    assert len(menu) <= 100
    for each in menu:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", each.command)
        assert 1 <= len(each.description) <= 256
        assert "<" not in each.description
        assert "&" not in each.description
    assert len(render("about_long", language).text) <= 512
    assert len(render("about_short", language).text) <= 120


@pytest.fixture
def known() -> set[str]:
    """The commands the bot answers to."""
    from bot.router import COMMANDS

    return set(COMMANDS)


@every_language
def test_the_menu_lists_every_command(language: str, known: set[str]) -> None:
    listed = [each.command for each in commands(language)]
    assert len(listed) == len(set(listed))
    assert set(listed) == known - {"start"}


@every_language
def test_help_names_every_command_that_has_something_to_explain(
    language: str, known: set[str]
) -> None:
    named = set(re.findall(r"(?<![\w<])/([a-z]+)", render("help", language).text))
    assert named <= known
    assert known - named <= {"start", "help", "cancel"}


def calls(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Where the bot answers: the calls of these names in the modules that speak to the user."""
    for part in SPEAKERS:
        where = HERE / part
        for path in sorted(where.rglob("*.py")) if where.is_dir() else [where]:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _called(node.func) in names:
                    yield f"{path.name}:{node.lineno}", node


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return f"{_called(function.value)}.{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


ANSWERS = {"Reply", "Reply.of", "Reply.new", "UserError", "Toast"}


def test_answers_are_templates_and_values_never_sentences() -> None:
    found = list(calls(ANSWERS))
    assert len(found) > 30
    for where, call in found:
        given = [*call.args, *(each.value for each in call.keywords)]
        for node in given:
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    assert " " not in part.value, where


def test_every_template_an_answer_names_exists() -> None:
    there = {path.stem for path in (HERE / "templates").glob("*.j2")}
    for where, call in calls(ANSWERS):
        for name in _constants(call.args[:1]):
            assert re.fullmatch(r"\w*", name), where  # a toast may say nothing
            assert any(each.startswith(name) for each in there), f"{where}: {name}"


def test_no_template_is_left_unused() -> None:
    sources = " ".join(
        path.read_text(encoding="utf-8")
        for path in [*HERE.rglob("*.py"), *(HERE / "templates").glob("*.j2")]
    )
    for template in (HERE / "templates").glob("*.j2"):
        family = template.stem.rpartition("_")[0]
        chosen = f'f"{family}_{{' in sources or f'"{family}_" ~' in sources
        used = f'"{template.stem}"' in sources or f'"{template.name}"' in sources
        assert used or (family and chosen), template.name


def _constants(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def test_no_file_of_the_bot_is_forgotten_here() -> None:
    assert all((HERE / part).exists() for part in SPEAKERS)
