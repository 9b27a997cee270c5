"""The window. Its session is the only thing in the program that changes."""

from mbc_desktop.ui.spelling import keep_qt_spelling
from mbc_desktop.ui.starting.digests import keep_own_digests

keep_own_digests()
keep_qt_spelling()
