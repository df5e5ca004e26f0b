"""The files that the checks read."""

import fnmatch
import subprocess

from .. import paths

LONGEST = 400  # lines; a file that is longer has two subjects
PARTED = ("*.py", "*/views/*.xml", "*/static/*.js", "*/static/*.xml", "*/static/*.scss")


def tracked(*patterns, without=()):
    """Answer the checkout's files that match: those of git, and new ones it does not ignore.

    :param patterns: as of a shell, on the path inside the checkout; ``*`` also spans folders
    :param without: folders to leave out
    """
    answer = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=paths.CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        name
        for name in sorted(set(answer.stdout.splitlines()))
        if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)
        and not any(name.startswith(f"{folder}/") for folder in without)
        and (paths.CHECKOUT / name).is_file()
    ]


def long(_workspace=None):
    """Fail on files that have two subjects: they are parted before they come in."""
    found = []
    for name in tracked(*PARTED, without=["dev"]):
        count = (paths.CHECKOUT / name).read_text().count("\n")
        if count > LONGEST:
            found.append((count, f"{count} lines, {LONGEST} at most: {name}"))
    lines = "\n".join(line for _count, line in sorted(found))
    return subprocess.CompletedProcess([], 1 if found else 0, lines)


def run(command, **options):
    """Run a check from the checkout; answer the finished process with its output as text."""
    options.setdefault("cwd", paths.CHECKOUT)
    return subprocess.run(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        **options,
    )
