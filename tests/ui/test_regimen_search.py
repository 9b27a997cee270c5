"""A regimen is found as people type it."""

from __future__ import annotations

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.ui.entry.regimen_search import Choosable, choosables_of, fold, search, with_title
from mbc_desktop.ui.entry.several_regimens import is_list, search_together
from mbc_desktop.ui.labels import drug_titles, regimen_title
from mbc_desktop.ui.panels.drug_course_form import options_for
from mbc_desktop.ui.panels.search_box import look_alikes
from mbc_desktop.ui.words import Words


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_schedules())


@pytest.fixture(scope="module")
def everything(library: Library) -> tuple[Choosable, ...]:
    return choosables_of(library)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fulvestrant", "fulvestrant"),
        ("Faslodex", "fulvestrant"),
        ("faslodx", "fulvestrant"),
        ("fulvestrnat", "fulvestrant"),
        ("Zolendronaat", "zoledronic-acid"),
        ("zoledroninezuur", "zoledronic-acid"),
        ("acide zolédronique", "zoledronic-acid"),
        ("Zometa", "zoledronic-acid"),
        # The guideline's own words for these two drugs, without pertuzumab.
        ("Taxotère Herceptin", "trastuzumab-docetaxel"),
        ("taxotere herceptin", "trastuzumab-docetaxel"),
        ("Taxotère Herceptin Pertuzumab", "docetaxel-trastuzumab-pertuzumab"),
        # Three drugs are those three, and not the product under the skin that holds two of them.
        ("paclitaxel trastuzumab pertuzumab", "paclitaxel-trastuzumab-pertuzumab"),
        ("pertuzumab trastuzumab docetaxel", "docetaxel-trastuzumab-pertuzumab"),
        ("Phesgo paclitaxel", "paclitaxel-pertuzumab-trastuzumab-sc"),
        ("palbo fulv", "palbociclib-fulvestrant"),
        ("Ibrance Faslodex", "palbociclib-fulvestrant"),
        ("10x3", "10x3"),
        ("10 x 3 Gy", "10x3"),
        ("xgeva", "denosumab"),
    ],
)
def test_it_is_the_first_hit(everything: tuple[Choosable, ...], typed: str, found: str) -> None:
    assert search(everything, typed)[0].id == found


@pytest.mark.parametrize("typed", ["", "   ", "qqqq", "aspirine", "palbociclib warfarine"])
def test_nothing_is_guessed(everything: tuple[Choosable, ...], typed: str) -> None:
    assert search(everything, typed) == ()


def test_a_drug_alone_comes_before_its_combinations(everything: tuple[Choosable, ...]) -> None:
    hits = [hit.id for hit in search(everything, "letrozol")]
    assert hits[0] == "letrozole"
    assert "palbociclib-letrozole" in hits


def test_accents_and_strokes_do_not_matter() -> None:
    assert fold("Oöphorectomie Ø Łódź") == "oophorectomie o lodz"


def test_a_look_alike_is_named(library: Library) -> None:
    assert "paclitaxel" in look_alikes(library, "docetaxel-trastuzumab-pertuzumab")


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_no_two_regimens_are_called_the_same(library: Library, language: Language) -> None:
    words = Words(language)
    words.name_drugs(library.drugs)
    for brands in (True, False):
        titles = [regimen_title(words, library, regimen, brands=brands) for regimen in library.regimens]
        assert len(set(titles)) == len(titles)
    drugs = drug_titles(words, library).values()
    assert len(set(drugs)) == len(drugs)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("trastuzumab elke week", "trastuzumab-weekly"),
        ("doxorubicine 3 weken", "doxorubicin-three-weekly"),
        ("ibandroninezuur mond", "ibandronic-acid-oral"),
    ],
)
def test_a_regimen_is_found_by_the_words_of_its_title(library: Library, typed: str, found: str) -> None:
    words = Words("nl")
    words.name_drugs(library.drugs)
    titled = tuple(
        with_title(one, regimen_title(words, library, one.id)) if one.kind == "drug" else one for one in choosables_of(library)
    )
    assert next(one.id for one in search(titled, typed)) == found


def test_only_answers_that_a_regimen_can_take_are_offered(library: Library) -> None:
    form = library.decisions["vinorelbine_form"]
    by_mouth = options_for(library.regimens["vinorelbine-oral"], form)
    into_a_vein = options_for(library.regimens["vinorelbine-iv"], form)
    assert set(by_mouth) == {"60 then 80 mg/m2 weekly by mouth", "60 mg/m2 on days 1 and 8 by mouth"}
    assert set(by_mouth) | set(into_a_vein) == set(form.options)
    # A question that no phase asks keeps all of its answers.
    interval = library.decisions["maintenance_interval"]
    assert options_for(library.regimens["fulvestrant"], interval) == interval.options


