"""The map against the usual way to draw a network: networkx's spring layout with matplotlib.

python -m tests.benchmarks.map        needs matplotlib and scipy besides the development tools

CPU time in ms, the median of several runs after a first one; both sides lay out, draw and encode
the same made-up network. Then the longest time the event loop was held up while a thread drew,
and the most memory the drawing took.
"""

import asyncio
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from io import BytesIO
from statistics import median

from bot.map import Dot, Line, Scene, draw_page, draw_picture, draw_svg, lay_out
from tests.unit.map.networks import INDONESIAN, make_network

AIMS = {150: 2.0, 500: 6.0}


def main() -> None:
    print(f"{'contacts':>8} {'spring + matplotlib':>20} {'ours':>6} {'ratio':>6} {'aim':>4}")
    for count, aim in AIMS.items():
        dots, lines = make_network(count)
        usual = measure(partial(draw_with_matplotlib, dots, lines), runs=3)
        ours = measure(partial(draw, dots, lines), runs=9)
        print(f"{count:8} {usual:20.0f} {ours:6.0f} {usual / ours:6.1f} {aim:4.0f}")
    print()
    report_parts()
    print()
    report_stalls()
    print()
    report_memory()


def draw(dots: list[Dot], lines: list[Line], scale: int = 1, size: int = 1280) -> bytes:
    scene = lay_out(dots, lines, INDONESIAN, size=size)
    return draw_picture(scene, 2 if scale == 2 else 1)


def draw_with_matplotlib(dots: list[Dot], lines: list[Line]) -> bytes:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from((0, dot.id, dot.strength) for dot in dots)
    graph.add_weighted_edges_from((line.a, line.b, line.strength) for line in lines)
    names = {dot.id: dot.name for dot in dots} | {0: "You"}
    figure = plt.figure(figsize=(12.8, 12.8), dpi=100)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so for each letter it cannot draw
        nx.draw_networkx(
            graph, nx.spring_layout(graph, seed=1), labels=names, node_size=100, font_size=9,
            edge_color="#999999",
        )  # fmt: skip
        out = BytesIO()
        figure.savefig(out, format="jpg")
    plt.close(figure)
    return out.getvalue()


def measure(task: Callable[[], object], runs: int) -> float:
    """Median CPU time in ms, after one run that fills the caches."""
    task()
    times = []
    for _ in range(runs):
        start = time.process_time()
        task()
        times.append((time.process_time() - start) * 1000)
    return median(times)


def report_parts() -> None:
    names = "layout", "JPEG", "PNG", "JPEG x2", "SVG", "page"
    print(f"{'contacts':>8}" + "".join(f"{name:>16}" for name in names))
    for count in (5, 40, 150, 500):
        dots, lines = make_network(count)
        scene = lay_out(dots, lines, INDONESIAN)
        tasks: list[Callable[[], Scene | bytes | str]] = [
            partial(lay_out, dots, lines, INDONESIAN),
            partial(draw_picture, scene),
            partial(draw_picture, scene, format="PNG"),
            partial(draw_picture, scene, 2),
            partial(draw_svg, scene),
            partial(draw_page, scene),
        ]
        cells = []
        for task in tasks:
            made = task()
            kilobytes = "" if isinstance(made, Scene) else f" ({len(made) / 1000:.0f} kB)"
            cells.append(f"{measure(task, 5):.0f}{kilobytes}")
        print(f"{count:8}" + "".join(f"{cell:>16}" for cell in cells))


def report_stalls() -> None:
    """On a busy machine the first two rows are not small either: compare with them."""
    print("longest hold-up of the event loop while a thread draws, ms (aim 50)")
    print(f"{'':>20} {'median':>7} {'9 of 10':>8} {'worst':>6}")
    tasks: dict[str, Callable[[], object]] = {
        "(thread sleeps)": partial(time.sleep, 0.25),
        "(thread counts)": count_up,
        "150 contacts": partial(draw, *make_network(150)),
        "500 contacts": partial(draw, *make_network(500)),
        "150 contacts x2": partial(draw, *make_network(150), 2),
    }
    stalls: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(20):
        for name, task in tasks.items():
            stalls[name].append(asyncio.run(find_longest_stall(task)))
    for name, found in stalls.items():
        print(
            f"{name:>20} {median(found):7.0f} {sorted(found)[len(found) * 9 // 10 - 1]:8.0f} "
            f"{max(found):6.0f}"
        )


def count_up() -> None:
    end = time.perf_counter() + 0.25
    while time.perf_counter() < end:
        pass


async def find_longest_stall(task: Callable[[], object]) -> float:
    """The longest time between two turns of the event loop, ms, while a thread does the task."""
    work = asyncio.create_task(asyncio.to_thread(task))
    longest, last = 0.0, time.perf_counter()
    while not work.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    await work
    return longest * 1000


def report_memory() -> None:
    """Peak memory of a process that draws, less that of one that only imports; MB."""
    before = peak_in_process("import bot.map, PIL.Image, PIL.ImageDraw, PIL.ImageFont")
    for count, scale in ((150, 1), (150, 2)):
        peak = peak_in_process(
            "from tests.benchmarks.map import draw; from tests.unit.map.networks import *;"
            f"draw(*make_network({count}), {scale})"
        )
        print(f"memory for {count} contacts x{scale}: {peak - before:.0f} MB (with it {peak:.0f})")


def peak_in_process(code: str) -> float:
    """The most resident memory a new process ever had, MB; Linux only."""
    tail = "; print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    run = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, check=True)
    return float(run.stdout) / 1024


if __name__ == "__main__":
    main()
