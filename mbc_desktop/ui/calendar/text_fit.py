"""Making words fit into a cell without ever cutting them off: wrapped between words, else broken with a hyphen."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF, QStaticText

from mbc_desktop.ui.look.theme import scaled

# Where a long name may be broken: before these endings, as a person would write it by hand.
_ENDINGS = (
    "zuur", "tion", "säure", "acid", "relin", "relix", "mab", "ciclib", "clib", "platine", "taxel", "rubicine", "name", "telling",
    "onderzoek", "gramme", "ling", "lung", "maandag", "montag", "vaart", "fahrt", "sion", "feiertag", "heiligen", "saint",
    "stilstand", "stillstand", "nachten",
)  # fmt: skip

MARK, INDENT = 10, 15


class TextFit:
    """Measures and wraps texts in one letter; remembers what it has measured. `mark` is the size of the shape before a text and
    `indent` where the text begins after it."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        metrics = QFontMetricsF(font)
        self.line_height = int(metrics.height() + 0.5)
        self.ascent = metrics.ascent()
        self.mark, self.indent = scaled(MARK), scaled(INDENT)
        self._metrics = metrics
        self._widths: dict[str, float] = {}
        self._wrapped: dict[tuple[str, int], tuple[str, ...]] = {}
        self._statics: dict[str, QStaticText] = {}

    def width(self, text: str) -> float:
        """The width of a text in pixels."""
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = self._metrics.horizontalAdvance(text)
        return known

    def wrap(self, text: str, width: int) -> tuple[str, ...]:
        """The lines of a text that are at most `width` pixels wide; a word that is wider is broken with a hyphen."""
        known = self._wrapped.get((text, width))
        if known is None:
            known = self._wrapped[text, width] = self._lines(text, width)
        return known

    def static(self, text: str) -> QStaticText:
        """The text laid out once, to be drawn often."""
        known = self._statics.get(text)
        if known is None:
            known = QStaticText(text)
            known.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            known.prepare(font=self.font)
            self._statics[text] = known
        return known

    def _lines(self, text: str, width: int) -> tuple[str, ...]:
        lines: list[str] = []
        for word in text.split(" "):
            if lines and self.width(f"{lines[-1]} {word}") <= width:
                lines[-1] = f"{lines[-1]} {word}"
                continue
            while self.width(word) > width:
                place = self._break(word, width)
                if place < 2:
                    break
                lines.append(word[:place] + ("" if word[place - 1] == "-" else "-"))
                word = word[place:]
            lines.append(word)
        return tuple(lines)

    def _break(self, word: str, width: int) -> int:
        """After how many letters to break: at a hyphen, before a known ending, else at the last letter that fits."""
        fitting = next((n for n in range(len(word) - 1, 0, -1) if self.width(word[:n] + "-") <= width), 0)
        hyphen = word.rfind("-", 0, fitting + 1) + 1
        if hyphen > 1:
            return hyphen
        endings = [place for ending in _ENDINGS if 2 < (place := word.rfind(ending)) <= fitting]
        return max(endings, default=min(fitting, len(word) - 3))
