"""What goes wrong with the store: a code and the values of its sentence (texts: records.error.<code>)."""

from __future__ import annotations


class StoreError(Exception):
    """Nothing was saved, opened or changed. `values` are what the sentence names: a file, an owner, a number."""

    def __init__(self, code: str, **values: str) -> None:
        named = ", ".join(f"{name} {value}" for name, value in values.items())
        super().__init__(f"{code} ({named})" if named else code)
        self.code = code
        self.values = values
