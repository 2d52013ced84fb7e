"""A small network for the chat: two circles that meet in one person."""

from tests.chat.conftest import Chat

PEOPLE = (
    "Ani Wulandari, LAN",
    "Budi Santoso, LAN",
    "Citra Maharani, LAN",
    "Dedi Kurnia, GoTo",
    "Eko Prasetyo, GoTo",
    "Fitri Handayani, GoTo",
    "Gita Savitri, Bappenas",
)
TIES = ("Ani, Budi, Citra", "Dedi, Eko, Fitri", "Citra, Dedi", "Gita, Eko")


async def fill(chat: Chat) -> None:
    """Seven people: LAN and GoTo know their own, Citra knows Dedi, and only Eko knows Gita.

    With Ani, Citra and Dedi the user is in touch.
    """
    for person in PEOPLE:
        await chat.says(f"/add {person}")
    for tie in TIES:
        await chat.says(f"/tie {tie}")
    for who in ("Ani", "Citra", "Dedi"):
        await befriend(chat, who)


async def befriend(chat: Chat, who: str) -> None:
    """Make it a strong tie."""
    number = await contact_id(chat, who)
    await chat.sends(f"stage:{number}:trust")
    for day in ("yesterday", "3 days ago", "9 days ago"):
        await chat.says(f"/log {who}: coffee {day}")


async def contact_id(chat: Chat, who: str) -> int:
    card = await chat.says(f"/contact {who}")
    data = next(
        button.callback_data or ""
        for row in card.last.buttons
        for button in row
        if (button.callback_data or "").startswith("edit:")
    )
    return int(data.split(":")[1])
