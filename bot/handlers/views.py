"""The messages that are worked out when they are sent, by name."""

from bot.handlers import introducing, purpose
from bot.look import View

VIEWS: dict[str, View] = {
    "intro": introducing.show_pairs,
    "leads": introducing.show_leads,
    "purpose": purpose.show,
    "whatif": introducing.show_what_if,
}
