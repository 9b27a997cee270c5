"""Code + values + language -> words, read from resources/text/<language>/*.toml."""

from mbc_desktop.texts.catalogue import TextError
from mbc_desktop.texts.languages import complete_languages, language_name, offered_language
from mbc_desktop.texts.texts import Texts, Value, load_texts, plain_date

__all__ = ["TextError", "Texts", "Value", "complete_languages", "language_name", "load_texts", "offered_language", "plain_date"]
