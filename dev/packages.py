"""`make package`: each add-on as a wheel, as OCA's are.

whool takes an add-on's name from its folder and packs all that git has in there. The root add-on's
folder is the checkout, so that it is packed from a copy that has its name and its files only.
"""

import shutil
import tempfile
from pathlib import Path

from . import addons, paths
from .console import step
from .lint.files import tracked

TARGET = paths.CHECKOUT / "dist"


def build(workspace):
    """Make the wheels of all add-ons in ``dist/``."""
    shutil.rmtree(TARGET, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / addons.ROOT
        for name in tracked("*", without=addons.NOT_THE_ADDON):
            if not name.startswith(".") and name not in addons.NOT_THE_ADDON:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(paths.CHECKOUT / name, root / name)
        folders = [f for f in addons.suite().values() if f != paths.CHECKOUT]
        command = [workspace.venv / "bin" / "pip", "wheel", "--no-deps", "--wheel-dir", TARGET]
        step(
            "Building the packages",
            list(map(str, [*command, *folders, root])),
            log=paths.STATE_LOGS / "package.log",
        )
