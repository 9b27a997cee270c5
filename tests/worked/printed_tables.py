"""Looking something up in a printed table, as the worked cases do it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.dosing.bone_agent_tables import volume_to_remove
from mbc_desktop.dosing.dose_bands import band_of
from mbc_desktop.regimen.dose_tables import BagTable, DoseBandTable, TabletTable
from mbc_desktop.regimen.library import Library


def band(library: Library, id: str, dose: str) -> list[str]:
    """The band of a computed dose, with the strength of the stock; "none" outside the table."""
    table = library.dose_tables[id]
    assert isinstance(table, DoseBandTable)
    row = band_of(table, Decimal(dose))
    return ["none" if row is None else decimal_text(row.dose), decimal_text(table.concentration)]


def tablets(library: Library, id: str, surface: str) -> list[str]:
    """Dose per m2 of the table; dose, tablets of 500 and of 150 mg of one intake; the printed doses for 75 and 50 per cent."""
    table = library.dose_tables[id]
    assert isinstance(table, TabletTable)
    row = [row for row in table.rows if row.at_least <= Decimal(surface)][-1]
    numbers = (table.per_m2, row.dose, row.tablets_500, row.tablets_150, row.dose_75_percent, row.dose_50_percent)
    return [decimal_text(Decimal(number)) for number in numbers]


def bag(library: Library, id: str, dose: str) -> list[str]:
    """Millilitres to take out of the ready-made bag and milligrams then left in it."""
    table = library.dose_tables[id]
    assert isinstance(table, BagTable)
    found = volume_to_remove(Decimal(dose), table)
    return ["none"] if found is None else [decimal_text(number) for number in found]


LOOKS: dict[str, Callable[[Library, str, str], list[str]]] = {"band": band, "tablets": tablets, "bag": bag}
