"""What the machine itself must bring: Pango for the PDFs, and a browser for the tests."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tools.places import IS_ROOT, LOCAL, PYTHON, is_macos
from tools.processes import run_quietly
from tools.screen import Failed, step, warn

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
OWN_PANGO = LOCAL / "pango"
APT_LOG = LOCAL / "apt.log"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def has_apt() -> bool:
    return shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str]) -> None:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    try:
        run_quietly(install, env=env, log=APT_LOG)
    except Failed:  # most often the lists of packages are missing or old
        run_quietly(["apt-get", "update", "-qq"], env=env, log=APT_LOG)
        run_quietly(install, env=env, log=APT_LOG)


@cache
def library_environment() -> dict[str, str]:
    """Variables that let the libraries be found, installing them first where that is needed."""
    if is_macos():
        return _macos_environment()
    if all(map(ctypes.util.find_library, LIBRARIES)):
        return {}
    if not (OWN_PANGO / "ready").exists():
        if not has_apt():
            raise Failed("Installeer Pango (Fedora: sudo dnf install pango) en start opnieuw.")
        if IS_ROOT:
            with step("Eenmalig: Pango installeren (maakt de PDF's)"):
                apt_install(PACKAGES)
            return {}
        with step("Eenmalig: Pango ophalen in .local/pango (maakt de PDF's)"):
            _unpack_pango()
    folders = sorted({str(p.parent) for p in OWN_PANGO.glob("usr/lib/**/*.so.*")})
    before = os.environ.get("LD_LIBRARY_PATH", "")
    return {"LD_LIBRARY_PATH": ":".join([*folders, *([before] if before else [])])}


def _macos_environment() -> dict[str, str]:
    for folder in ("/opt/homebrew/lib", "/usr/local/lib"):
        if Path(folder, "libpango-1.0.0.dylib").exists():
            return {"DYLD_FALLBACK_LIBRARY_PATH": folder}
    raise Failed("Installeer Pango met `brew install pango` en start opnieuw.")


def _unpack_pango() -> None:
    """Without root: Debian's own packages, downloaded and unpacked in a folder of ours."""
    state = LOCAL / "apt"
    downloads = state / "packages"
    shutil.rmtree(OWN_PANGO, ignore_errors=True)
    for folder in (downloads, OWN_PANGO, state / "lists" / "partial", state / "cache"):
        folder.mkdir(parents=True, exist_ok=True)
    own = ["-o", f"Dir::State::lists={state / 'lists'}", "-o", f"Dir::Cache={state / 'cache'}"]
    for options in ([], own):
        if options:  # the machine has no lists of packages: make our own
            subprocess.run(["apt-get", *options, "update", "-qq"], capture_output=True, check=False)
        if _download(options, downloads):
            break
    else:
        raise Failed("Vraag uw beheerder: apt install " + " ".join(PACKAGES))
    for package in downloads.glob("*.deb"):
        run_quietly(["dpkg", "-x", str(package), str(OWN_PANGO)], env=os.environ, log=APT_LOG)
    shutil.rmtree(state)
    (OWN_PANGO / "ready").touch()


def _download(options: Sequence[str], folder: Path) -> bool:
    """Ask what is missing on this machine, and fetch exactly that."""
    ask = ["apt-get", *options, "--simulate", "--no-install-recommends", "install", *PACKAGES]
    plan = subprocess.run(ask, capture_output=True, text=True, check=False)
    missing = [line.split()[1] for line in plan.stdout.splitlines() if line.startswith("Inst ")]
    fetch = ["apt-get", *options, "download", *missing]
    return (
        bool(missing) and subprocess.run(fetch, cwd=folder, capture_output=True, check=False).returncode == 0
    )


def find_browser() -> str:
    """The path of a Chromium for the tests, or nothing when none can be had."""
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    if found := _browser_of_playwright():
        return found
    try:
        return _install_browser()
    except Failed as failure:
        warn(str(failure))
        return ""


def _install_browser() -> str:
    if IS_ROOT and has_apt():
        with step("Eenmalig: Chromium installeren voor de browsertests"):
            apt_install(["chromium"])
        return shutil.which("chromium") or ""
    with step("Eenmalig: Chromium van Playwright ophalen voor de browsertests"):
        command = [PYTHON, "-m", "playwright", "install", "chromium"]
        run_quietly(command, env=os.environ, log=LOCAL / "playwright.log")
    return _browser_of_playwright()


def _browser_of_playwright() -> str:
    question = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if path and Path(path).exists() else ""
