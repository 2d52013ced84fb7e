"""Words -> what the user meant. Pure: no I/O, no clock, no database, no network."""
