"""Documents and pictures, made when they are sent, outside the turn that asked for them."""

import asyncio
import json
from typing import Any

from bot.clock import Clock
from bot.outbox import Maker
from bot.usecases import exporting
from storage.database import Database


def makers(database: Database, clock: Clock) -> dict[str, Maker]:
    """What the outbox can have made, by name. Each reads the database in a thread of its own."""

    def write_export(made: dict[str, Any]) -> dict[str, Any]:
        from telegram import InputFile

        now = clock()
        with database.read() as session:
            document = exporting.export(session, made["arguments"]["owner"], made["language"], now)
        content = json.dumps(document, ensure_ascii=False, indent=1).encode()
        return {"document": InputFile(content, filename=f"jejaring-{now:%Y-%m-%d}.json")}

    async def export(made: dict[str, Any]) -> dict[str, Any]:
        return await asyncio.to_thread(write_export, made)

    return {"export": export}
