"""axe-core, which finds what hinders people on a page; browser tests load it from the cache."""

import configparser
import tarfile

from . import node, paths
from .console import lock

VARIABLE = "SERCOM_AXE"  # names the script to the tests


def script():
    """Answer the path of axe-core's script, downloaded the first time."""
    pins = configparser.ConfigParser()
    pins.read(paths.PINS / "axe.ini")
    pin = pins["npm axe-core"]
    target = paths.CACHE / f"axe-{pin['version']}.min.js"
    if not target.exists():
        with lock("axe"), tarfile.open(node.fetch(pin)) as archive:
            partial = target.with_suffix(".partial")
            partial.write_bytes(archive.extractfile("package/axe.min.js").read())
            partial.replace(target)
    return target
