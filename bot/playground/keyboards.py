"""Reply markup: what Telegram accepts of it."""

from typing import Any

from bot.playground.model import Json
from bot.playground.parameters import Parameters
from bot.playground.refusals import Refused, bad_request

MAX_BUTTONS = 100
MAX_BUTTONS_IN_A_ROW = 8
MAX_DATA_BYTES = 64
_KINDS = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}
_ACTIONS = {
    "callback_data", "url", "login_url", "web_app", "switch_inline_query", "copy_text", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game",
}  # fmt: skip


def read_markup(params: Parameters) -> Json | None:
    """The checked reply_markup of a call; None where there is none. Raises Refused."""
    markup = params.structure("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict) or not _KINDS & markup.keys():
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": _read_rows(markup["inline_keyboard"])}
    return markup


def inline_only(markup: Json | None) -> Json | None:
    """What a Message shows of it: inline keyboards stay with the message, others do not."""
    return markup if markup and markup.get("inline_keyboard") else None


def _read_rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [[_check_button(button) for button in row] for row in rows if row]


def _check_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unparsed("Expected an Object")
    if not str(button.get("text", "")).strip():
        raise _unparsed("Button text must be non-empty")
    if not _ACTIONS & button.keys():
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _unparsed(words: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {words}")
