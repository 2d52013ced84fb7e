"""Readers of other products' files: bytes in, frozen dataclasses out, every row accounted for.

No reader keeps the words of a message: only who, on which day, by which channel, who began.
"""
