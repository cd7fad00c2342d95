"""Write `web/src/records.gen.ts`: the page's TypeScript types, made from the records of Sayso.

Run ``python web/generate_types.py`` after a change to ``sayso.records``; a test fails when the file
that is committed is not the one this script would write.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from sayso import records

TARGET = Path(__file__).parent / "src" / "records.gen.ts"
HEADER = "// Made by web/generate_types.py from sayso.records. Do not edit by hand.\n"
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def generate() -> str:
    """Give the TypeScript source of every record, in the order of their names."""
    types = tuple(records.TABLES.values())
    _, components = msgspec.json.schema_components(types, ref_template="{name}")
    parts = [HEADER, f"export const FORMAT_VERSION = {records.FORMAT_VERSION};\n"]
    parts += [_interface(name, schema) for name, schema in sorted(components.items())]
    parts.append(_tables())
    return "\n".join(parts)


def _tables() -> str:
    rows = "\n".join(f"  {name}: {record.__name__};" for name, record in records.TABLES.items())
    return f"/** The tables of a case and the record each holds. */\nexport interface Tables {{\n{rows}\n}}\n"


def _interface(name: str, schema: dict[str, Any]) -> str:
    fields = [f"  {key}: {_type(field)};" for key, field in schema["properties"].items()]
    body = "\n".join(fields)
    return f"{_comment(schema)}export interface {name} {{\n{body}\n}}\n"


def _comment(schema: dict[str, Any]) -> str:
    first = str(schema.get("description", "")).split("\n\n")[0].replace("\n", " ").replace("*/", "")
    return f"/** {first} */\n" if first else ""


def _type(schema: dict[str, Any]) -> str:
    """Spell one JSON Schema as a TypeScript type; an unknown form is an error, never `any`."""
    if "$ref" in schema:
        return str(schema["$ref"])
    if "enum" in schema:
        return " | ".join(_literal(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_type(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return _array(schema)
    return SIMPLE[schema["type"]]


def _literal(value: object) -> str:
    return "null" if value is None else msgspec.json.encode(value).decode()


def _array(schema: dict[str, Any]) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(_type(item) for item in schema['prefixItems'])}]"
    inner = _type(schema["items"])
    return f"({inner})[]" if " | " in inner else f"{inner}[]"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(generate(), "utf-8")
