"""One function per thing a user can do: one transaction, returns a frozen dataclass."""
