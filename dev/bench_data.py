"""`make bench-data`: the demo company grown to a firm of many years, for the benchmarks."""

from . import database, demo, paths
from .console import lock

FOLDER = paths.CHECKOUT / "dev" / "bench"
SCRIPT = paths.CHECKOUT / "dev" / "scripts" / "large.py"
JOBS = 100_000


def ensure(workspace, jobs=JOBS):
    """Make the firm, or update the add-ons that changed since; it is kept.

    :param int jobs: how many jobs it has, roughly
    :return: the name of the database; a benchmark works on a copy of it
    """
    name = f"bench-data-{jobs}"
    with lock(name, paths.LOCKS):
        if database.exists(name):
            demo.update(workspace, name)
        else:
            _create(workspace, name, jobs)
    return name


def _create(workspace, name, jobs):
    demo.ensure(workspace)
    partial = f"{name}.partial"
    database.copy(demo.NAME, partial)
    database.note(partial, database.note(demo.NAME))
    demo.feed(
        workspace,
        f"Making a firm of {jobs:,} jobs",
        partial,
        SCRIPT,
        SERCOM_BENCH_FOLDER=str(FOLDER),
        SERCOM_BENCH_JOBS=str(jobs),
    )
    database.query("VACUUM ANALYZE", partial)
    database.rename(partial, name)
