"""Refusals of the local Bot API, in the words Telegram's own server uses."""


class Refused(Exception):
    """The Bot API says no: an HTTP status, Telegram's description, and perhaps how long to wait."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(words: str) -> Refused:
    """400 with the words a bot author will search for."""
    return Refused(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refused:
    """403: the bot may not do this to that person."""
    return Refused(403, f"Forbidden: {words}")


def conflict(words: str) -> Refused:
    """409: two ways of receiving updates at once."""
    return Refused(409, f"Conflict: {words}")
