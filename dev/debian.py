"""Debian's packages: those the machine must have, those unpacked into a private folder."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import paths
from .console import Problem, lock, say, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
CREATECLUSTER = Path("/etc/postgresql-common/createcluster.d")


def has_apt():
    """Tell whether this machine's packages are Debian's."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg"))


def _installed(package):
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return answer.stdout == "installed"


def _has_initdb():
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def _has_venv():
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def _has_browser():
    # The names Odoo's own HttpCase looks for.
    names = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
    return any(map(shutil.which, names))


def _has_fonts():
    return Path("/usr/share/fonts/truetype/dejavu").is_dir() or bool(shutil.which("fc-list"))


# Debian package → how to see that what it brings is there, from wherever it came.
NEEDS = {
    "postgresql": _has_initdb,
    "postgresql-client": lambda: bool(shutil.which("psql")),
    "python3-venv": _has_venv,
    "wkhtmltopdf": lambda: bool(shutil.which("wkhtmltopdf")),
    "fonts-dejavu-core": _has_fonts,
    "chromium": _has_browser,
    "gcc": lambda: bool(shutil.which("gcc")),
    "libc6-dev": lambda: Path("/usr/include/stdio.h").exists(),
}
FOR_SERVER = ("postgresql", "postgresql-client", "python3-venv", "wkhtmltopdf", "fonts-dejavu-core")
FOR_TESTS = (*FOR_SERVER, "chromium")


def require(packages):
    """Install what the machine misses, or say in one line what to install.

    :param packages: names from ``NEEDS``
    :raise Problem: something is missing and this user cannot install it
    """
    missing = [name for name in packages if not NEEDS[name]()]
    if not missing:
        return
    if not has_apt():
        raise Problem(f"Please install the equivalent of these packages: {' '.join(missing)}")
    if not paths.IS_ROOT:
        raise Problem(f"Please install: sudo apt-get install {' '.join(missing)}")
    with lock("apt"):
        _install([name for name in missing if not NEEDS[name]()])


def _install(missing):
    if not missing:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    step(
        "Reading the package lists",
        ["apt-get", "update"],
        log=paths.LOGS / "apt-update.log",
        env=environment,
    )
    with _NoMachineCluster():
        step(
            f"Installing {' '.join(missing)}",
            ["apt-get", "install", "--yes", "--no-install-recommends", *missing],
            log=paths.LOGS / "apt-install.log",
            env=environment,
        )


class _NoMachineCluster:
    """While PostgreSQL is installed: do not create the machine's own cluster."""

    def __enter__(self):
        self._folders = [f for f in (CREATECLUSTER, CREATECLUSTER.parent) if not f.exists()]
        CREATECLUSTER.mkdir(parents=True, exist_ok=True)
        self._file = CREATECLUSTER / "sercom.conf"
        self._file.write_text("create_main_cluster = false\n")

    def __exit__(self, *exc):
        self._file.unlink(missing_ok=True)
        if not _has_initdb():  # nothing was installed: leave nothing
            for folder in self._folders:
                shutil.rmtree(folder, ignore_errors=True)


def _mirror():
    """Answer the address of the machine's own mirror and the suite it follows."""
    answer = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=False,
    )
    for line in answer.stdout.splitlines():
        uri, _, release = line.rpartition(" ")
        if uri and re.fullmatch(r"[a-z]+", release):
            return uri, release
    raise Problem("apt has no package source: please set up /etc/apt/sources.list, then try again")


class Archive:
    """The machine's mirror, read through an apt of our own that leaves the machine's alone."""

    def __init__(self):
        self._folder = paths.CACHE / "apt"
        self.uri, self.release = _mirror()
        self._read = False

    @property
    def _options(self):
        folder = self._folder
        settings = {
            "Dir::Etc::SourceList": folder / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State::Lists": folder / "lists",
            "Dir::Cache": folder / "cache",
            "Acquire::Languages": "none",
            # A mirror that lags behind still has the files, and their hashes are pinned.
            "Acquire::Check-Valid-Until": "false",
            "APT::Sandbox::User": "root",
            "APT::Default-Release": self.release,
        }
        return [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]

    def _update(self):
        if self._read:
            return
        for folder in ("lists/partial", "cache/archives/partial"):
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        suites = dict.fromkeys((self.release, "sid"))
        lines = [f"deb {signed}{self.uri} {suite} main\n" for suite in suites]
        (self._folder / "sources.list").write_text("".join(lines))
        step(
            "Reading Debian's package lists",
            ["apt-get", *self._options, "update"],
            log=paths.LOGS / "archive-update.log",
        )
        self._read = True

    def has(self, name):
        """Tell whether the mirror has a package; some mirrors have no unstable suite."""
        try:
            self._update()
        except Problem:
            return False
        command = ["apt-cache", *self._options, "show", name]
        return not subprocess.run(command, capture_output=True, check=False).returncode

    def fetch(self, name, pin):
        """Answer the path of a package, downloaded unless it was already.

        :param name: the Debian package
        :param pin: its section of ``system.ini``: version, sha256, and suite if not the machine's
        """
        target = paths.DOWNLOADS / f"{name}_{pin['sha256'][:16]}.deb"
        if target.exists() and sha256(target) == pin["sha256"]:
            return target
        self._update()
        paths.DOWNLOADS.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=paths.DOWNLOADS) as folder:
            try:
                deb = self._download(f"{name}={pin['version']}", folder)
            except Problem:
                suite = pin.get("suite", self.release)
                say(f"The mirror has no {name} {pin['version']}: taking {suite}'s current one.")
                return self._download(f"{name}/{suite}", folder).replace(
                    paths.DOWNLOADS / f"{name}_current.deb"
                )
            if sha256(deb) != pin["sha256"]:
                raise Problem(f"{name} {pin['version']} is not the file pinned in dev/pins")
            deb.replace(target)
        return target

    def _download(self, package, folder):
        step(
            f"Downloading {package}",
            ["apt-get", *self._options, "download", package],
            log=paths.LOGS / "archive-download.log",
            cwd=folder,
        )
        return next(Path(folder).glob("*.deb"))


def unpack(deb, folder):
    """Unpack a package into a folder, without installing it."""
    step(
        f"Unpacking {deb.name.partition('_')[0]}",
        ["dpkg", "-x", str(deb), str(folder)],
        log=paths.LOGS / "unpack.log",
    )


def sha256(path):
    """Answer the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
