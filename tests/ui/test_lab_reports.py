"""Whole laboratory reports as Belgian laboratories lay them out, read by hand beside the program: the right column, never the
reference, an older value, urine or a corrected one; what is not certain is left to a person, with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.ui.entry.lab_layout import layout_of, sample_day
from mbc_desktop.ui.entry.lab_report import Found, Left, read_lines
from mbc_desktop.ui.main_window import MainWindow
from tests.ui.test_lab_report import paste

TODAY, SAMPLE = date(2026, 3, 16), date(2026, 3, 12)

OLDER_COLUMN_NL = """KLINISCH LABORATORIUM VOORBEELD                     Aanvraag 2603120451
Patient : VOORBEELD ANNA   V   Geb. 04/05/1961      Afname  : 12/03/2026 08:12
                                                    Verslag : 12/03/2026 14:40
Onderzoek                     Resultaat   Eenheid      Referentie      Vorig (12/02/2026)
HEMATOLOGIE
Hemoglobine                   11,8  L     g/dL         12,0 - 16,0     12,3
Hematocriet                   35,1        %            36,0 - 46,0     36,9
Leukocyten                    4,2         10^9/L       4,0 - 10,0      5,1
  Neutrofielen                58,3        %            40,0 - 74,0     60,2
  Neutrofielen absoluut       2,45        10^9/L       1,80 - 7,50     3,07
Bloedplaatjes                 142   L     10^9/L       150 - 400       155
BIOCHEMIE
Creatinine                    1,02  H     mg/dL        0,50 - 0,95     0,88
eGFR (CKD-EPI 2009)           59    L     mL/min/1,73m²  > 60          71
Calcium totaal                2,18        mmol/L       2,15 - 2,55     2,31
Albumine                      38,2        g/L          35,0 - 52,0     39,0
CRP                           <0,6        mg/L         < 5,0           <0,6
"""

TWO_SAMPLES_NL = """AZ Voorbeeld - cumulatief verslag
VOORBEELD Anna - geboortedatum 04/05/1961
                          26/02/2026   12/03/2026   Eenheid   Normaal
Creatinine                0,85         0,91         mg/dL     0,50-0,95
Calcium                   2,31         2,28         mmol/L    2,15-2,55
Albumine                  41           39           g/L       35-52
Neutrofielen (abs.)       3,6          1,9          /nL       1,8-7,5
Trombocyten               240          198          /nL       150-400
Hemoglobine               12,1         11,4         g/dL      12,0-16,0
"""

TABS_NL = """Staalname	12-03-2026
Test	Waarde	Vlag	Eenheid	Ref. min	Ref. max
Creatinine	75		µmol/L	45	84
Calcium	2,08	L	mmol/L	2,15	2,55
Calcium (gecorr. voor albumine)	2,16		mmol/L	2,15	2,55
Albumine	36		g/L	35	52
Neutrofielen	0,9	LL	10E3/µL	1,8	7,5
Bloedplaatjes	88	L	10E3/µL	150	400
Hemoglobine	6,4	L	mmol/L	7,4	9,9
"""

DOTS_FR = """LABORATOIRE EXEMPLE - Protocole n° 26-031245
Prélèvement du 12/03/2026 à 07h50           Née le 04/05/1961
                                  Résultat       Unités      Valeurs de référence     Antérieur
Hémoglobine ................. :   11,2  -        g/dl        (12,0 - 15,5)            11,9
Plaquettes .................. :   131   -        10³/mm³     (150 - 400)              172
Neutrophiles ................ :   54,0           %           (40 - 75)                58,1
soit ........................ :   2 160          /mm³        (1 800 - 7 500)          2 730
Créatinine .................. :   0,79           mg/dl       (0,51 - 0,95)            0,81
DFG estimé (CKD-EPI) ........ :   82             ml/min/1,73m2
Calcium total ............... :   9,1            mg/dl       (8,6 - 10,2)             9,3
Calcium corrigé ............. :   9,2            mg/dl
Albumine .................... :   39,0           g/l         (35,0 - 52,0)            40,2
"""

SHORT_YEARS_FR = """CHU Exemple   Résultats cumulés
Patient: VOORBEELD ANNA   Date de naissance: 04/05/1961
Analyse              Réf.            Unité       12/03/26 08:00      05/03/26 08:10
Créatinine           45 - 84         µmol/L      71                  69
Calcium              2,15 - 2,55     mmol/L      2,27                2,33
Albumine             35 - 52         g/L         40                  41
PNN                  1,80 - 7,50     G/L         1,42 (B)            2,90
Plaquettes           150 - 400       G/L         155                 201
"""

PLAIN_DE = """Labor Muster, Eupen
Patient: Voorbeeld, Anna   geb. 04.05.1961
Entnahme: 12.03.2026 08:05    Befund vom 12.03.2026
Untersuchung          Ergebnis   Einheit   Referenzbereich    Bew.
Hämoglobin            11.4       g/dl      12.0 - 16.0        -
Thrombozyten          189        /nl       150 - 400
Neutrophile abs.      1.62       /nl       1.80 - 7.70        -
Kreatinin i.S.        0.88       mg/dl     0.50 - 0.90
Kreatinin i.U.        95         mg/dl
GFR (CKD-EPI)         70         ml/min
Calcium               2.24       mmol/l    2.15 - 2.50
Calcium korr.         2.30       mmol/l    2.15 - 2.50
Albumin               3.9        g/dl      3.5 - 5.2
"""

FLAGS_DE = """Befund 12.03.2026
H Kreatinin            1,12  mg/dl  (0,50-0,90)
  Calcium              2,41  mmol/l (2,15-2,50)
