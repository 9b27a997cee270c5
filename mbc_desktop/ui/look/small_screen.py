"""A screen that is smaller than the pages need (type at 150 or 200 % on a ward screen): everything can be scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from mbc_desktop.ui.look.theme import scaled

NEEDED = QSize(768, 580)
"""What the largest page and the frame around it need at 100 per cent."""


def has_room(room: QSize) -> bool:
    """Whether the pages fit on a screen of this size with the letter of the moment."""
    return room.width() >= scaled(NEEDED.width()) and room.height() >= scaled(NEEDED.height())


class PageStack(QStackedWidget):
    """The pages of the window, one of which is shown; that one alone says how much room is needed. They stand in `row`."""

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout()
        self.row.setSpacing(0)

    def place(self) -> None:
        """Takes the rest of the row."""
        self.row.addWidget(self, 1)
        self.fit()

    def show_page(self, page: QWidget) -> None:
        """Shows a page."""
        for one in (self.widget(place) or page for place in range(self.count())):
            policy = QSizePolicy.Policy.Preferred if one is page else QSizePolicy.Policy.Ignored
            one.setSizePolicy(policy, policy)
        self.setCurrentWidget(page)

    def fit(self) -> None:
        """Goes into a frame that scrolls once the letter is too large for the screen; there it may stay."""
        place = self.row.indexOf(self)
        if place < 0 or has_room(self.screen().availableSize()):
            return
        focused = QApplication.focusWidget()
        frame = QScrollArea()
        # No stop of the Tab key: it would say nothing and do nothing. The bar stands there always: a page that is lower where it
        # is narrower would let it come and go without end. As properties, by the numbers of "no focus" and "always on": the first
        # enumeration that is named loads all of them, before the first paint.
        frame.setProperty("focusPolicy", 0)
        frame.setProperty("verticalScrollBarPolicy", 2)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setWidgetResizable(True)
        self.row.removeWidget(self)
        frame.setWidget(self)
        self.row.insertWidget(place, frame, 1)
        self.show()
        # Going into the frame takes the keyboard from whoever has it.
        if focused is not None and self.isAncestorOf(focused):
            focused.setFocus()
