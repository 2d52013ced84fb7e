"""The methods the local Bot API knows, by lower-case name, and those that need no module."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from bot.playground import editing, sending
from bot.playground.files import MAX_DOWNLOAD_BYTES
from bot.playground.formatting import utf16_length
from bot.playground.model import CallbackAnswer, Json
from bot.playground.parameters import Parameters
from bot.playground.refusals import bad_request
from bot.playground.telegram import LocalTelegram

Method = Callable[[LocalTelegram, Parameters], Any]

MAX_CALLBACK_ANSWER = 200
_CAN: Json = {
    "can_join_groups": False,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
}
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def get_me(telegram: LocalTelegram, _: Parameters) -> Json:
    """getMe."""
    return telegram.bot | _CAN


def answer_callback_query(telegram: LocalTelegram, params: Parameters) -> bool:
    """answerCallbackQuery."""
    query_id = params.text("callback_query_id")
    tap = telegram.taps.get(query_id)
    if tap is None or monotonic() - tap.tapped_at > telegram.callback_lifetime_seconds:
        raise bad_request(_TOO_OLD)
    text = params.text("text")
    if utf16_length(text) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    telegram.record_answer(
        CallbackAnswer(
            query_id=query_id,
            user_id=tap.user_id,
            message_id=tap.message_id,
            data=tap.data,
            text=text,
            alert=params.flag("show_alert"),
            url=params.text("url") or None,
        )
    )
    return True


def get_file(telegram: LocalTelegram, params: Parameters) -> Json:
    """getFile."""
    file = telegram.files.by_id(params.text("file_id"))
    if len(file.content) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


def get_chat(telegram: LocalTelegram, params: Parameters) -> Json:
    """getChat, with the fields a ChatFullInfo must have."""
    chat = telegram.chats.get(params.integer("chat_id") or 0)
    if chat is None:
        raise bad_request("chat not found")
    return chat.raw | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False,
            "premium_subscription": False, "gifts_from_channels": False,
        },
    }  # fmt: skip


def set_webhook(telegram: LocalTelegram, params: Parameters) -> bool:
    """setWebhook: kept and shown, and getUpdates refuses meanwhile; nothing is posted to it."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _drop_if_asked(telegram, params)
    telegram.updates.webhook_url = url
    telegram.webhook = {
        "secret_token": params.text("secret_token"),
        "max_connections": params.integer("max_connections") or 40,
        "allowed_updates": params.structure("allowed_updates"),
    }
    telegram.updates.close()
    return True


def delete_webhook(telegram: LocalTelegram, params: Parameters) -> bool:
    """deleteWebhook."""
    _drop_if_asked(telegram, params)
    telegram.updates.webhook_url = ""
    telegram.webhook = {}
    return True


def get_webhook_info(telegram: LocalTelegram, _: Parameters) -> Json:
    """getWebhookInfo."""
    shown = {k: v for k, v in telegram.webhook.items() if v and k != "secret_token"}
    return {
        "url": telegram.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates.pending),
    } | shown


def _drop_if_asked(telegram: LocalTelegram, params: Parameters) -> None:
    if params.flag("drop_pending_updates"):
        telegram.updates.forget()


def _set_text(which: str) -> Method:
    return lambda telegram, params: telegram.profile.set_text(which, params)


def _get_text(which: str) -> Method:
    def get(telegram: LocalTelegram, params: Parameters) -> Json:
        return {which: telegram.profile.text(which, params.text("language_code"))}

    return get


def _yes(_telegram: LocalTelegram, _: Parameters) -> bool:
    return True


METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, method)
    for name, method in {
        "getMe": get_me,
        "logOut": _yes,
        "close": _yes,
        "setWebhook": set_webhook,
        "deleteWebhook": delete_webhook,
        "getWebhookInfo": get_webhook_info,
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_photo,
        "sendDocument": sending.send_document,
        "sendMediaGroup": sending.send_media_group,
        "sendContact": sending.send_contact,
        "sendLocation": sending.send_location,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": editing.edit_text,
        "editMessageCaption": editing.edit_caption,
        "editMessageMedia": editing.edit_media,
        "editMessageReplyMarkup": editing.edit_reply_markup,
        "deleteMessage": editing.delete_message,
        "deleteMessages": editing.delete_messages,
        "answerCallbackQuery": answer_callback_query,
        "getFile": get_file,
        "getChat": get_chat,
        "setMyCommands": lambda t, p: t.profile.set_commands(p),
        "getMyCommands": lambda t, p: t.profile.commands(p),
        "deleteMyCommands": lambda t, p: t.profile.delete_commands(p),
        "setMyName": _set_text("name"),
        "getMyName": _get_text("name"),
        "setMyDescription": _set_text("description"),
        "getMyDescription": _get_text("description"),
        "setMyShortDescription": _set_text("short_description"),
        "getMyShortDescription": _get_text("short_description"),
        "setChatMenuButton": lambda t, p: t.profile.set_menu_button(p),
        "getChatMenuButton": lambda t, p: t.profile.menu_button(p.integer("chat_id")),
    }.items()
}
