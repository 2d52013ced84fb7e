"""/network: the owner's network in plain words, short, with buttons for more of each part."""

from analysis.diagnosis import Summary
from bot.look import Look
from bot.replies import Answer, Made, Reply, UserError
from bot.turn import Turn
from bot.usecases import network as networks
from bot.usecases.network import FEWEST, Network, Overview

PARTS = (
    "all", "ties", "connect", "groups", "position", "reach", "alike", "sides", "help", "change",
)  # fmt: skip


def network(turn: Turn) -> list[Answer]:
    """/network, and network:PART"""
    part = turn.word(0) or PARTS[0]
    if part not in PARTS:
        raise UserError("button_expired")
    arguments = {"owner": turn.owner_id, "part": part}
    return [Made("send_message", "network", arguments, in_place=True)]


def read(look: Look) -> Network:
    return networks.read_network(look.session, look.owner, look.today)


def compose(look: Look, network: Network, summary: Summary) -> Reply:
    overview = Overview(
        summary=summary,
        names=network.names,
        enough=len(network.names) >= FEWEST,
        organisation=look.owner.organisation,
        change=networks.change_since(look.session, look.owner_id, summary, look.today),
    )
    part = look.arguments["part"]
    return Reply.of("network", overview=overview, summary=summary, part=part)
