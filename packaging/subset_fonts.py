"""Make the small fonts for documents from the full ones in resources/fonts.

usage: .venv/bin/python packaging/subset_fonts.py

ReportLab parses the whole file at first use and copies hinting programs into every PDF, so documents start with a small
file without them; a text with a rarer character falls back to the full file. A test makes the small files again and
compares the bytes.
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
STYLES = ("Regular", "Bold")

# First and last character of each block that a sheet in nl, fr, de or en, a European name or a Vietnamese name needs.
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A
    (0x01A0, 0x01A1),  # Vietnamese letters with a horn
    (0x01AF, 0x01B0),
    (0x0218, 0x021B),  # Romanian letters with a comma below
    (0x02BC, 0x02BC),  # apostrophe as a letter
    (0x0386, 0x03CE),  # Greek as written today
    (0x0400, 0x045F),  # Cyrillic: Russian, Serbian, Macedonian, Bulgarian, Ukrainian
    (0x0490, 0x0491),
    (0x1E80, 0x1E85),  # Welsh
    (0x1E9E, 0x1E9E),  # capital sharp s
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2002, 0x200A),  # spaces
    (0x2010, 0x2026),  # dashes, quotation marks, bullet, ellipsis
    (0x202F, 0x202F),  # narrow no-break space between thousands
    (0x2030, 0x203A),
    (0x2070, 0x2089),  # raised and lowered digits
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2190, 0x2194),  # arrows
    (0x2212, 0x2212),
    (0x221A, 0x221A),
    (0x221E, 0x221E),
    (0x2248, 0x2248),
    (0x2260, 0x2265),
    (0x25A0, 0x2B23),  # the shapes that packaging/merge_fonts.py added
)


def small_font(full: Path) -> bytes:
    """Return the document font made from the full font at `full`; the same input gives the same bytes."""
    options = Options()
    options.hinting = False
    # ReportLab does not shape text, so kerning and substitution tables would only be parsed for nothing.
    options.layout_features = []
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "gasp", "STAT"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.glyph_names = False
    font = TTFont(full, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in BLOCKS for code in range(first, last + 1)])
    subsetter.subset(font)
    result = io.BytesIO()
    font.save(result)
    return result.getvalue()


def main() -> None:
    """Write the small fonts into resources/fonts/document."""
    for style in STYLES:
        path = FONTS / "document" / f"MbcSans-{style}.ttf"
        path.write_bytes(small_font(FONTS / f"MbcSans-{style}.ttf"))
        print(f"{path.relative_to(FONTS.parent.parent)}  {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
