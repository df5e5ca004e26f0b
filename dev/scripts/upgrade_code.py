"""Print the files that Odoo's upgrade scripts would rewrite; none is rewritten.

Not ``odoo upgrade_code --dry-run``: its search does not follow the link of the root add-on.
"""

import os
import sys
from pathlib import Path

from odoo.cli import upgrade_code

NOT_THE_ADDON = {"addons", "dev", "docs"}


class Files(upgrade_code.FileManager):
    """The files of the add-ons whose folders are given."""

    def __init__(self, folders, glob):
        super().__init__([], glob)
        for folder in map(Path, folders):
            for path in self._walk(folder):
                self._files[str(path)] = upgrade_code.FileAccessor(path, folder.parent)

    @staticmethod
    def _walk(folder):
        for base, subfolders, names in os.walk(folder):
            top = folder if Path(base) == folder else None
            subfolders[:] = [
                name
                for name in subfolders
                if not (name.startswith((".", "__")) or (top and name in NOT_THE_ADDON))
            ]
            for name in names:
                if Path(name).suffix in upgrade_code.AVAILABLE_EXT:
                    yield Path(base) / name


upgrade_code.FileManager = Files
first, last = map(upgrade_code.parse_version, ("17.0", "19.0"))
changed = upgrade_code.migrate(sys.argv[1:], "**/*", first, last, dry_run=True)
sys.exit(int(changed))
