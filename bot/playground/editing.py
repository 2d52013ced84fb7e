"""Methods of the Bot API that change or remove messages."""

from typing import Any

from bot.playground.chats import Chat
from bot.playground.keyboards import inline_only, read_markup
from bot.playground.model import Json, Message
from bot.playground.parameters import Parameters
from bot.playground.refusals import bad_request
from bot.playground.sending import chat_of, read_caption, read_media, read_text
from bot.playground.telegram import LocalTelegram

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CONTENT = (
    "text", "entities", "caption", "caption_entities", "photo", "document", "reply_markup",
)  # fmt: skip


def edit_text(telegram: LocalTelegram, params: Parameters) -> Json:
    """editMessageText."""
    chat, message = _editable(telegram, params)
    text, entities = read_text(params)
    if "text" not in message.raw:
        raise bad_request("there is no text in the message to edit")
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    return _replace(telegram, chat, message, params, content)


def edit_caption(telegram: LocalTelegram, params: Parameters) -> Json:
    """editMessageCaption."""
    chat, message = _editable(telegram, params)
    caption = read_caption(params)
    media = {k: message.raw[k] for k in ("photo", "document") if k in message.raw}
    if not media:
        raise bad_request("there is no caption in the message to edit")
    return _replace(telegram, chat, message, params, media | caption)


def edit_media(telegram: LocalTelegram, params: Parameters) -> Json:
    """editMessageMedia."""
    chat, message = _editable(telegram, params)
    content, files = read_media(telegram, params, params.structure("media") or {})
    both: dict[str, Any] = {"photo": None, "document": None}
    return _replace(telegram, chat, message, params, content, **(both | files))


def edit_reply_markup(telegram: LocalTelegram, params: Parameters) -> Json:
    """editMessageReplyMarkup."""
    chat, message = _editable(telegram, params)
    content = {k: message.raw[k] for k in _CONTENT if k in message.raw}
    content.pop("reply_markup", None)
    return _replace(telegram, chat, message, params, content)


def delete_message(telegram: LocalTelegram, params: Parameters) -> bool:
    """deleteMessage: in a private chat a bot may delete both sides' messages."""
    chat = chat_of(telegram, params)
    if not chat.remove(params.integer("message_id") or 0):
        raise bad_request("message to delete not found")
    return True


def delete_messages(telegram: LocalTelegram, params: Parameters) -> bool:
    """deleteMessages: those that cannot be found are passed over."""
    chat = chat_of(telegram, params)
    for message_id in params.structure("message_ids") or []:
        chat.remove(message_id)
    return True


def _editable(telegram: LocalTelegram, params: Parameters) -> tuple[Chat, Message]:
    chat = chat_of(telegram, params)
    message = chat.messages.get(params.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(
    telegram: LocalTelegram,
    chat: Chat,
    message: Message,
    params: Parameters,
    content: Json,
    **files: Any,
) -> Json:
    """Gives the message this content and the call's keyboard; none given means none left."""
    if markup := inline_only(read_markup(params)):
        content = content | {"reply_markup": markup}
    if content == {k: message.raw[k] for k in _CONTENT if k in message.raw}:
        raise bad_request(_NOT_MODIFIED)
    kept = {k: v for k, v in message.raw.items() if k not in _CONTENT}
    raw = kept | {"edit_date": telegram.timestamp()} | content
    chat.change(message, raw, **files)
    return raw
