"""Odoo itself: the one the user points at, or one downloaded into the cache."""

import configparser
import hashlib
import os
import re
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from . import debian, node, paths
from .console import Problem, lock, step

PINS = paths.PINS / "system.ini"
SEGMENTATION = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Odoo:
    """An Odoo that can be imported."""

    python_path: Path  # the folder to put on Python's path
    series: str

    @property
    def identity(self):
        """What changes when this is another Odoo: its place, version and day."""
        release = self.python_path / "odoo" / "release.py"
        return f"{self.python_path} {hashlib.sha256(release.read_bytes()).hexdigest()}"

    @property
    def addons(self):
        """The folders that hold Odoo's own add-ons, for reading their manifests."""
        candidates = (self.python_path / "odoo" / "addons", self.python_path / "addons")
        return [folder for folder in candidates if folder.is_dir()]


def find():
    """Answer the Odoo to use, downloading it the first time.

    ``SERCOM_ODOO`` names one that is there already: a source checkout or an installed prefix.
    """
    named = os.environ.get("SERCOM_ODOO")
    pins = configparser.ConfigParser()
    pins.read(PINS)
    series = pins["odoo"]["series"]
    if named:
        return _inside(Path(named).expanduser().resolve(), series)
    home = paths.CACHE / f"odoo-{hashlib.sha256(PINS.read_bytes()).hexdigest()[:10]}"
    with lock("odoo"):
        if not home.exists():
            _build(home, pins)
    return _inside(home, series)


def _inside(home, series):
    """Answer the Odoo found in a folder.

    :raise Problem: there is none, or of another series
    """
    patterns = (".", "usr/lib/python3/dist-packages", "lib/python3*/site-packages")
    for pattern in patterns:
        for folder in sorted(home.glob(pattern)) if pattern != "." else [home]:
            release = folder / "odoo" / "release.py"
            if not release.is_file():
                continue
            version = re.search(r"version_info = \((\d+), (\d+)", release.read_text())
            found = ".".join(version.groups()) if version else "unknown"
            if found != series:
                raise Problem(f"{home} holds Odoo {found}; Sercom needs Odoo {series}")
            return Odoo(folder, series)
    raise Problem(f"No Odoo in {home}: set SERCOM_ODOO to a checkout of Odoo {series}")


def _build(home, pins):
    """Make the folder of Odoo; it appears whole or not at all."""
    for rest in home.parent.glob("odoo-*.partial"):
        shutil.rmtree(rest)
    partial = home.with_name(f"{home.name}.partial")
    if debian.has_apt() and _unpack_debian(partial, pins):
        partial.rename(home)
    elif shutil.which("git"):
        shutil.rmtree(partial, ignore_errors=True)
        _clone(partial, pins["odoo"])
        partial.rename(home)
    else:
        raise Problem("Please install git, or set SERCOM_ODOO to an Odoo 19.0 you have")


def _unpack_debian(partial, pins):
    """Unpack Debian's Odoo and what its files link to; answer whether Debian has it."""
    archive = debian.Archive()
    if not archive.has("odoo-19"):
        return False
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    sections = [section for section in pins.sections() if section.startswith("deb ")]
    for section in sections:
        deb = archive.fetch(section.partition(" ")[2], pins[section])
        debian.unpack(deb, partial)
    _add_segmentation(partial, pins["npm selfie_segmentation"])
    broken = [p for p in partial.rglob("*") if p.is_symlink() and not p.exists()]
    if broken:
        raise Problem(f"Odoo's package links to a file that is not there: {broken[0]}")
    return True


def _add_segmentation(partial, pin):
    target = partial / "usr/lib/python3/dist-packages/odoo" / SEGMENTATION
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(node.fetch(pin)) as archive:
        content = archive.extractfile(f"package/{target.name}").read()
    target.write_bytes(content)


def _clone(partial, pin):
    series = pin["series"]
    command = ["git", "clone", "--depth=1", f"--branch={series}", pin["repository"], str(partial)]
    try:
        step(f"Cloning Odoo {series} (some 10 minutes)", command, log=paths.LOGS / "clone.log")
    except Problem:
        raise Problem(
            f"Odoo {series} is neither on this machine's Debian mirror nor could it be cloned: "
            "set SERCOM_ODOO to a copy you have"
        ) from None
