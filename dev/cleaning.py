"""`make clean`: remove what the tooling made, and nothing else."""

import shutil

from . import paths, postgres
from .console import say

SHARED = (
    "apt",
    "clock-*",
    "downloads",
    "locks",
    "log",
    "names-*",
    "odoo-*",
    "venv-*",
    "lint-*",
    "node-*",
    "npm-*",
    "pyc",
    "work",
)


def clean(everything=False):
    """Remove this checkout's databases, files and logs; with ``everything``, the cache too."""
    for folder in (paths.SOCKET, paths.STATE):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Removed {paths.STATE}")
    if everything:
        _clean_cache()


def _clean_cache():
    """Remove what all checkouts share, and the state of each; name only what we made."""
    for cluster in paths.CACHE.glob("work/*/postgres"):
        postgres.stop(cluster)
    for pattern in SHARED:
        for path in paths.CACHE.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if not any(paths.CACHE.iterdir()):
        paths.CACHE.rmdir()
    say(f"Removed what Sercom had in {paths.CACHE}")
