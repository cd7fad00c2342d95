"""The case format as JSON Schema, made from the records and never written twice.

`python -m sayso.schema > docs/case.schema.json`
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from sayso.records import FORMAT_VERSION, TABLES


def case_schema() -> dict[str, Any]:
    """Give one schema whose `$defs` hold every record, and whose `properties` name each table's line."""
    references, components = msgspec.json.schema_components(
        list(TABLES.values()), ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Sayso case format, version {FORMAT_VERSION}",
        "description": "Each property is a file NAME.jsonl of an export; its value is the schema of one line.",
        "type": "object",
        "properties": dict(zip(TABLES, references, strict=True)),
        "$defs": components,
    }


if __name__ == "__main__":
    print(json.dumps(case_schema(), indent=1, ensure_ascii=False, sort_keys=True))
