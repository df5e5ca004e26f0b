"""`make bench`: ratios of queries and time between Sercom and its peers, in one table."""

import json
import os
import re

from . import paths, templates, testing
from .console import Problem, step

FOLDER = paths.CHECKOUT / "dev" / "bench"
SCRIPT = paths.CHECKOUT / "dev" / "scripts" / "bench.py"
TITLES = ("", "Sercom", "peer", "ratio", "goal", "")


def run(workspace):
    """Run every benchmark and print what they measured."""
    files = sorted(FOLDER.glob("bench_*.py"))
    if not files:
        raise Problem(f"There is no benchmark in {FOLDER}")
    suite = templates.ensure(workspace)
    dependencies = templates.dependencies(workspace)
    rows = []
    for path in files:
        peer = _measure(workspace, path, "peer", dependencies) if _has_peer(path) else None
        rows += _measure(workspace, path, "run", suite, peer)
    print(_table(rows))


def _has_peer(path):
    return re.search(r"^def peer\(", path.read_text(), re.MULTILINE)


def _measure(workspace, path, side, template, peer=None):
    """Run one side of a benchmark on a copy of a template; answer what it returned."""
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
