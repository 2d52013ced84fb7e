"""/network: the owner's network in plain words, short, with buttons for more of each part."""

from analysis.diagnosis import Summary
from bot.look import Look
from bot.replies import Answer, Made, Reply, UserError
from bot.turn import Turn
from bot.usecases import asking, owners
from bot.usecases import network as networks
from bot.usecases.network import FEWEST, Network, Overview
from storage.tables import Question

PARTS = (
    "all", "ties", "connect", "groups", "position", "reach", "alike", "sides", "help", "change",
)  # fmt: skip
LONGEST_ORGANISATION = 100


def network(turn: Turn) -> list[Answer]:
    """/network, and network:PART"""
    part = turn.word(0) or PARTS[0]
    if part not in PARTS:
        raise UserError("button_expired")
    return [_summary(turn, part)]


def home(turn: Turn) -> list[Answer]:
    """networkhome asks where the owner belongs."""
    asking.cancel(turn.session, turn.owner_id)
    asking.ask(turn.session, turn.owner_id, "home", {}, turn.now)
    return [Reply.of("network_home")]


def set_home(turn: Turn, question: Question) -> list[Answer]:
    """The owner's own organisation, typed."""
    organisation = " ".join(turn.words.split())
    if len(organisation) > LONGEST_ORGANISATION:
        raise UserError("network_home")
    asking.close(turn.session, question)
    owners.set_organisation(turn.owner, organisation)
    return [_summary(turn, "sides")]


def _summary(turn: Turn, part: str) -> Answer:
    arguments = {"owner": turn.owner_id, "part": part}
    return Made("send_message", "network", arguments, in_place=not turn.on_picture)


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
