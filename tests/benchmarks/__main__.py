"""All benchmarks, one after another: `python -m tests.benchmarks [NAME ...]`, or `make bench`.

Each runs in a process of its own. What needs data that is not in this repository looks for it in
../shared, and is left out where it is not found.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
BENCHMARKS: dict[str, tuple[str | Path, ...]] = {
    "round_trip": (),
    "turn": (),
    "fading_speed": (),
    "fading": (SHARED / "data" / "email_eu_1to1.csv.gz",),
    "understanding": (
        "--gold",
        SHARED / "understanding" / "public.jsonl",
        "--contacts",
        SHARED / "understanding" / "contacts.json",
    ),
    "network": (),
    "map": (),
    "year": (),
    "weekly_hour": ("--users", "12"),
}


def main(names: Sequence[str]) -> int:
    """Exit status: 0, 1 where a benchmark failed, or 2 for a name there is none of."""
    if unknown := set(names) - BENCHMARKS.keys():
        print(f"No such benchmark: {', '.join(sorted(unknown))}. Known: {', '.join(BENCHMARKS)}.")
        return 2
    failed = [name for name in names or BENCHMARKS if not run(name)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def run(name: str) -> bool:
    """Whether it went well; one whose data is missing does."""
    print(f"\n== {name}\n", flush=True)
    arguments = BENCHMARKS[name]
    for path in arguments:
        if isinstance(path, Path) and not path.is_file():
            print(f"left out: {path} is not there")
            return True
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
