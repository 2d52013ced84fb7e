"""Answers as calls to the Bot API: method and parameters."""

from typing import Any

from bot.render import Message, render
from bot.replies import Reply, Toast

Call = tuple[str, dict[str, Any]]


def send_call(chat_id: int, reply: Reply, language: str, common: dict[str, Any]) -> Call:
    message = render(reply.template, language, **common, **reply.values)
    return "send_message", {"chat_id": chat_id, **parameters(message)}


def edit_call(
    chat_id: int,
    message_id: int,
    reply: Reply,
    language: str,
    common: dict[str, Any],
    is_picture: bool = False,
) -> Call:
    message = render(reply.template, language, **common, **reply.values)
    where = {"chat_id": chat_id, "message_id": message_id}
    if is_picture:
        return "edit_message_caption", {**where, **caption(message)}
    return "edit_message_text", {**where, **parameters(message)}


def toast_call(query_id: str, toast: Toast, language: str, common: dict[str, Any]) -> Call:
    if not toast.template:
        return "answer_callback_query", {"callback_query_id": query_id}
    text = render(toast.template, language, **common, **toast.values).text
    return "answer_callback_query", {"callback_query_id": query_id, "text": text[:200]}


def parameters(message: Message) -> dict[str, Any]:
    """What sendMessage and editMessageText share."""
    return {
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        **_markup(message),
    }


def caption(message: Message) -> dict[str, Any]:
    """What goes under a picture or a document."""
    return {"caption": message.text, "parse_mode": "HTML", **_markup(message)}


def _markup(message: Message) -> dict[str, Any]:
    if not message.keyboard:
        return {}
    rows = [
        [
            {"text": each.label, "url": each.url}
            if each.url
            else {"text": each.label, "callback_data": each.data}
            for each in row
        ]
        for row in message.keyboard
    ]
    return {"reply_markup": {"inline_keyboard": rows}}
