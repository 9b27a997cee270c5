"""The printed code of a plan: it is read back, and a slip of the eye or the finger is noticed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.planning.comparison.fingerprint import ALPHABET, printed_code, read_code
from tests.planning.treatments import TODAY, File, course, event, irradiation, later, plan_of, treatment

fingerprints = some.binary(min_size=32, max_size=32).map(bytes.hex)


def test_the_code_by_hand() -> None:
    # 50 bits from the left, five at a time. All zero: ten zeros, and the check letter of zeros is zero.
    assert printed_code("0" * 64) == "00000-00000-0"
    # ff... is 31 ten times, letter Z. Check: each letter is added (xor) and the sum doubled in the field of x^5 + x^2 + 1,
    # where a doubled number of 32 or more loses 37 (xor).
    # 0^31 = 31, doubled 62^37 = 27; 27^31 = 4 -> 8; 8^31 = 23 -> 46^37 = 11; 11^31 = 20 -> 40^37 = 13; 13^31 = 18 -> 36^37 = 1;
    # 1^31 = 30 -> 60^37 = 25; 25^31 = 6 -> 12; 12^31 = 19 -> 38^37 = 3; 3^31 = 28 -> 56^37 = 29; 29^31 = 2 -> 4: letter 4.
    assert printed_code("f" * 64) == "ZZZZZ-ZZZZZ-4"


@given(fingerprint=fingerprints)
def test_a_code_is_accepted_as_people_write_it(fingerprint: str) -> None:
    code = printed_code(fingerprint)
    for written in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("0", "O").replace("1", "l")):
        assert read_code(written) == code


@given(fingerprint=fingerprints, place=some.integers(min_value=0, max_value=10), letter=some.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(fingerprint: str, place: int, letter: str) -> None:
    plain = printed_code(fingerprint).replace("-", "")
    wrong = plain[:place] + letter + plain[place + 1 :]
    assert (read_code(wrong) is not None) == (wrong == plain)


@given(fingerprint=fingerprints)
def test_two_swapped_neighbours_are_noticed(fingerprint: str) -> None:
    plain = printed_code(fingerprint).replace("-", "")
    for place, (one, other) in enumerate(pairwise(plain)):
        swapped = plain[:place] + other + one + plain[place + 2 :]
        assert (read_code(swapped) is not None) == (swapped == plain)


def test_what_is_no_code() -> None:
    for text in ("", "00000-00000", "00000-00000-00", "UUUUU-UUUUU-U", "0000000000\u0660"):
        assert read_code(text) is None


def base(**more: object) -> File:
    return treatment(course("palbociclib-fulvestrant"), irradiation("5x4", "2026-03-09"), days=60, **more)


def test_what_changes_a_plan_changes_its_code() -> None:
    codes = [
        plan_of(file).code
        for file in (
            base(),
            base(closures=[{"from": "2026-03-16", "until": "2026-03-16", "unit": "day_hospital"}]),
            base(closures=[{"from": "2026-03-11", "until": "2026-03-11", "unit": "radiotherapy"}]),
            base(closures=[{"from": "2026-04-13", "until": "2026-04-13", "unit": "laboratory"}]),
            base(events=[event("dose_level", TODAY, drug="palbociclib", number=1, level="-1")]),
            base(events=[event("omit", TODAY, drug="fulvestrant", number=2)]),
            base(facts={"menopausal_status": "postmenopausal", "child_pugh": "C"}),
            base() | {"patient": base()["patient"] | {"number": "0012346"}},
            base() | {"horizon": later(TODAY, 90)},
        )
    ]
    assert len(set(codes)) == len(codes)


def test_what_does_not_change_a_plan_leaves_its_code() -> None:
    codes = {
        plan_of(file).code
        for file in (
            base(),
            base() | {"language": "en"},
            base() | {"today": "2026-03-03"},
            base(absences=[{"from": "2026-03-16", "until": "2026-03-16"}]),
            base(closures=[{"from": "2026-03-17", "until": "2026-03-17", "unit": "day_hospital", "why": "no visit that day"}]),
            base(prints=[{"fingerprint": "a" * 64, "document": "patient_calendar", "on": TODAY, "by": "NV"}]),
        )
    }
    assert len(codes) == 1
