"""Show a case in the browser, from this machine and for this machine alone."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser

import uvicorn

from sayso.case import Case
from sayso.errors import CaseError
from sayso.page.api import make_app

__all__ = ["make_app", "serve"]


def serve(
    case_path: str | os.PathLike[str], *, host: str = "127.0.0.1", port: int = 0, open_browser: bool = True
) -> None:
    """Serve the page of a case until interrupted; port 0 takes any free one.

    Raises CaseError where the case cannot be opened or the port is taken.
    """
    Case.open(case_path).close()
    listener = _listen(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}/"
    print(f"The case is open at {address} (stop with Ctrl-C)", file=sys.stderr)
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(make_app(case_path, host=host), log_level="warning", lifespan="on")
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        print("The page is closed.", file=sys.stderr)


def _listen(host: str, port: int) -> socket.socket:
    """Bind and listen before the browser opens, so that its first request waits instead of failing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise CaseError(
            f"the page cannot be served there: {error.strerror}", f"{host}:{port}", "choose another --port"
        ) from error
    return listener
