"""Values of a text as JSON keeps them, so that a message reads the same when it is edited later."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def keep(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON: days become records, everything else stays."""
    return {
        name: {"day": value.isoformat()} if isinstance(value, date) else value
        for name, value in values.items()
    }


def recall(values: Mapping[str, Any]) -> dict[str, Any]:
    """What `keep` was given."""
    return {
        name: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
        for name, value in values.items()
    }
