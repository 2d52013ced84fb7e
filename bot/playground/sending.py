"""Methods of the Bot API that put new messages into a chat."""

from typing import Any

from bot.playground.chats import Chat
from bot.playground.files import describe
from bot.playground.formatting import Entity, detect, trim, utf16_length
from bot.playground.keyboards import inline_only, read_markup
from bot.playground.markup import parse_html
from bot.playground.model import File, Json
from bot.playground.parameters import Parameters
from bot.playground.refusals import bad_request, forbidden
from bot.playground.telegram import LocalTelegram

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_TEXT_BYTES = 1 << 15


def chat_of(telegram: LocalTelegram, params: Parameters) -> Chat:
    """The chat a call is about; refused where it is unknown or its owner has blocked the bot."""
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = telegram.chats.get(params.integer("chat_id") or 0)
    if chat is None:
        raise bad_request("chat not found")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def read_text(params: Parameters) -> tuple[str, list[Entity]]:
    """Text and entities of a message, within Telegram's limits."""
    text, entities = _read_formatted(params.text("text"), params, "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def read_caption(params: Parameters) -> Json:
    """Caption fields of a message; empty where there is no caption."""
    caption, entities = _read_formatted(params.text("caption"), params, "caption_entities")
    if utf16_length(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    fields: Json = {"caption": caption} if caption else {}
    return fields | ({"caption_entities": entities} if entities else {})


def _read_formatted(text: str, params: Parameters, given: str) -> tuple[str, list[Entity]]:
    if len(text) > MAX_RAW_TEXT_BYTES // 4 and len(text.encode()) > MAX_RAW_TEXT_BYTES:
        raise bad_request("message is too long")
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode in ("", "none"):
        entities = params.structure(given) or []
    else:
        raise bad_request("unsupported parse_mode")  # Markdown: not spoken here
    text, entities = trim(text, entities)
    return text, detect(text, entities)


def send_message(telegram: LocalTelegram, params: Parameters) -> Json:
    """sendMessage."""
    chat = chat_of(telegram, params)
    text, entities = read_text(params)
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    return post(telegram, chat, params, content)


def send_photo(telegram: LocalTelegram, params: Parameters) -> Json:
    """sendPhoto."""
    chat = chat_of(telegram, params)
    caption = read_caption(params)
    photo = read_file(telegram, params, "photo", params.text("photo"))
    return post(telegram, chat, params, {"photo": [describe(photo)]} | caption, photo=photo)


def send_document(telegram: LocalTelegram, params: Parameters) -> Json:
    """sendDocument."""
    chat = chat_of(telegram, params)
    caption = read_caption(params)
    document = read_file(telegram, params, "document", params.text("document"))
    content = {"document": describe(document)} | caption
    return post(telegram, chat, params, content, document=document)


def send_media_group(telegram: LocalTelegram, params: Parameters) -> list[Json]:
    """sendMediaGroup, of photos or documents."""
    chat = chat_of(telegram, params)
    media = params.structure("media") or []
    if not 2 <= len(media) <= 10:
        raise bad_request("there must be 2 to 10 items in an album")
    ready = [read_media(telegram, params, item) for item in media]
    return [post(telegram, chat, params, content, **files) for content, files in ready]


def send_contact(telegram: LocalTelegram, params: Parameters) -> Json:
    """sendContact."""
    chat = chat_of(telegram, params)
    if not (params.text("phone_number") and params.text("first_name")):
        raise bad_request("contact phone number and first name must be non-empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    card = {name: params.text(name) for name in names if params.text(name)}
    return post(telegram, chat, params, {"contact": card})


def send_location(telegram: LocalTelegram, params: Parameters) -> Json:
    """sendLocation."""
    chat = chat_of(telegram, params)
    place = {name: float(params.text(name) or 0) for name in ("latitude", "longitude")}
    return post(telegram, chat, params, {"location": place})


def send_chat_action(telegram: LocalTelegram, params: Parameters) -> bool:
    """sendChatAction: 'typing' and the like, until the next message."""
    chat = chat_of(telegram, params)
    if not params.text("action"):
        raise bad_request("wrong parameter action in request")
    chat.action = params.text("action")
    chat.touch(waiting=True)
    return True


def read_media(
    telegram: LocalTelegram, params: Parameters, item: Json
) -> tuple[Json, dict[str, File]]:
    """An InputMedia as message content and its file."""
    kind = item.get("type")
    if kind not in ("photo", "document"):
        raise bad_request(f"type of media {kind!r} is not known here")
    caption = read_caption(Parameters(item))
    file = read_file(telegram, params, kind, str(item.get("media", "")))
    shown: Any = [describe(file)] if kind == "photo" else describe(file)
    return {kind: shown} | caption, {kind: file}


def read_file(telegram: LocalTelegram, params: Parameters, kind: str, reference: str) -> File:
    """The file meant: uploaded with the call, or known by its id."""
    upload = params.uploads.get(reference.removeprefix("attach://") if reference else kind)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return telegram.files.add(kind, upload)
    if not reference:
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # this server goes nowhere
    file = telegram.files.by_id(reference)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def post(
    telegram: LocalTelegram, chat: Chat, params: Parameters, content: Json, **files: File
) -> Json:
    """Puts a checked message into the chat and returns it as the Bot API does."""
    markup = read_markup(params)
    raw: Json = {
        "message_id": 0,
        "from": telegram.bot,
        "chat": chat.raw,
        "date": telegram.timestamp(),
    }
    if answered := _answered(chat, params):
        raw["reply_to_message"] = answered
    raw |= content
    if inline := inline_only(markup):
        raw["reply_markup"] = inline
    raw["message_id"] = telegram.next_message_id()
    silent = params.flag("disable_notification")
    chat.action = None
    chat.add(raw, from_bot=True, silent=silent, reply_markup=markup, **files)
    return raw


def _answered(chat: Chat, params: Parameters) -> Json | None:
    """The message this one replies to."""
    reply = params.structure("reply_parameters") or {}
    message_id = reply.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return None
    if message := chat.messages.get(message_id):
        return {k: v for k, v in message.raw.items() if k != "reply_to_message"}
    if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
