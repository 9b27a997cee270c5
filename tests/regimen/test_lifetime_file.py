"""What adds up over a lifetime, as a drug's file gives it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mbc_desktop.regimen.drug_file import CumulativeTable

TABLE = {"group": "anthracycline", "source": "proposal", "grade": "proposal"}


def test_an_equivalent_of_zero_is_refused() -> None:
    with pytest.raises(ValidationError, match="above zero"):
        CumulativeTable.model_validate({**TABLE, "equivalents": {"general": "0"}})
    assert CumulativeTable.model_validate({**TABLE, "equivalents": {"general": "0.5"}}).to_record().equivalents
