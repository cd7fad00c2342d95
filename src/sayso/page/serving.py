"""Listen on this machine for the page's requests."""

from __future__ import annotations

import socket

from sayso.errors import CaseError


def listen(host: str, port: int) -> socket.socket:
    """Bind and listen before the browser opens, so that its first request waits instead of failing.

    Port 0 takes any free one. Raises CaseError where the address cannot be had.
    """
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