@pytest.mark.parametrize(
    ("typed", "drug"),
    [
        ("trastuzumab", "trastuzumab"), ("trastuz", "trastuzumab"), ("Herceptin", "trastuzumab"),
        ("herceptin sc", "trastuzumab-sc"),
        ("Enhertu", "trastuzumab-deruxtecan"), ("trastuzumab deruxtecan", "trastuzumab-deruxtecan"),
        ("trastuzumab emtansine", "trastuzumab-emtansine"), ("doxorubicine", "doxorubicin"),
        ("zoledroninezuur", "zoledronic-acid"),
    ],
)  # fmt: skip
def test_a_name_means_the_drug_of_that_name_and_no_longer_one(
    everything: tuple[Choosable, ...], library: Library, typed: str, drug: str
) -> None:
    """Enter takes the first hit: of "trastuzumab" it must never be trastuzumab deruxtecan."""
    first = search(everything, typed)[0]
    assert drugs_of(library.regimens[first.id]) == (drug,)


def test_no_drug_is_taken_for_one_whose_name_begins_like_it(everything: tuple[Choosable, ...], library: Library) -> None:
    """For every drug that is a regimen by itself, its Dutch name and its first brand."""
    alone = {drugs_of(regimen)[0] for regimen in library.regimens.values() if len(drugs_of(regimen)) == 1}
    for drug in alone:
        for name in (library.drugs[drug].inn.nl, *library.drugs[drug].brands[:1]):
            (found,) = drugs_of(library.regimens[search(everything, name)[0].id])
            # Two products may share a name (ibandronic acid IV and by mouth): then it is one of them.
            assert name in (library.drugs[found].inn.nl, *library.drugs[found].brands), name


@pytest.mark.parametrize(
    ("typed", "found"), [("20 Gy", "5x4"), ("8 Gy", "1x8"), ("60 Gy", "8x7.5"), ("39 gy", "13x3"), ("27 Gy", "3x9")]
)
def test_a_scheme_is_found_by_its_whole_dose(everything: tuple[Choosable, ...], typed: str, found: str) -> None:
    """5 x 4, 1 x 8, 8 x 7.5 (10 x 6 too), 13 x 3, 3 x 9."""
    assert found in {one.id for one in search(everything, typed)}
    assert "10x6" in {one.id for one in search(everything, "60 Gy")}


@pytest.mark.parametrize(
    ("typed", "together"),
    [
        ("kisqali faslodex xgeva", ("ribociclib-fulvestrant", "denosumab")),
        # What belongs together need not stand together.
        ("kisqali xgeva faslodex", ("ribociclib-fulvestrant", "denosumab")),
        ("Kisqali + Faslodex, Xgeva", ("ribociclib-fulvestrant", "denosumab")),
        ("ibrance létrozole zometa", ("palbociclib-letrozole", "zoledronic-acid")),
        ("taxotere herceptin perjeta xgeva", ("docetaxel-trastuzumab-pertuzumab", "denosumab")),
        ("herceptin sc xgeva", ("trastuzumab-sc", "denosumab")),
        ("herceptn xgva 5x4", ("trastuzumab-three-weekly", "denosumab", "5x4")),
        ("zoladex letrozol kisqali xgeva", ("goserelin", "ribociclib-letrozole", "denosumab")),
    ],
)
def test_several_regimens_are_found_at_once(everything: tuple[Choosable, ...], typed: str, together: tuple[str, ...]) -> None:
    first, *_ = search_together(everything, typed)
    assert {one.id for one in first} == set(together)


@pytest.mark.parametrize(
    "typed",
    [
        # A rhythm, a way of giving or a letter names no drug: nothing is added that nobody named.
        "xgeva wekelijks",
        "xgeva sc",
        "kisqali faslodex x",
        "xgeva iets",
        # One name, or twice the same.
        "xgeva",
        "xgeva denosumab",
        "",
    ],
)
def test_what_names_no_second_regimen_adds_none(everything: tuple[Choosable, ...], typed: str) -> None:
    assert search_together(everything, typed) == ()


def test_only_marks_between_names_make_a_list() -> None:
    assert [is_list(text) for text in ("a, b", "a + b", "a b", "a,", "+")] == [True, True, False, False, False]
