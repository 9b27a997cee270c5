"""The committed JSON Schema is the one of the shapes that read a treatment file."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def write_schema() -> ModuleType:
    """packaging/write_schema.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("write_schema", ROOT / "packaging" / "write_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_schema_is_current() -> None:
    module = write_schema()
    assert module.PATH.read_text("utf-8") == module.schema_text(), "run: .venv/bin/python packaging/write_schema.py"


def test_the_schema_has_the_keys_of_the_file() -> None:
    schema = json.loads(write_schema().schema_text())
    assert schema["additionalProperties"] is False
    assert {"format", "patient"} <= set(schema["required"])
    assert "from" in schema["$defs"]["EventShape"]["properties"]
    assert "from_" not in schema["$defs"]["EventShape"]["properties"]
    assert schema["$defs"]["MeasurementShape"]["properties"]["value"]["type"] == "string"
