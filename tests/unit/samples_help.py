"""Values for the messages about help given and received, and about introductions."""

from datetime import timedelta
from typing import Any

from bot.usecases.favours import FavourKept, Occasion
from bot.usecases.introductions import Introduced
from tests.unit.samples import TODAY, Said, contact, many, named

Values = dict[str, Any]

WAYS = ("given", "received", "mutual")
KINDS = ("communication", "information", "problem_solving", "knowledge", "access", None)


def helps(said: Said) -> dict[str, list[Values]]:
    together = Occasion(said.id, TODAY, said.note, many(said)[:8])
    alone = Occasion(said.id, TODAY, None, (named(said),))
    return {
        "favour_kept": [{"favour": _kept(said, way, kind)} for way in WAYS for kind in KINDS],
        "favour_kind": [{"favour": _kept(said, "received", None)}],
        "favour_which_way": [
            {
                "names": [said.name, said.other],
                "command": command,
                "number": said.id,
                "button_data": (command, said.id),
            }
            for command in ("help", "gave")
        ],
        "favour_with_whom": [{"occasion": together, "way": "given"}],
        "favour_what": [
            {"occasion": occasion, "way": way, "contact": contact(said)}
            for occasion in (together, alone)
            for way in WAYS
        ],
        "introduced": [
            {"made": _introduced(said, introducer=named(said), whom=None)},
            {"made": _introduced(said, introducer=named(said), whom=None, thanked=True)},
            {"made": _introduced(said, introducer=None, whom=named(said))},
        ],
    }


def _kept(said: Said, way: str, kind: str | None) -> FavourKept:
    return FavourKept(
        people=many(said) if kind is None else (named(said),),
        newcomers=many(said)[:2] if kind == "access" else (),
        on=TODAY - timedelta(days=1),
        direction=way,
        what=said.note,
        change_id=said.id,
        favour_id=None if kind is None else said.id,
        kind=kind,
        thanked=kind == "knowledge",
    )


def _introduced(said: Said, introducer: Any, whom: Any, thanked: bool = False) -> Introduced:
    return Introduced(
        id=said.id,
        introducer=introducer,
        whom=whom,
        to=many(said)[1],
        newcomers=many(said)[:1],
        on=TODAY,
        change_id=said.id,
        thanked=thanked,
    )
