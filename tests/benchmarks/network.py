"""The network summary against networkx as one would first write it, CPU time in the same run.

    python -m tests.benchmarks.network [--full] [--json]

At 5,000 contacts networkx is timed on 100 sources for the two measures that start from every
contact, and the time multiplied: it takes minutes otherwise, as with --full. Targets are reported,
never asserted: they are for a reader to judge on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

import networkx as nx

from analysis.brokers import betweenness
from analysis.cuts import bridges, core_numbers, cut_points
from analysis.diagnosis import summarise
from analysis.ego import measure
from analysis.groups import communities, modularity
from analysis.introductions import WARM, Wants, suggest_introductions
from analysis.network import (
    EGO,
    Alter,
    Event,
    Tie,
    build,
    components,
    connect,
    density,
    join_ego,
    with_ego,
)
from analysis.reach import harmonic_closeness

TARGETS = {150: 15, 1000: 20, 5000: 30}  # how many times as fast as networkx
SAMPLED_FROM = 5000
SOURCES = 100


def make_network(size: int, seed: int = 1) -> tuple[list[Alter], list[Tie], list[Event]]:
    """Organisations of uneven size, stated ties mostly within them, and small events."""
    random = Random(seed)
    organisations = max(4, size // 15)
    members: dict[int, list[int]] = {}
    alters = []
    for contact in range(1, size + 1):
        place = int(organisations * random.random() ** 1.6)
        members.setdefault(place, []).append(contact)
        alters.append(
            Alter(
                contact,
                f"Person {contact}",
                f"Organisation {place}",
                tags=(f"tag {random.randrange(size // 8)}",),
                sector=f"sector {place % 7}",
                place=f"place {random.randrange(9)}",
                strength=random.random(),
                inside=place == 0,
            )
        )
    ties, events = [], []
    for alter in alters:
        near = members[int((alter.organisation or "").split()[1])]
        for _ in range(random.choice((0, 1, 2, 3, 4))):
            far = random.random() < 0.15
            other = random.randrange(1, size + 1) if far else random.choice(near)
            ties.append(Tie(alter.id, other, strength=random.choice((1.0, random.random()))))
    for _ in range(size // 8):
        there = random.choice(list(members.values())) + random.sample(range(1, size + 1), 3)
        among = random.sample(there, min(len(there), random.choice((2, 3, 3, 4, 5, 8, 12))))
        events.append(Event(tuple(among), date(2026, 11, 2)))
    return alters, ties, events


def sum_up_naively(
    alters: list[Alter],
    ties: list[Tie],
    events: list[Event],
    sampled: bool = False,
) -> float:
    """The measures of the summary that networkx has, one call each; CPU seconds.

    Ego betweenness is betweenness within the ego network there.
    Constraint and effective size are asked for all nodes, which is far quicker there than for the
    user alone (and for effective size wrong on weighted graphs).
    """
    started = time.process_time()
    graph = build(alters, ties, events)
    joined = with_ego(graph, {alter.id: alter.strength for alter in alters})
    nx.density(graph)
    list(nx.connected_components(graph))
    nx.community.louvain_communities(graph, weight="strength", seed=1)
    list(nx.articulation_points(graph))
    list(nx.bridges(graph))
    nx.core_number(graph)
    nx.constraint(joined, weight="strength")
    nx.effective_size(joined, weight="strength")
    seconds = time.process_time() - started
    some = list(graph)[:: len(graph) // SOURCES] if sampled else list(graph)
    started = time.process_time()
    nx.betweenness_centrality(graph, k=len(some), weight="distance", seed=1)
    nx.harmonic_centrality(graph, sources=some)
    nx.betweenness_centrality(nx.ego_graph(joined, EGO), k=len(some), seed=1)
    return seconds + (time.process_time() - started) * len(graph) / len(some)


def measure_the_same(alters: list[Alter], ties: list[Tie], events: list[Event]) -> None:
    """The same measures by our functions, without what networkx does not have."""
    graph = connect(alters, ties, events)
    density(graph)
    components(graph)
    communities(graph)
    cut_points(graph)
    bridges(graph)
    core_numbers(graph)
    measure(join_ego(graph, {alter.id: alter.strength for alter in alters}))
    betweenness(graph)
    harmonic_closeness(graph)


def time_cpu(work: Callable[[], object], times: int) -> float:
    """The least CPU seconds of several runs."""
    least = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return least


def time_stall(work: Callable[[], object]) -> float:
    """The longest that another thread waits while the work runs, in seconds."""
    longest, running = 0.0, True

    def tick() -> None:
        nonlocal longest
        last = time.perf_counter()
        while running:
            time.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    thread = threading.Thread(target=tick)
    thread.start()
    work()
    running = False
    thread.join()
    return longest


def introduce_by_brute_force(alters: Sequence[Alter], wants: Wants, most: int) -> list[Any]:
    """All pairs scored and sorted."""
    warm = [alter for alter in alters if alter.strength >= WARM]
    return sorted(
        (-a.strength * b.strength * (1 + wants.count(a.id, b.id)), a.id, b.id)
        for a, b in combinations(warm, 2)
        if a.organisation != b.organisation
    )[:most]


def measure_size(size: int, full: bool) -> dict[str, float]:
    """All figures at one size; times in CPU milliseconds."""
    alters, ties, events = make_network(size)
    times = {150: 9, 1000: 3}.get(size, 1)
    graph = connect(alters, ties, events)
    joined = join_ego(graph, {alter.id: alter.strength for alter in alters})
    public = build(alters, ties, events)
    random = Random(2)
    words = [f"topic {i}" for i in range(40)]
    wants = Wants(
        {alter.id: [random.choice(words)] for alter in alters[::3]},
        {alter.id: [random.choice(words)] for alter in alters[1::3]},
    )
    sampled = size >= SAMPLED_FROM and not full
    ours = time_cpu(lambda: summarise(alters, ties, events), times)
    theirs = min(sum_up_naively(alters, ties, events, sampled) for _ in range(times))
    same = time_cpu(lambda: measure_the_same(alters, ties, events), times)
    figures = {
        "contacts": size,
        "ties": sum(map(len, graph.values())) / 2,
        "summary": 1e3 * ours,
        "networkx": 1e3 * theirs,
        "the same measures": 1e3 * same,
        "ratio": theirs / ours,
        "ratio of the same": theirs / same,
        "target": TARGETS[size],
        "stall": 1e3 * time_stall(lambda: summarise(alters, ties, events)),
        "betweenness": 1e3 * time_cpu(lambda: betweenness(graph), times),
        "ego": 1e3 * time_cpu(lambda: measure(joined), 5 * times),
        "communities": 1e3 * time_cpu(lambda: communities(graph), times),
        "modularity": modularity(graph, communities(graph)) or 0,
        "louvain": 1e3
        * time_cpu(
            lambda: nx.community.louvain_communities(public, weight="strength", seed=1), times
        ),
        "louvain modularity": modularity(
            graph, nx.community.louvain_communities(public, weight="strength", seed=1)
        )
        or 0,
        "introductions": 1e3 * time_cpu(lambda: suggest_introductions({}, alters), times),
        "with wants": 1e3 * time_cpu(lambda: suggest_introductions({}, alters, (), wants), times),
    }
    if size <= 1000 or full:
        figures["all pairs"] = 1e3 * time_cpu(lambda: introduce_by_brute_force(alters, wants, 5), 1)
    return figures


def judge(row: dict[str, float], ratio: str) -> str:
    verdict = "met" if row[ratio] >= row["target"] else "missed"
    return f"1/{row[ratio]:.0f} (target 1/{row['target']}: {verdict})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="time networkx in full at 5,000 too")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args()
    sum_up_naively(*make_network(20))  # both load what they load before the clock
    summarise(*make_network(20))
    rows = [measure_size(size, options.full) for size in TARGETS]
    if options.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print(
            f"{row['contacts']:,} contacts, {row['ties']:,.0f} ties: "
            f"the measures networkx has {judge(row, 'ratio of the same')}, "
            f"the whole summary {judge(row, 'ratio')}"
        )
        for name, value in row.items():
            if name not in ("contacts", "ties", "ratio", "ratio of the same", "target"):
                unit = "" if "modularity" in name else " ms"
                print(f"    {name:<20}{value:>12,.{3 if not unit else 1}f}{unit}")


if __name__ == "__main__":
    main()
