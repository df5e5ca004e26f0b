"""Where everything lives: the checkout, the cache all checkouts share, this checkout's state."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ADDONS = CHECKOUT / "addons"
PINS = CHECKOUT / "dev" / "pins"
IS_ROOT = os.geteuid() == 0


def _cache():
    """Answer the cache's folder.

    Root's is not in /root: PostgreSQL refuses to run as root, and the user that runs it instead
    must be able to reach its cluster.
    """
    if named := os.environ.get("SERCOM_CACHE"):
        return Path(named).expanduser().resolve()
    if IS_ROOT:
        return Path("/var/cache/sercom")
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().resolve() / "sercom"


CACHE = _cache()
DOWNLOADS = CACHE / "downloads"
LOGS = CACHE / "log"

IDENTITY = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]
STATE = CACHE / "work" / IDENTITY
STATE_LOGS = STATE / "log"
LOCKS = STATE / "locks"
DATA = STATE / "data"
FILESTORE = DATA / "filestore"
CLUSTER = STATE / "postgres"
LINKS = STATE / "addons"
ROOT_ADDON = LINKS / "sercom"
CONF = STATE / "odoo.conf"

SOCKET_LIMIT = 107  # bytes in the path of a Unix socket, on Linux


def _socket():
    """Answer the folder of PostgreSQL's socket, short enough to be one."""
    folder = STATE / "socket"
    if len(os.fsencode(folder / ".s.PGSQL.5432.lock")) > SOCKET_LIMIT:
        return Path("/tmp") / f"sercom-{os.geteuid()}-{IDENTITY}"
    return folder


SOCKET = _socket()


def server_pid(port):
    """Answer the file that holds the process id of the server on a port; ``*`` for all of them."""
    return STATE / f"server-{port}.pid"


def prepare():
    """Make this checkout's folders and the link through which Odoo sees the root add-on."""
    for folder in (CACHE, STATE, STATE_LOGS, DATA, LINKS):
        folder.mkdir(parents=True, exist_ok=True)
    if not ROOT_ADDON.is_symlink():
        ROOT_ADDON.symlink_to(CHECKOUT)
    (STATE / "checkout").write_text(f"{CHECKOUT}\n")
