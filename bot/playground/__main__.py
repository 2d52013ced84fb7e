"""`python -m bot.playground --port N` runs the local Bot API alone, for any bot to talk to."""

import argparse
import signal
import sys
import threading

from bot.playground import LocalTelegram, serve


def main() -> int:
    """Serves until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds every call takes")
    options = parser.parse_args()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    telegram = LocalTelegram()
    telegram.latency_seconds = options.latency
    with serve(telegram, port=options.port) as served:
        sys.stdout.write(f"{served.url}\n")
        sys.stdout.flush()
        stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
