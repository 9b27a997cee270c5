"""Turn the output of the demo into the pictures of docs/gallery/: pictures are copied, of a PDF the first page is drawn.

usage: .venv/bin/python packaging/gallery.py FROM TO
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

DOTS_PER_POINT = 1.5
COLOURS = 256


def main() -> None:
    """Write one PNG file for every PNG and PDF file of the first folder into the second."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        picture = target / f"{path.stem}.png"
        if path.suffix == ".png":
            shutil.copyfile(path, picture)
        elif path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                page = document[0].render(scale=DOTS_PER_POINT).to_pil()
                # Print has few colours; with a palette of its own a page is a third as large.
                page.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(picture, optimize=True)
        else:
            continue
        print(picture)


if __name__ == "__main__":
    main()
