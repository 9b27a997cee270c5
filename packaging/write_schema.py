"""Writes docs/format/treatment.schema.json: the JSON Schema of the treatment file, made from the shapes that read it."""

from __future__ import annotations

import json
from pathlib import Path

from mbc_desktop.planning.files.treatment_shape_file import TreatmentShape

PATH = Path(__file__).resolve().parents[1] / "docs" / "format" / "treatment.schema.json"


def schema_text() -> str:
    """The schema as it is committed; keys as they stand in a file."""
    schema = TreatmentShape.model_json_schema(by_alias=True)
    schema |= {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Treatment file (.mbc.json)",
        "description": "Input of `mbc-desktop plan`, and what the window opens and saves. Clinical numbers are text.",
    }
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Writes the file and prints its path."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(schema_text(), encoding="utf-8")
    print(PATH.relative_to(PATH.parents[2]))


if __name__ == "__main__":
    main()
