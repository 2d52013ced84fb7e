"""/network: the owner's network in plain words."""

from bot.replies import Answer, Reply
from bot.turn import Turn
from bot.usecases import network as networks


def network(turn: Turn) -> list[Answer]:
    overview = networks.overview(turn.session, turn.owner, turn.today)
    return [Reply.of("network", overview=overview, summary=overview.summary)]
