"""Write a case as one HTML file that opens from disk by double click, with no other file and no network."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import zlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

import msgspec

from sayso.case import Case
from sayso.errors import ExportError
from sayso.exporters import written_whole
from sayso.records import TABLES

CHUNK = 3 * 2**16
"""Bytes that become base64 at a time: a multiple of three, so that the pieces join without padding."""

SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="app"></div>
"""


def export_html(case: Case, out: Path) -> None:
    """Write the page and all its data into `out`, whole or not at all.

    The data are the tables of the case format as JSON, gzipped and in base64: a tenth of their size, and
    no character in them can end the script element they stand in. Raises ExportError where the page was
    not built or the file cannot be written.
    """
    style, script = _built("app.css").decode(), _sealed(_built("app.js").decode())
    head = SHELL.format(
        policy=_policy(script, style), title=html.escape(f"Sayso – {Path(case.path).stem}"), style=style
    )
    with written_whole(out) as neighbour, neighbour.open("wb") as file:
        file.write(head.encode())
        _write_data(file, "case", _case_json(case))
        _write_data(file, "atlas", [_built("atlas.json")])
        file.write(f'<script type="module">{script}</script>\n</body>\n</html>\n'.encode())


def _built(name: str) -> bytes:
    source = files("sayso").joinpath("page", "static", name)
    if not source.is_file():
        raise ExportError("the page is not built", str(source), "build it with: make web")
    return source.read_bytes()


def _sealed(script: str) -> str:
    """Keep a script from ending its own element; both escapes mean the same inside strings and patterns.

    >>> _sealed('"</script>"')
    '"<\\\\/script>"'
    """
    return re.sub(r"</(?=script)", r"<\\/", script, flags=re.IGNORECASE).replace("<!--", "\\x3C!--")


def _policy(script: str, style: str) -> str:
    """Allow the very script and style of this file, and nothing else: no request, no form, no frame."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
        "trusted-types svelte-trusted-html"
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _case_json(case: Case) -> Iterator[bytes]:
    """Give the case as JSON in pieces, so that a large one never stands in memory whole."""
    encoder = msgspec.json.Encoder()
    yield b'{"meta":' + encoder.encode(case.meta()) + b',"tables":{'
    for number, name in enumerate(TABLES):
        yield b"," * (number > 0) + encoder.encode(name) + b":["
        for row, record in enumerate(case.json_rows(name)):
            yield b"," * (row > 0) + record
        yield b"]"
    yield b"}}"


def _write_data(file: BinaryIO, name: str, content: Iterable[bytes]) -> None:
    file.write(f'<script type="text/plain" id="{name}">'.encode())
    rest = b""
    for piece in _gzip(content):
        rest += piece
        if len(rest) >= CHUNK:
            cut = len(rest) - len(rest) % CHUNK
            file.write(base64.b64encode(rest[:cut]))
            rest = rest[cut:]
    file.write(base64.b64encode(rest) + b"</script>\n")


def _gzip(content: Iterable[bytes]) -> Iterator[bytes]:
    """Compress in pieces; no clock goes into the header, so that equal cases give equal files."""
    packer = zlib.compressobj(level=9, wbits=31)
    for piece in content:
        yield packer.compress(piece)
    yield packer.flush()
