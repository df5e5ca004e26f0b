"""`make clean`: remove what the tooling made."""

import shutil

from . import paths
from .console import say


def clean(everything=False):
    """Remove this checkout's databases, files and logs; with ``everything``, the cache too."""
    for folder in (paths.SOCKET, paths.STATE):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Removed {paths.STATE}")
    if everything:
        shutil.rmtree(paths.CACHE, ignore_errors=True)
        say(f"Removed {paths.CACHE}")
