"""Show a case in the browser, from this machine and for this machine alone."""

from __future__ import annotations

import os
import sys
import webbrowser

import uvicorn

from sayso.case import Case
from sayso.page.api import Revise, make_app
from sayso.page.serving import listen

__all__ = ["make_app", "serve"]


def serve(
    case_path: str | os.PathLike[str],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    open_browser: bool = True,
    revise: Revise | None = None,
) -> None:
    """Serve the page of a case until interrupted; port 0 takes any free one.

    `revise` makes the case anew after a judgement; without it judgements wait for the next build.

    Raises CaseError where the case cannot be opened or the port is taken.
    """
    Case.open(case_path).close()
    listener = listen(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}/"
    print(f"The case is open at {address} (stop with Ctrl-C)", file=sys.stderr)
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(make_app(case_path, host=host, revise=revise), log_level="warning", lifespan="on")
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        print("The page is closed.", file=sys.stderr)