L Thrombozyten         98    Gpt/l  (150-400)
  Granulozyten neutrophil  2,1 Gpt/l (1,8-7,7)
  Creatinin-Clearance  62    ml/min
"""


@pytest.fixture
def policies(window: MainWindow) -> tuple[FieldPolicy, ...]:
    fields = window.desk.session.fields
    assert fields is not None
    return tuple(fields.numbers.values())


def values(text: str, policies: tuple[FieldPolicy, ...]) -> dict[str, str]:
    return {one.kind: f"{one.value} {one.unit}" for one in read_lines(text, policies) if isinstance(one, Found)}


def left(text: str, policies: tuple[FieldPolicy, ...]) -> dict[str, str]:
    return {one.kind: one.why for one in read_lines(text, policies) if isinstance(one, Left)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            OLDER_COLUMN_NL,
            {"haemoglobin": "11.8 g/dL", "neutrophils": "2.45 10^9/L", "platelets": "142 10^9/L", "creatinine": "1.02 mg/dL",
             "calcium": "2.18 mmol/L", "albumin": "38.2 g/L"},
        ),
        # The right one of two columns is the younger sample.
        (
            TWO_SAMPLES_NL,
            {"creatinine": "0.91 mg/dL", "calcium": "2.28 mmol/L", "albumin": "39 g/L", "neutrophils": "1.9 10^9/L",
             "platelets": "198 10^9/L", "haemoglobin": "11.4 g/dL"},
        ),
        # Haemoglobin in mmol/L has no field: nothing is converted.
        (
            TABS_NL,
            {"creatinine": "75 umol/L", "calcium": "2.08 mmol/L", "albumin": "36 g/L", "neutrophils": "0.9 10^9/L",
             "platelets": "88 10^9/L"},
        ),
        # Neutrophils stand there in per cent and in cells per cubic millimetre, and neither is a field.
        (
            DOTS_FR,
            {"haemoglobin": "11.2 g/dL", "platelets": "131 10^9/L", "creatinine": "0.79 mg/dL", "calcium": "9.1 mg/dL",
             "albumin": "39.0 g/L"},
        ),
        (SHORT_YEARS_FR, {}),
        (
            PLAIN_DE,
            {"haemoglobin": "11.4 g/dL", "platelets": "189 10^9/L", "neutrophils": "1.62 10^9/L", "creatinine": "0.88 mg/dL",
             "calcium": "2.24 mmol/L", "albumin": "3.9 g/dL"},
        ),
        (
            FLAGS_DE,
            {"creatinine": "1.12 mg/dL", "calcium": "2.41 mmol/L", "platelets": "98 10^9/L", "neutrophils": "2.1 10^9/L"},
        ),
    ],
    ids=["nl-older", "nl-two", "nl-tabs", "fr-dots", "fr-short-years", "de-plain", "de-flags"],
)  # fmt: skip
def test_a_whole_report_is_read_as_a_person_reads_it(
    policies: tuple[FieldPolicy, ...], text: str, expected: dict[str, str]
) -> None:
    assert values(text, policies) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # The birth date stands on the line of the sample, an older day in the head of a column.
        (OLDER_COLUMN_NL, SAMPLE),
        (TWO_SAMPLES_NL, SAMPLE),
        (TABS_NL, SAMPLE),
        (DOTS_FR, SAMPLE),
        # 12/03/26 could be a day of 2012: a person types it.
        (SHORT_YEARS_FR, None),
        (PLAIN_DE, SAMPLE),
        (FLAGS_DE, SAMPLE),
    ],
)
def test_the_day_is_that_of_the_newest_sample(text: str, day: date | None) -> None:
    assert sample_day(text, today=TODAY) == day


def test_the_laboratorys_limits_come_with_the_value_also_from_two_columns(policies: tuple[FieldPolicy, ...]) -> None:
    for text in (OLDER_COLUMN_NL, TABS_NL):
        (calcium,) = [one for one in read_lines(text, policies) if isinstance(one, Found) and one.kind == "calcium"]
        assert (str(calcium.low), str(calcium.high)) == ("2.15", "2.55")


HEAD_AFTER = "Onderzoek Resultaat Eenheid Referentie Vorig\n"
HEAD_BEFORE = "Onderzoek Vorig Resultaat Eenheid Referentie\n"
HEAD_DAYS = "         26/02/2026  12/03/2026\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        # The result is still to come: only the older value stands there.
        (HEAD_AFTER + "Creatinine volgt mg/dL 0,50-0,95 0,88", "number"),
        (HEAD_AFTER + "Creatinine mg/dL 0,50-0,95 0,88", "several"),
        (HEAD_BEFORE + "Creatinine 0,88 mg/dL 0,50-0,95", "several"),
        (HEAD_BEFORE + "Creatinine 0,88 1,02 mg/dL 0,50-0,95", "several"),
        ("Creatinine volgt mg/dL 0,50-0,95 0,88", "number"),
        ("Creatinine mg/dL 0,50-0,95 0,88", "several"),
        ("Creatinine 1,02 mg/dL 0,50-0,95 0,88", "several"),
        # One of two samples lacks the value: which one is not certain.
        (HEAD_DAYS + "Creatinine 0,85 mg/dL 0,50-0,95", "several"),
        # Twice the same day.
        ("12/03/2026 12/03/2026\nCreatinine 0,85 0,95 mg/dL", "several"),
        # A bound is no value, whichever side of the unit it stands on.
        ("Creatinine <0,50 mg/dL 0,50-0,95", "bound"),
        ("Creatinine mg/dL <0,50", "bound"),
        (HEAD_DAYS + "Creatinine <0,50 0,85 mg/dL", "bound"),
        ("Trombocyten 240 000 /mm3", "unit"),
        ("Creatinine 88 mg/L", "unit"),
        ("Creatinine 1,02H mg/dL", "several"),
        ("Creatinine 0,85 mg/dL\nCreatinine 0,85 mg/dL", "twice"),
    ],
)
def test_what_is_not_certain_is_left_with_its_reason(policies: tuple[FieldPolicy, ...], text: str, why: str) -> None:
    assert values(text, policies) == {}
    assert set(left(text, policies).values()) == {why}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Creatinine 0,85 mg/dL < 0,95", "0.85 mg/dL"),
        ("Creatinine (mg/dL): 0,85 [0,50-0,95]", "0.85 mg/dL"),
        ("** Creatinine 1,30 HH mg/dL 0,50-0,95", "1.30 mg/dL"),
        ("Créatinine 131 - µmol/L (45 - 84)", "131 umol/L"),
    ],
)
def test_flags_and_references_are_no_values(policies: tuple[FieldPolicy, ...], line: str, value: str) -> None:
    assert values(line, policies) == {"creatinine": value}


def test_what_the_head_says_of_its_columns() -> None:
    assert layout_of(OLDER_COLUMN_NL).older == "after"
    assert layout_of(HEAD_BEFORE).older == "before"
    assert layout_of(TABS_NL).limits
    assert layout_of(TWO_SAMPLES_NL).newest() == SAMPLE
    assert layout_of(SHORT_YEARS_FR).newest() is None
    # Days with words between them head no columns.
    assert layout_of("Afname 12/03/2026 Verslag 13/03/2026").days == ()


def test_a_line_that_was_left_stands_in_the_dialog_and_cannot_be_ticked(window: MainWindow) -> None:
    dialog = paste(window, "Staal 12/03/2026\nCreatinine 0,85 mg/dL\nCalcium 2,31 2,28 mmol/L")
    assert dialog.table.rowCount() == 2
    last = dialog.table.item(1, 0)
    assert last is not None
    assert last.data(Qt.ItemDataRole.CheckStateRole) is None
    assert {one.kind for one in dialog.chosen()} == {"creatinine"}
    dialog.accept()
    assert {one.kind for one in window.desk.session.draft.measurements} == {"creatinine"}
