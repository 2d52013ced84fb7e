"""What people see of a bot before they write: command menus, descriptions, name, menu button."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.playground.model import Json
from bot.playground.parameters import Parameters
from bot.playground.refusals import bad_request

MAX_COMMANDS = 100
LIMITS = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}$")
_DEFAULT_SCOPE: Json = {"type": "default"}


class Profile:
    """The bot's own texts, by scope and language; an empty language code is 'all others'."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, str], list[Json]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._menu_buttons: dict[int | None, Json] = {None: {"type": "commands"}}
        self.revision = 0

    def set_commands(self, params: Parameters) -> bool:
        """setMyCommands."""
        commands = params.structure("commands") or []
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        checked = [_check_command(command) for command in commands]
        self._commands[_slot(params)] = checked
        self.revision += 1
        return True

    def delete_commands(self, params: Parameters) -> bool:
        """deleteMyCommands."""
        self._commands.pop(_slot(params), None)
        self.revision += 1
        return True

    def commands(self, params: Parameters) -> list[Json]:
        """getMyCommands: those of exactly this scope and language."""
        return self._commands.get(_slot(params), [])

    def menu_for(self, user_id: int, language: str) -> list[Json]:
        """The commands a person's client shows: the narrowest scope first, own language first."""
        scopes: list[Json] = [
            {"type": "chat", "chat_id": user_id},
            {"type": "all_private_chats"},
            _DEFAULT_SCOPE,
        ]
        for scope in scopes:
            for code in (language.partition("-")[0], ""):
                if commands := self._commands.get((_key(scope), code)):
                    return commands
        return []

    def set_text(self, which: str, params: Parameters) -> bool:
        """setMyName, setMyDescription, setMyShortDescription."""
        text = params.text(which)
        if len(text) > LIMITS[which]:
            raise bad_request(f"bot {which.replace('_', ' ')} is too long")
        self._texts[which, params.text("language_code")] = text
        self.revision += 1
        return True

    def text(self, which: str, language: str) -> str:
        """Name, description or short description as shown in that language."""
        own = self._texts.get((which, language.partition("-")[0]))
        return own or self._texts.get((which, ""), "")

    def set_menu_button(self, params: Parameters) -> bool:
        """setChatMenuButton, for one chat or for all."""
        button = params.structure("menu_button") or {"type": "default"}
        self._menu_buttons[params.integer("chat_id")] = button
        self.revision += 1
        return True

    def menu_button(self, user_id: int | None) -> Json:
        """The menu button of that chat; None asks for the default."""
        return self._menu_buttons.get(user_id, self._menu_buttons[None])


def _check_command(command: Mapping[str, Any]) -> Json:
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not _COMMAND.match(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _slot(params: Parameters) -> tuple[str, str]:
    return _key(params.structure("scope") or _DEFAULT_SCOPE), params.text("language_code")


def _key(scope: Json) -> str:
    return json.dumps(scope, sort_keys=True)
