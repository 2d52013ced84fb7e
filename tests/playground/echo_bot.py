"""A small bot for trying the playground: it echoes, and shows every kind of message.

`python -m tests.playground.echo_bot [PORT]` serves the page and runs the bot.
"""

import asyncio
import io
import sys
from typing import Any

from PIL import Image, ImageDraw
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.playground import LocalTelegram, serve

Context = ContextTypes.DEFAULT_TYPE
FORMATTED = (
    "<b>Budi Santoso</b> · Bappenas, <i>analyst</i>\n"
    "You usually talk every <u>~9 days</u>; it has been <b>31</b>. 😀\n\n"
    "Write <code>/log Budi: coffee</code> or see "
    '<a href="https://example.org/">the report</a>, https://example.org/a?b=c '
    "or ani@example.org. #pilot\n"
    '<pre><code class="language-python">ties = {"Budi": 31}</code></pre>'
    "<blockquote>You said he would like the data pilot.</blockquote>"
    "<blockquote expandable>A longer note.\nSecond line\nThird line\nFourth line\nFifth line"
    "</blockquote>Hidden: <tg-spoiler>a surprise</tg-spoiler>, <s>struck</s>"
)


def picture() -> bytes:
    image = Image.new("RGB", (900, 600), "#eef6f2")
    draw = ImageDraw.Draw(image)
    points = [(450, 300), (180, 140), (720, 160), (240, 480), (690, 470), (110, 330)]
    for x, y in points[1:]:
        draw.line((450, 300, x, y), "#7fb8a5", 6)
    for x, y in points:
        draw.ellipse((x - 34, y - 34, x + 34, y + 34), "#0b7f66")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


async def start(update: Update, context: Context) -> None:
    rows = [
        [
            Button("Formatted", callback_data="formatted"),
            Button("Picture", callback_data="picture"),
        ],
        [Button("Toast", callback_data="toast"), Button("Alert", callback_data="alert")],
        [Button("Count 0", callback_data="count 0"), Button("Web", url="https://example.org/")],
    ]
    name = update.effective_user.first_name
    await update.message.reply_text(
        f"Hello <b>{name}</b>! Tell me about someone you met, or try /picture, /document, "
        "/formatted, /keys.",
        parse_mode="HTML",
        reply_markup=Keyboard(rows),
    )


async def formatted(update: Update, context: Context) -> None:
    await update.effective_chat.send_message(FORMATTED, "HTML", disable_notification=True)


async def show(update: Update, context: Context) -> None:
    keyboard = Keyboard([[Button("Larger", callback_data="picture")]])
    await update.effective_chat.send_photo(
        picture(), caption="Your <b>network</b>: 5 ties", parse_mode="HTML", reply_markup=keyboard
    )


async def document(update: Update, context: Context) -> None:
    content = b'{"format": "jejaring.export"}'
    await update.effective_chat.send_document(content, filename="export.json", caption="All of it")


async def keys(update: Update, context: Context) -> None:
    from telegram import KeyboardButton, ReplyKeyboardMarkup

    rows = [["Yes", "No"], [KeyboardButton("Share my number", request_contact=True)]]
    await update.message.reply_text("Choose", reply_markup=ReplyKeyboardMarkup(rows))


async def tapped(update: Update, context: Context) -> None:
    query = update.callback_query
    word, _, number = query.data.partition(" ")
    if word == "count":
        await query.answer()
        count = int(number) + 1
        row = [Button(f"Count {count}", callback_data=f"count {count}")]
        await query.edit_message_text(f"Counted to {count}", reply_markup=Keyboard([row]))
    elif word == "alert":
        await query.answer("This needs your attention.", show_alert=True)
    else:
        await query.answer("Done" if word == "toast" else None)
        if word == "formatted":
            await formatted(update, context)
        elif word == "picture":
            await show(update, context)


async def echo(update: Update, context: Context) -> None:
    message = update.effective_message
    if message.text == "slow":
        await asyncio.sleep(3)
    words = message.text or (message.document and message.document.file_name)
    words = words or (message.contact and message.contact.first_name) or message.caption
    prefix = "Edited: " if update.edited_message else ""
    await update.effective_chat.send_message(f"{prefix}{words or 'Nice picture'}")


async def describe(app: Application[Any, Any, Any, Any, Any, Any]) -> None:
    commands = ("start", "Begin"), ("picture", "A picture"), ("document", "A document")
    await app.bot.set_my_commands([*commands, ("formatted", "Every format"), ("keys", "Keys")])
    await app.bot.set_my_commands([("start", "Mulai"), ("picture", "Gambar")], language_code="id")
    await app.bot.set_my_description("Tells you whom to reach out to, why, and how to begin.")
    await app.bot.set_my_description(
        "Memberi tahu siapa yang perlu disapa, mengapa, dan bagaimana memulainya.",
        language_code="id",
    )


def make_app(url: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """The bot, talking to the Bot API at `url`; nothing runs yet."""
    plain = {"httpx_kwargs": {"verify": False}}  # no certificates to load for plain HTTP
    builder = Application.builder().token("1:echo").base_url(f"{url}/bot")
    builder = builder.request(HTTPXRequest(**plain)).get_updates_request(HTTPXRequest(**plain))
    app = builder.base_file_url(f"{url}/file/bot").post_init(describe).build()
    for name, handler in (
        ("start", start),
        ("picture", show),
        ("document", document),
        ("formatted", formatted),
        ("keys", keys),
    ):
        app.add_handler(CommandHandler(name, handler))
    app.add_handler(CallbackQueryHandler(tapped))
    app.add_handler(MessageHandler(filters.ALL, echo))
    return app


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    with serve(LocalTelegram(), port=port) as served:
        sys.stdout.write(f"{served.url}\n")
        sys.stdout.flush()
        make_app(served.url).run_polling()


if __name__ == "__main__":
    main()
