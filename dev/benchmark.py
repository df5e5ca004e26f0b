"""`make bench`: ratios of queries and time between Sercom and its peers, in one table.

`make bench-large`: the same between a firm of 100,000 jobs and one of 10,000.
"""

import json
import os
import re

from . import bench_data, paths, templates, testing
from .console import Problem, step

FOLDER = paths.CHECKOUT / "dev" / "bench"
SCRIPT = paths.CHECKOUT / "dev" / "scripts" / "bench.py"
FEW, MANY = 10_000, 100_000  # jobs of the two firms
SLOWER, WAIT = 1.5, 300.0  # how much slower a screen may get, and milliseconds a person waits
NOISE = 20.0  # milliseconds that say nothing
TITLES = ("", "Sercom", "peer", "ratio", "goal", "")


def run(workspace, names=()):
    """Run the benchmarks and print what they measured.

    :param names: those to run, without ``bench_``; by default all
    """
    files = [path for path in sorted(FOLDER.glob("bench_*.py")) if _is_named(path, names)]
    if not files:
        raise Problem(f"There is no such benchmark in {FOLDER}")
    suite = templates.ensure(workspace)
    dependencies = templates.dependencies(workspace)
    rows = []
    for path in files:
        if _defines(path, "alternate"):
            with testing.throwaway(dependencies, "-peer") as name:
                rows += _measure(workspace, path, "alternate", suite, name)
        peer = _measure(workspace, path, "peer", dependencies) if _defines(path, "peer") else None
        if _defines(path, "run"):
            rows += _measure(workspace, path, "run", suite, peer)
    print(_table(rows))


def run_large(workspace, few=FEW, many=MANY):
    """Print the screens that take more queries, or much longer, in the larger firm.

    :return: whether there is none
    """
    path = FOLDER / "large_screens.py"
    small, large = (
        _measure(workspace, path, "walk", bench_data.ensure(workspace, jobs))
        for jobs in (few, many)
    )
    rows = []
    for name, found in large.items():
        before = small.get(name)
        if before is None:
            continue
        took, was = 1000 * found["seconds"], 1000 * before["seconds"]
        is_slower = took > WAIT or (took > SLOWER * was and took > NOISE)
        if is_slower or found["queries"] > before["queries"]:
            queries = found["queries"], before["queries"]
            rows.append((f"{name}, ms", took, was, took / was, SLOWER))
            rows.append((f"{name}, queries", *queries, queries[0] / queries[1], 1.0))
    slowest = sorted(large, key=lambda name: -large[name]["seconds"])[:10]
    print(f"{len(large)} screens, {many:,} jobs beside {few:,}. The slowest:")
    for name in slowest:
        print(f"  {1000 * large[name]['seconds']:.0f} ms  {name}")
    print(_table(rows) if rows else "None is slower in the larger firm.")
    return not rows


def _is_named(path, names):
    return not names or path.stem.removeprefix("bench_") in names


def _defines(path, function):
    return re.search(rf"^def {function}\(", path.read_text(), re.MULTILINE)


def _measure(workspace, path, side, template, peer=None):
    """Run one side of a benchmark on a copy of a template; answer what it returned.

    :param side: the function to run: ``peer``, ``run``, ``alternate`` (both sides in one process),
        or another that takes the environment
    :param peer: what ``peer`` returned; for ``alternate`` the name of the peer's database
    """
    answer = paths.STATE / f"bench-{os.getpid()}.json"
    with testing.throwaway(template) as name, SCRIPT.open("rb") as script:
        environment = {
            **workspace.environment(),
            "SERCOM_BENCH": str(path),
            "SERCOM_BENCH_SIDE": side,
            "SERCOM_BENCH_PEER": json.dumps(peer),
            "SERCOM_BENCH_ANSWER": str(answer),
        }
        arguments = ["--database", name, "--no-http", "--log-level", "error"]
        step(
            f"{path.stem} ({side})",
            workspace.command("shell", *arguments),
            log=paths.STATE_LOGS / f"{path.stem}.log",
            env=environment,
            cwd=paths.STATE,
            stdin=script,
        )
    result = json.loads(answer.read_text())
    answer.unlink()
    return result


def _table(rows):
    """Answer the rows as text, in columns."""
    lines = [TITLES]
    for name, value, peer, ratio, goal in rows:
        mark = "above the goal" if None not in (ratio, goal) and ratio > goal else ""
        lines.append((name, *map(_number, (value, peer, ratio)), f"≤ {_number(goal)}", mark))
    widths = [max(len(line[column]) for line in lines) for column in range(len(TITLES))]
    return "\n".join(
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(line[1:5], widths[1:5], strict=True)),
                line[5],
            ]
        ).rstrip()
        for line in lines
    )


def _number(value):
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
