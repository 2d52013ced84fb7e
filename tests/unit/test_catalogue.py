"""Every message exists in every language, whole: nothing missing, lost, left over or hard-coded."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment

from bot.render import HERE, LANGUAGES, translations
from tests.unit.samples import EVERYDAY
from tests.unit.samples_messages import samples
from tests.unit.samples_network import PARTS as NETWORK_PARTS
from tests.unit.samples_purpose import PARTS as PURPOSE_PARTS

TEMPLATES = HERE / "templates"
TRANSLATED = [language for language in LANGUAGES if language != "en"]
PLURALS = {"id": (1, "0")}  # Babel believes that Indonesian has two forms
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
MARKUP = re.compile(r"</?\w+>")
COMMAND = re.compile(r"(?<![\w<])/[a-z]+")
ALWAYS_CAPITAL = {"I", "Anda"}  # pronouns
LANGUAGE_NAMES = {"English", "Bahasa Indonesia"}  # each in its own language
PROGRAMS = {"LinkedIn", "Google Contacts", "vCard", "Telegram", "Monica", "Jejaring"}
COMPILE = "compile it: pip install --no-deps --no-build-isolation -e ."
NAMED_LINES = {"menu.j2", "map_words.j2"}  # a word for the program, then what is shown
PARTS = {
    "steps",
    "drafts",
    *(f"network_{part}" for part in NETWORK_PARTS),
    *(f"purpose_{part}" for part in PURPOSE_PARTS),
}
BOTH_LANGUAGES = {"drafts.j2", "intro_words.j2"}  # in the language of the contact, not of the user

every_language = pytest.mark.parametrize("language", TRANSLATED)


@lru_cache
def wanted() -> dict[Any, str]:
    """The messages of the templates, plural ones as pairs, and a template each stands in."""
    with (HERE.parent / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(HERE.parent, methods, options)
    return {message: Path(name).name for name, _, message, _, _ in found}


def path(language: str) -> Path:
    return HERE / "locales" / language / "LC_MESSAGES" / "jejaring.po"


@lru_cache
def catalogue(language: str) -> Catalog:
    with path(language).open("rb") as file:
        return read_po(file)


def messages(language: str) -> Iterator[tuple[Message, str]]:
    """Each message but the header, with each form of its translation."""
    for message in catalogue(language):
        if message.id:
            forms = [message.string] if isinstance(message.string, str) else message.string
            for form in forms or [""]:
                yield message, form


def translated(language: str) -> Iterator[tuple[Message, str]]:
    """Those that are translated: what is missing is told once."""
    return ((message, form) for message, form in messages(language) if form)


def original(message: Message) -> str:
    """The English sentence, of two forms the plural: it names the number."""
    return message.id if isinstance(message.id, str) else message.id[-1]


@every_language
def test_every_message_of_the_templates_has_its_translation(language: str) -> None:
    there = {message.id for message, form in messages(language) if form.strip()}
    missing = {message: where for message, where in wanted().items() if message not in there}
    assert not missing, "run `make catalogue`, then translate"


@every_language
def test_no_translation_is_left_over(language: str) -> None:
    there = {message.id for message, _ in messages(language)}
    assert not there - set(wanted())
    assert not catalogue(language).obsolete


@every_language
def test_no_translation_is_a_guess(language: str) -> None:
    assert not [message.id for message in catalogue(language) if message.id and message.fuzzy]


@every_language
def test_the_plural_forms_are_those_of_the_language(language: str) -> None:
    found = catalogue(language)
    assert (found.num_plurals, found.plural_expr) == PLURALS[language]
    for message in found:
        if message.id and not isinstance(message.id, str):
            assert len(message.string) == found.num_plurals, message.id


@every_language
def test_the_header_names_no_placeholder_people(language: str) -> None:
    header = path(language).read_text(encoding="utf-8").split("\n\n")[0]
    assert "Jejaring" in header
    assert not re.search(r"EMAIL|FULL NAME|ORGANIZATION|YEAR-MO|PROJECT|LL@|FIRST AUTHOR", header)


@every_language
@pytest.mark.parametrize("mark", [PLACEHOLDER, MARKUP, COMMAND])
def test_placeholders_markup_and_commands_are_those_of_the_original(
    language: str, mark: re.Pattern[str]
) -> None:
    for message, form in translated(language):
        assert Counter(mark.findall(form)) == Counter(mark.findall(original(message))), form


@every_language
def test_a_percent_sign_is_a_placeholder_or_doubled(language: str) -> None:
    for _, form in translated(language):
        assert "%" not in PLACEHOLDER.sub("", form).replace("%%", ""), form


@every_language
def test_a_singular_names_nothing_the_plural_does_not(language: str) -> None:
    for message, _ in messages(language):
        if not isinstance(message.id, str):
            singular, plural = map(PLACEHOLDER.findall, message.id)
            assert set(singular) <= set(plural), message.id


@every_language
def test_sentences_stay_sentences_and_clauses_stay_clauses(language: str) -> None:
    """A capital, a full stop or a space that comes or goes would show where texts are joined."""
    for message, form in translated(language):
        source = original(message)
        assert form == " ".join(form.split()), form
        assert (form[-1] in ".!?") == (source[-1] in ".!?"), form
        assert (form[-1] == ":") == (source[-1] == ":"), form
        cased = source[0].isalpha() and form[0].isalpha()
        if cased and not {source.split()[0], form.split()[0]} & ALWAYS_CAPITAL:
            assert form[0].isupper() == source[0].isupper(), form


@every_language
def test_what_the_bot_loads_is_what_stands_in_the_catalogue(language: str) -> None:
    """A catalogue that was not compiled again speaks the old words."""
    loaded = translations(language)
    for message, form in translated(language):
        if isinstance(message.id, str):
            assert loaded.gettext(message.id) == form, COMPILE
        else:
            assert loaded.ngettext(*message.id, 2) == form, COMPILE


@every_language
def test_words_that_stand_beside_each_other_differ(language: str) -> None:
    """Undo and Cancel in one word would be a trap; so would two stages."""
    there = {message.id: form for message, form in messages(language)}
    for group in (
        ("Undo", "Cancel", "Skip", "Back", "No", "Snooze", "Archive", "Less often"),
        ("Know", "Like", "Trust", "Buy"),
        ("Done", "Tomorrow", "Next week"),
    ):
        assert len({there[word] for word in group}) == len(group)


def bare_text(template: Path) -> str:
    """What a template says outside of translations, with a line end for each tag of Jinja's."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])
    said, translating, block = [], False, ""
    for _, kind, value in environment.lex(template.read_text(encoding="utf-8")):
        if kind == "block_begin":
            block = ""
            said.append("\n")
        elif kind == "name" and not block:
            block = value
            translating = value in ("trans", "pluralize") or (translating and value != "endtrans")
        elif kind == "data" and not translating:
            said.append(value)
        elif kind == "variable_begin":
            said.append("\n")
    return "".join(said)


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.glob("*.j2")), ids=lambda template: template.stem
)
def test_no_words_escape_translation(template: Path) -> None:
    if template.name in BOTH_LANGUAGES:
        return
    said = re.sub(r"<code>.*?</code>", "", bare_text(template), flags=re.DOTALL)
    if template.name in NAMED_LINES:
        said = re.sub(r"(?m)^\w+ [-=] ?", "", said)
    lines = [" ".join(MARKUP.sub("", line).split()) for line in COMMAND.sub("", said).splitlines()]
    words = {line for line in lines if re.search(r"[^\W\d_]{2,}", line)}
    assert words <= LANGUAGE_NAMES | PROGRAMS


def test_every_template_is_sampled_and_every_sample_has_its_template() -> None:
    """Those that only stand in other messages are seen there; steps and drafts are tested apart."""
    there = {template.stem for template in TEMPLATES.glob("*.j2")}
    assert set(samples(EVERYDAY)) == {name for name in there if not is_part(name)}


def is_part(name: str) -> bool:
    macros = name.endswith(("words", "_buttons")) and name != "map_words"
    return macros or name in PARTS
