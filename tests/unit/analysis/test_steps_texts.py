"""Every step, reason and draft has its text, and every text says what it is given."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule

from analysis.recipes import cookbook
from analysis.stages import Stage
from tests.unit.analysis.test_steps_generated import cases

TEMPLATES = Path(__file__).parents[3] / "bot" / "templates"


def module(name: str) -> TemplateModule:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters["day"] = lambda day: f"{day:%-d %B}"
    return environment.get_template(name).make_module()


STEPS, DRAFTS = module("steps.j2"), module("drafts.j2")
SAMPLES: dict[str, Any] = {
    "mine_on": date(2026, 3, 3),
    "theirs_on": date(2026, 3, 3),
    "birthday_on": date(2026, 3, 3),
    "lean": "balanced",
    "stage": "trust",
}


def sample(gap: str) -> Any:
    if gap in SAMPLES:
        return SAMPLES[gap]
    return 9 if gap.endswith("_days") or gap == "days_since_last" else f"<{gap}>"


def macros(of: TemplateModule) -> dict[str, Any]:
    found = {name: getattr(of, name) for name in dir(of) if not name.startswith("_")}
    return {name: macro for name, macro in found.items() if hasattr(macro, "arguments")}


def test_each_step_and_reason_has_one_text_and_no_text_is_left_over() -> None:
    book = cookbook()
    wanted = {recipe.key for recipe in book.recipes} | {f"why_{reason}" for reason in book.whys}
    assert set(macros(STEPS)) == wanted
    assert set(macros(DRAFTS)) == set(book.drafts) | {"pick"}


def test_the_gaps_of_a_text_are_those_of_the_data() -> None:
    book = cookbook()
    for recipe in book.recipes:
        assert set(macros(STEPS)[recipe.key].arguments) == set(recipe.says), recipe.key
    for reason, gaps in book.whys.items():
        assert set(macros(STEPS)[f"why_{reason}"].arguments) == set(gaps), reason
    for draft, gaps in book.drafts.items():
        assert set(macros(DRAFTS)[draft].arguments) == {"language", "variant", "called", *gaps}


@pytest.mark.parametrize("recipe", cookbook().recipes, ids=lambda recipe: recipe.key)
def test_a_step_says_all_it_is_given_in_one_short_line(recipe: Any) -> None:
    text = str(getattr(STEPS, recipe.key)(**{gap: sample(gap) for gap in recipe.says}))
    assert text == text.strip()
    assert text.endswith((".", "?"))
    for gap in recipe.says:
        assert ("3 March" if gap.endswith("_on") else f"&lt;{gap}&gt;") in text
    assert len(re.sub(r"&lt;\w+&gt;", "", text)) <= 110


@pytest.mark.parametrize("draft", sorted(cookbook().drafts))
def test_a_draft_has_at_least_two_wordings_in_each_language(draft: str) -> None:
    gaps = cookbook().drafts[draft]
    values = {gap: sample(gap) for gap in gaps}
    wordings = {
        language: {
            str(getattr(DRAFTS, draft)(language, variant, "Pak Budi", **values))
            for variant in range(12)
        }
        for language in ("en", "id")
    }
    assert not wordings["en"] & wordings["id"]
    for texts in wordings.values():
        assert 2 <= len(texts) <= 3
        for gap in gaps:
            assert any(f"&lt;{gap}&gt;" in text for text in texts)
        for text in texts:
            assert text == text.strip()
            assert "Pak Budi" in text


def test_the_same_variant_gives_the_same_wording() -> None:
    first, second = (str(DRAFTS.catch_up("en", 7, "Ani")) for _ in range(2))  # type: ignore[attr-defined]
    assert first == second


def test_a_name_cannot_break_the_markup() -> None:
    said = str(STEPS.revive(name="<b>Budi"))  # type: ignore[attr-defined]
    assert "<b>" not in said


def test_every_step_offered_to_anybody_can_be_said() -> None:
    for _, _, steps in cases():
        for step in steps:
            assert str(getattr(STEPS, step.key)(**step.values))
            assert str(getattr(STEPS, f"why_{step.why}")(**step.why_values))
            if step.draft:
                draft = getattr(DRAFTS, step.draft.key)
                assert str(draft(step.draft.language, step.draft.variant, **step.draft.values))


@pytest.mark.parametrize(
    ("lean", "words"),
    [("only_you_gave", "from you"), ("they_gave_more", "from them"), ("balanced", "both ways")],
)
def test_reciprocity_is_told_in_words(lean: str, words: str) -> None:
    assert words in str(STEPS.why_reciprocity(lean=lean))  # type: ignore[attr-defined]


def test_the_stage_is_told_in_words() -> None:
    told = {str(STEPS.why_stage(stage=stage.value)) for stage in Stage}  # type: ignore[attr-defined]
    assert len(told) == 4


def test_nothing_unknown_is_ever_spoken_of() -> None:
    for _, _, steps in cases():
        for step in steps:
            said = str(getattr(STEPS, f"why_{step.why}")(**step.why_values))
            assert "None" not in said
            assert all(
                type(value) in (str, int, float, date)
                for value in (*step.values.values(), *step.why_values.values())
            )


def test_a_fading_tie_is_told_with_its_own_numbers() -> None:
    said = str(STEPS.why_fading(days_since_last=31, usual_gap_days=9))  # type: ignore[attr-defined]
    assert said == "you usually talk every ~9 days; it has been 31"
