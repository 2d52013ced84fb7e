"""What Telegram itself shows of the bot: command menu, descriptions, menu button."""

import logging

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.render import LANGUAGES, render

log = logging.getLogger(__name__)


async def publish(bot: Bot) -> None:
    """Set menu and descriptions in every language; English for all others."""
    try:
        for language in LANGUAGES:
            code = None if language == LANGUAGES[0] else language
            await bot.set_my_commands(commands(language), language_code=code)
            description = render("about_long", language).text
            await bot.set_my_description(description, language_code=code)
            short = render("about_short", language).text
            await bot.set_my_short_description(short, language_code=code)
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:  # the bot works without; the next start tries again
        log.warning("menu_not_set", extra={"error": type(error).__name__})


def commands(language: str) -> list[BotCommand]:
    lines = render("menu", language).text.splitlines()
    return [BotCommand(*line.split(" - ", 1)) for line in lines if line]
