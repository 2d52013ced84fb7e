"""A local Bot API server and its web chat, to try the bot without Telegram and to test it."""
