"""Code + values + language -> words: the one place where numbers, dates and names take the form in which people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.folders import cache_folder
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.texts.catalogue import Catalogue, TextError, text_folder
from mbc_desktop.texts.compiled import Entry
from mbc_desktop.texts.template import Place, Template, read_template

if TYPE_CHECKING:
    from mbc_desktop.planning.request import Language

Value = str | int | Decimal | date | Quantity

NARROW_SPACE = "\u202f"
"""Between thousands: a point or comma is a decimal mark to half of the readers."""
NO_BREAK_SPACE = "\u00a0"
"""Between a number and its unit, so that a line never ends between them."""

_INTERVAL = re.compile("([1-9][0-9]{0,3}) (day|week|month)s?")
_MILLIONTH = Decimal("0.000001")
_UNIT_SIGNS = MappingProxyType({"m2": "m²", "umol/L": "µmol/L", "10^9/L": "10⁹/L", "/uL": "/µL", "kg/m2": "kg/m²"})


class Texts:
    """The words of one language. `drug_names` are the names that "{drug:drug}" writes, by drug id."""

    def __init__(self, language: Language, catalogue: Catalogue, drug_names: Mapping[str, str] = MappingProxyType({})) -> None:
        self.language = language
        self.drug_names = drug_names
        self._catalogue = catalogue
        self._templates: dict[str, Template] = {}
        self._decimal_mark = self.word("language.decimal_mark")

    def with_drug_names(self, names: Mapping[str, str]) -> Texts:
        """The same texts, that also know these drugs by id."""
        return Texts(self.language, self._catalogue, names)

    def keep_copy(self) -> None:
        """Lets the next start take these texts from a copy."""
        self._catalogue.keep_copy()

    def has(self, key: str) -> bool:
        """Whether there is a sentence under this key."""
        return self._catalogue.find(key) is not None

    def word(self, key: str) -> str:
        """The sentence as it stands, without places."""
        entry = self._entry(key)
        if not isinstance(entry, str):
            raise self._error(key, "is a list or has plural forms, not one sentence")
        return entry

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words: weekdays, months."""
        entry = self._entry(key)
        if not isinstance(entry, tuple):
            raise self._error(key, "is not a list")
        return entry

    def say(self, key: str, **values: Value) -> str:
        """The sentence with its values. With plural forms, the value named `count` chooses the form.
        Raises TextError for a missing key, a missing value, or a value that its place cannot write."""
        entry = self._entry(key)
        if isinstance(entry, tuple):
            raise self._error(key, "is a list, not a sentence")
        sentence = entry if isinstance(entry, str) else self._plural(key, entry, values)
        template = self._templates.get(sentence)
        if template is None:
            try:
                template = self._templates[sentence] = read_template(sentence)
            except ValueError as error:
                raise self._error(key, str(error)) from error
        return "".join(piece if isinstance(piece, str) else self._fill(key, piece, values) for piece in template)

    def number(self, value: Decimal | int) -> str:
        """Plain digits with the language's decimal mark, a narrow space between thousands from 1 000, no trailing zero."""
        whole, mark, decimals = decimal_text(Decimal(value)).partition(".")
        if len(whole) > 3:
            whole = f"{int(whole):,}".replace(",", NARROW_SPACE)
        return f"{whole}{self._decimal_mark}{decimals}" if mark else whole

    def computed(self, value: Decimal | str) -> str:
        """A computed value, which has up to 34 digits, with six decimals: enough to recompute every dose that can be drawn up."""
        return self.number(CONTEXT.quantize(Decimal(value), _MILLIONTH))

    def unit(self, unit: str) -> str:
        """The unit as it is written beside a number: "µmol/L", "m²", "mg per m²", "jaar"."""
        key = f"unit.{unit}"
        return self.word(key) if self.has(key) else _UNIT_SIGNS.get(unit, unit)

    def amount(self, value: Decimal | int, unit: str) -> str:
        """Number and unit, kept together: "3,5 mg"."""
        one = f"unit.one.{unit}"
        named = self.word(one) if value == 1 and self.has(one) else self.unit(unit)
        return f"{self.number(value)}{NO_BREAK_SPACE}{named}"

    def quantity(self, quantity: Quantity) -> str:
        """A quantity as number and unit."""
        return self.amount(quantity.amount, quantity.unit)

    def short_date(self, day: date) -> str:
        """For tables: "do 12/03/2026"."""
        return f"{self.weekday_short(day)}{NO_BREAK_SPACE}{plain_date(day)}"

    def long_date(self, day: date) -> str:
        """For people: "donderdag 12 maart 2026"."""
        return self._pattern("date.long_pattern", day)

    def day_and_month(self, day: date) -> str:
        """Inside one page of a known year: "donderdag 12 maart"."""
        return self._pattern("date.day_pattern", day)

    def month(self, day: date) -> str:
        """The month and its year: "maart 2026"."""
        return f"{self.words('date.months')[day.month - 1]} {day.year}"

    def month_name(self, month: int) -> str:
        """The name of month 1 to 12."""
        return self.words("date.months")[month - 1]

    def weekday(self, day: date) -> str:
        """The name of the weekday."""
        return self.words("date.weekdays")[day.weekday()]

    def weekday_short(self, day: date) -> str:
        """The weekday in two or three letters."""
        return self.words("date.weekdays_short")[day.weekday()]

    def listing(self, items: tuple[str, ...], *, either: bool = False) -> str:
        """The items as a sentence lists them: "a, b en c", or with `either` "a, b of c"."""
        if len(items) < 2:
            return "".join(items)
        return self.say("list.or" if either else "list.and", first=", ".join(items[:-1]), last=items[-1])

    def labelled(self, name: str, value: str) -> str:
        """A name and what it has: "bot: 30 Gy"; in French with a space before the colon."""
        return self.say("list.labelled", name=name, value=value)

    def option(self, option: str) -> str:
        """The answer to a site decision: its own words, or the number or interval it is, or as it was typed."""
        found = None if self.has(f"option.{option}") else _INTERVAL.fullmatch(option)
        return self.say(f"interval.{found[2]}s", count=int(found[1])) if found else self._word_or_number("option", option)

    def value(self, value: str) -> str:
        """A value that is a number, a word of its own ("postmenopausal"), or a letter (Child-Pugh B)."""
        return self._word_or_number("value", value)

    def _word_or_number(self, table: str, text: str) -> str:
        if self.has(f"{table}.{text}"):
            return self.word(f"{table}.{text}")
        try:
            return self.number(Decimal(text))
        except InvalidOperation:
            return text

    def drug(self, drug: str) -> str:
        """The drug's name in this language. Raises TextError for an id without a name: an id is never printed for a drug."""
        name = self.drug_names.get(drug)
        if name is None:
            raise self._error(f"drug {drug}", "has no name here")
        return name

    def _entry(self, key: str) -> Entry:
        entry = self._catalogue.find(key)
        if entry is None:
            raise self._error(key, "is missing")
        return entry

    def _plural(self, key: str, forms: dict[str, str], values: Mapping[str, Value]) -> str:
        if "count" not in values:
            raise self._error(key, "has plural forms and needs a count")
        return forms.get(plural_category(self.language, self._decimal(key, "count", values["count"])), forms["other"])

    def _pattern(self, key: str, day: date) -> str:
        return self.say(key, weekday=self.weekday(day), day=day.day, month=self.month_name(day.month), year=day.year)

    def _fill(self, key: str, place: Place, values: Mapping[str, Value]) -> str:
        if place.name not in values:
            raise self._error(key, f"needs a value named {place.name}")
        value = values[place.name]
        match place.form:
            case "":
                return self._plain(key, place.name, value)
            case "number":
                return self.number(self._decimal(key, place.name, value))
            case "short":
                return self.computed(self._decimal(key, place.name, value))
            case "dose" | "quantity":
                return self.quantity(value if isinstance(value, Quantity) else self._quantity(key, place.name, value))
            case "date?" if value == "":
                return self.word("value.unknown")
            case "date" | "date?":
                return self.short_date(self._date(key, place.name, value))
            case "longdate":
                return self.long_date(self._date(key, place.name, value))
            case "daymonth":
                return self.day_and_month(self._date(key, place.name, value))
            case form:
                return self._named(form, str(value))

    def _named(self, form: str, name: str) -> str:
        """Values that stand for words; a form that is none of these is a table of texts ("{kind:fact}")."""
        match form:
            case "drug":
                return self.drug(name)
            case "drugs":
                return self.listing(tuple(self.drug(drug) for drug in name.split()))
            case "dates":
                return self.listing(tuple(self.short_date(date.fromisoformat(day)) for day in name.split()))
            case "inside":
                return self.listing(tuple(self.word(f"inside.{item}") for item in name.split()), either=True)
            case "unit":
                return self.unit(name)
            case "options":
                return self.listing(tuple(self.option(option) for option in name.split(" | ")), either=True)
            case "value":
                return self.value(name)
            case "values":
                return self.listing(tuple(self.value(item) for item in name.split()))
            case table:
                return self.listing(tuple(self.word(f"{table}.{item}") for item in name.split()))

    def _plain(self, key: str, name: str, value: Value) -> str:
        """Text and whole numbers as they are; anything else must say how it is written."""
        if isinstance(value, str | int):
            return str(value)
        raise self._error(key, f"must say how {name} is written")

    def _decimal(self, key: str, name: str, value: Value) -> Decimal:
        if isinstance(value, str | int | Decimal):
            try:
                return Decimal(value)
            except InvalidOperation:
                pass
        raise self._error(key, f"{name} is no number: {value}")

    def _date(self, key: str, name: str, value: Value) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError as error:
            raise self._error(key, f"{name} is no date: {value}") from error

    def _quantity(self, key: str, name: str, value: Value) -> Quantity:
        number, _, unit = str(value).partition(" ")
        try:
            return Quantity(self._decimal(key, name, number), unit)
        except ValueError as error:
            raise self._error(key, f"{name} is no quantity: {value}") from error

    def _error(self, key: str, reason: str) -> TextError:
        return TextError(key, self.language, reason)


def plain_date(day: date) -> str:
    """dd/mm/yyyy, in every language: CLDR's short dates differ and drop the century."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def load_texts(language: Language, folder: Path | None = None) -> Texts:
    """The texts of a language from `folder` (default: the shipped ones). Raises TextError when there are none."""
    place = (folder or text_folder()) / language
    if not place.is_dir():
        raise TextError("language.name", language, "there are no texts in this language")
    return Texts(language, Catalogue(place, language, None if folder else cache_folder() / f"texts-{language}"))


def plural_category(language: str, count: Decimal) -> str:
    """The plural of the common locale data (CLDR) in these four languages; a test holds it to Babel's. For these lines Babel
    itself would take as long as the first paint of a window, and several megabytes."""
    exponent = count.as_tuple().exponent
    visible = max(0, -exponent) if isinstance(exponent, int) else 0
    whole = int(abs(count))
    if language != "fr":
        return "one" if whole == 1 and not visible else "other"
    if whole in (0, 1):
        return "one"
    return "many" if whole % 1_000_000 == 0 and not visible else "other"
