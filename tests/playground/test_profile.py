"""The bot's command menu and descriptions, by language."""

import pytest
from telegram import BotCommandScopeAllPrivateChats, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from tests.playground.conftest import USER


async def test_the_menu_follows_the_users_language(bot, rig):
    await bot.set_my_commands([("add", "Add somebody")])
    await bot.set_my_commands([("add", "Tambah orang")], language_code="id")
    assert rig.profile.menu_for(USER, "fr")[0]["description"] == "Add somebody"
    assert rig.profile.menu_for(USER, "id-ID")[0]["description"] == "Tambah orang"
    assert (await bot.get_my_commands(language_code="id"))[0].description == "Tambah orang"


async def test_a_narrower_scope_wins(bot, rig):
    await bot.set_my_commands([("a", "all")])
    await bot.set_my_commands([("b", "private")], scope=BotCommandScopeAllPrivateChats())
    assert rig.profile.menu_for(USER, "en")[0]["command"] == "b"
    await bot.set_my_commands([("c", "one")], scope=BotCommandScopeChat(USER))
    assert rig.profile.menu_for(USER, "en")[0]["command"] == "c"
    await bot.delete_my_commands(scope=BotCommandScopeChat(USER))
    assert rig.profile.menu_for(USER, "en")[0]["command"] == "b"


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([(f"c{n}", "x") for n in range(101)], "Bot_commands_too_much"),
        ([("Add", "x")], "Bot_command_invalid"),
        ([("a" * 33, "x")], "Bot_command_invalid"),
        ([("add", "")], "Bot_command_description_invalid"),
        ([("add", "x" * 257)], "Bot_command_description_invalid"),
    ],
)
async def test_menus_telegram_would_refuse_are_refused(bot, commands, words):
    with pytest.raises(BadRequest, match=words):
        await bot.set_my_commands(commands)


async def test_descriptions_are_kept_by_language(bot, rig):
    await bot.set_my_description("Keeps ties alive")
    await bot.set_my_description("Merawat jejaring", language_code="id")
    await bot.set_my_short_description("Ties")
    await bot.set_my_name("Jejaring")
    assert rig.profile.text("description", "id") == "Merawat jejaring"
    assert rig.profile.text("description", "de") == "Keeps ties alive"
    assert (await bot.get_my_short_description()).short_description == "Ties"


async def test_descriptions_have_limits(bot):
    with pytest.raises(BadRequest, match="Bot description is too long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match="Bot short description is too long"):
        await bot.set_my_short_description("x" * 121)


async def test_the_menu_button_is_kept(bot):
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button() == MenuButtonCommands()


async def test_a_chat_can_be_looked_up(bot):
    assert (await bot.get_chat(USER)).first_name == "Ayu"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(999)
