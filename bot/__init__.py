"""The chat: receives, understands, answers, reminds."""
