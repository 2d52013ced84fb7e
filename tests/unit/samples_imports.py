"""Values for the messages about imports, forwards, duplicates and exports."""

from typing import Any

from bot.imports.records import Reason, Refused, Source, Trouble
from bot.usecases.cards import Card
from bot.usecases.importing import Imported, Preview, Unclear
from bot.usecases.merging import Merged, Pair
from tests.unit.samples import TODAY, Said, contact, named, standing

Values = dict[str, Any]


def imports(said: Said) -> dict[str, list[Values]]:
    """By template, the values of each face."""
    alike = (named(said), named(said))
    unclear = Unclear(said.name, said.organisation, alike)
    example = ((3, said.name[:60]),)
    many = said.people
    looks = [
        Preview(
            source.value, many, many, many, many, many, many, 0, many, (said.name, said.other),
            (unclear,) * 5, tuple(Refused(reason, many, example) for reason in Reason), many,
        )
        for source in Source
    ]  # fmt: skip
    nothing = Preview("vcard", 1, 0, 1, 0, 0, 0, 0, 0, (), (), ())
    one = contact(said)
    pair = [Pair(one, one, same) for same in ("name", "phone", "email", "telegram")]
    card = Card(one, standing(said, one), (), ())
    return {
        "import_preview": [{"preview": each, "question": said.id} for each in [*looks, nothing]],
        "import_done": [
            {"imported": Imported(many, many, many, many, many, said.id)},
            {"imported": Imported(0, 0, 0, 0, 0, None)},
        ],
        "import_refused": [{"trouble": trouble.value} for trouble in Trouble],
        "import_who": [{"names": [said.name], "question": said.id}],
        "import_later": [{"busy": busy, "question": said.id} for busy in (True, False)],
        "import_left": [{}],
        "import_too_big": [{}],
        "forward_who": [
            {"name": said.name, "on": TODAY, "choices": [named(said)], "question": said.id}
        ],
        "forward_known": [{"name": said.name, "on": TODAY}],
        "forward_nobody": [{}],
        "forward_own": [{}],
        "merge": [{"pair": each, "cards": [card, card], "more": many} for each in pair],
        "merged": [{"merged": Merged(named(said), said.other, said.id)}],
        "kept_apart": [{"names": [said.name, said.other], "change_id": said.id}],
        "merge_none": [{}],
        "export_forms": [{}],
    }
