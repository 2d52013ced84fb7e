"""Answers as calls to the Bot API: method and parameters."""

from typing import Any

from bot.render import LONGEST_TEXT, Message, render, utf16_length
from bot.replies import Reply, Toast

Call = tuple[str, dict[str, Any]]


def send_call(chat_id: int, reply: Reply, language: str, common: dict[str, Any]) -> Call:
    message = render(reply.template, language, **common, **reply.values)
    return "send_message", {"chat_id": chat_id, **parameters(message)}


def edit_call(
    chat_id: int, message_id: int, reply: Reply, language: str, common: dict[str, Any]
) -> Call:
    message = render(reply.template, language, **common, **reply.values)
    return "edit_message_text", {
        "chat_id": chat_id,
        "message_id": message_id,
        **parameters(message),
    }


def toast_call(query_id: str, toast: Toast, language: str, common: dict[str, Any]) -> Call:
    if not toast.template:
        return "answer_callback_query", {"callback_query_id": query_id}
    text = render(toast.template, language, **common, **toast.values).text
    return "answer_callback_query", {"callback_query_id": query_id, "text": text[:200]}


def parameters(message: Message) -> dict[str, Any]:
    """What sendMessage and editMessageText share."""
    if utf16_length(message.text) > LONGEST_TEXT:  # longer only with markup, at worst
        raise ValueError("A message is longer than Telegram takes.")
    result: dict[str, Any] = {
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if message.keyboard:
        result["reply_markup"] = {
            "inline_keyboard": [
                [
                    {"text": each.label, "url": each.url}
                    if each.url
                    else {"text": each.label, "callback_data": each.data}
                    for each in row
                ]
                for row in message.keyboard
            ]
        }
    return result
