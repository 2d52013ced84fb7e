"""Pure: frozen dataclasses and graphs in, frozen dataclasses out. No I/O, no clock, no SQL."""
