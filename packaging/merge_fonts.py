"""Make the full bundled fonts: Noto Sans with the arrows, comparison signs and shapes that it lacks.

usage: .venv/bin/python packaging/merge_fonts.py [FOLDER]

FOLDER holds the Noto files of Debian 12 (apt-get install fonts-noto-core fonts-noto-mono); the default is where that
package puts them. Needed only when the base fonts change: the result is committed. Run packaging/subset_fonts.py after it.

One file with every sign is simpler to check than a chain of fallback fonts: a character either has a glyph or it has not.
The result has a name of its own, because "Noto" is a trademark and a changed font must not pose as the original.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.misc.timeTools import timestampFromString
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
DEBIAN_FOLDER = Path("/usr/share/fonts/truetype/noto")
FAMILY = "MBC Sans"
VERSION = "1.000"
# A fixed date, so that the same sources give the same bytes.
MADE = timestampFromString("Mon Nov 23 00:00:00 2026")

# Taken from the monospaced cut, which has them in the weight of the text and about as wide as a digit.
SIGNS = "≤≥≠≈−√∞"
ARROWS = "→←↑↓↔"
# Drawn in one weight only; the shapes tell therapies and severities apart without colour.
SHAPES = "☐☑☒✓✗●○■□▲△▼◆◇★☆⬢⬣▶◀⚠☎"


def add_glyphs(target: TTFont, donor: TTFont, characters: str) -> None:
    """Copy the glyphs of `characters` into `target` where it has none; both must be drawn on the same grid."""
    if target["head"].unitsPerEm != donor["head"].unitsPerEm:
        raise ValueError(f"the grids differ: {target['head'].unitsPerEm} and {donor['head'].unitsPerEm} units")
    donor_names = donor.getBestCmap()
    missing = [character for character in characters if ord(character) not in target.getBestCmap()]
    order = target.getGlyphOrder()
    for character in missing:
        source_name = donor_names[ord(character)]
        name = f"uni{ord(character):04X}"
        outline: Glyph = donor["glyf"][source_name]
        if outline.isComposite():
            outline = flattened(donor, source_name)
        # Hints of the donor refer to programs that are not copied.
        outline.removeHinting()
        order = [*order, name]
        target["glyf"].glyphs[name] = outline
        target["hmtx"].metrics[name] = donor["hmtx"].metrics[source_name]
        for table in target["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(character)] = name
    target.setGlyphOrder(order)
    target["glyf"].glyphOrder = order


def flattened(font: TTFont, name: str) -> Glyph:
    """Draw a composite glyph as plain contours."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs = font.getGlyphSet()
    recording = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(pen)
    return pen.glyph()


def rename(font: TTFont, style: str) -> None:
    """Give the font its own name and keep copyright, trademark notice of the base and licence."""
    names = {
        1: FAMILY,
        2: style,
        3: f"{VERSION};{FAMILY.replace(' ', '')}-{style}",
        4: f"{FAMILY} {style}",
        5: f"Version {VERSION}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        10: "Noto Sans 2.004 with signs and shapes of Noto Sans Mono, Symbols and Symbols2 added.",
    }
    for identifier, text in names.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)
    font["name"].names = [
        record for record in font["name"].names if record.platformID == 3 and record.nameID not in (16, 17, 21, 22)
    ]


def merge(folder: Path, style: str) -> TTFont:
    """Build one style of the family from the Noto files in `folder`."""
    font = TTFont(folder / f"NotoSans-{style}.ttf", recalcTimestamp=False)
    # A signature of the unchanged file would be wrong here.
    del font["DSIG"]
    add_glyphs(font, TTFont(folder / f"NotoSansMono-{style}.ttf"), SIGNS)
    add_glyphs(font, TTFont(folder / f"NotoSansSymbols-{style}.ttf"), ARROWS)
    add_glyphs(font, TTFont(folder / "NotoSansSymbols2-Regular.ttf"), SHAPES)
    rename(font, style)
    font["head"].modified = MADE
    return font


def main() -> None:
    """Write both styles into resources/fonts."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEBIAN_FOLDER
    for style in ("Regular", "Bold"):
        path = FONTS / f"MbcSans-{style}.ttf"
        merge(folder, style).save(path)
        print(f"{path.relative_to(FONTS.parent.parent)}  {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
