"""How long it takes to judge one user's ties: `python -m tests.benchmarks.fading_speed`."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from analysis.fading import assess

TODAY = date(2026, 11, 24)
TIES, CONTACTS, SPAN_DAYS = 150, 15, 400
LONG_LOG_DAYS = 4000
REPEATS = 100


def best_milliseconds(ties: Sequence[Sequence[date]], repeats: int) -> float:
    """Processor time for all ties once, the best of the repeats."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        for days in ties:
            assess(days, TODAY)
        best = min(best, time.process_time() - start)
    return best * 1000


def main() -> None:
    random = Random(1)
    ties = [
        [TODAY - timedelta(random.randrange(SPAN_DAYS)) for _ in range(CONTACTS)]
        for _ in range(TIES)
    ]
    long_log = [[TODAY - timedelta(2 * number) for number in range(LONG_LOG_DAYS)]]
    print(f"{TIES} ties of {CONTACTS} contacts: {best_milliseconds(ties, REPEATS):.2f} ms")
    print(f"one tie of {LONG_LOG_DAYS} contact days: {best_milliseconds(long_log, 10):.2f} ms")


if __name__ == "__main__":
    main()
