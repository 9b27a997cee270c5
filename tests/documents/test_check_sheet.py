"""The pharmacist's check sheet as text: every step, every date, every source, and room for the second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.documents.blocks import Blanks, Block, Document, Fields, Group, Heading, Notice, Table, plain
from mbc_desktop.documents.sheets.check_sheet import compose_check_sheet
from mbc_desktop.dosing.dose import Derived, Dose, Step
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.planning.plan import Choice, Plan
from mbc_desktop.planning.request import Event, Target
from mbc_desktop.texts import load_texts
from tests.documents.example_plan import LIBRARY, PLAN, SITE, ZOLEDRONIC_DOSE
from tests.documents.reading import document_lines


def sheet(plan: Plan = PLAN) -> Document:
    return compose_check_sheet(plan, LIBRARY, SITE, load_texts("nl"))


def section(document: Document, title: str) -> list[Block]:
    """The blocks under a heading of level 1; groups opened."""
    blocks = [inner for block in document.blocks for inner in (block.blocks if isinstance(block, Group) else (block,))]
    start = next(
        index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1 and block.text == title
    )
    found: list[Block] = []
    for block in blocks[start + 1 :]:
        if isinstance(block, Heading) and block.level == 1:
            break
        found.append(block)
    return found


def rows(document: Document, title: str, number: int = 0) -> list[list[str]]:
    tables = [block for block in section(document, title) if isinstance(block, Table)]
    return [[plain(cell).replace("\u00a0", " ") for cell in row.cells] for row in tables[number].rows]


def fields(document: Document, drug: str) -> dict[str, str]:
    """The fields under the first heading that names the drug."""
    blocks = section(document, "Doses, stap voor stap")
    start = next(index for index, block in enumerate(blocks) if isinstance(block, Heading) and drug in block.text)
    block = next(item for item in blocks[start:] if isinstance(item, Fields))
    return {field.label: plain(field.value).replace("\u00a0", " ") for field in block.fields}


def test_inputs_have_unit_day_and_age_in_days() -> None:
    # Today is 2 March 2026; 27 February is three days before it (the month has 28 days).
    assert rows(sheet(), "Gegevens") == [
        ["gewicht", "68 kg", "zo 01/03/2026", "1 dag", "", ""],
        ["lengte", "165 cm", "zo 01/03/2026", "1 dag", "", ""],
        ["creatinine", "0,85 mg/dL", "vr 27/02/2026", "3 dagen", "", ""],
    ]


def test_an_input_shows_its_range_and_why_it_was_confirmed() -> None:
    calcium = Measurement(
        kind="calcium",
        quantity=Quantity(Decimal("2.31"), "mmol/L"),
        on=date(2026, 2, 27),
        low=Decimal("2.15"),
        high=Decimal("2.55"),
        confirmed_reason="herhaald",
        confirmed_by="NV",
    )
    plan = replace(PLAN, request=replace(PLAN.request, measurements=(calcium,)))
    assert rows(sheet(plan), "Gegevens")[0][4:] == ["2,15 tot 2,55", "herhaald (NV)"]


def test_a_computed_value_shows_its_inputs_and_its_formula() -> None:
    (row,) = rows(sheet(), "Berekende waarden")
    assert row[:4] == [
        "creatinineklaring (Cockcroft-Gault)",
        "71,7 mL/min",
        "71,7777",
        "leeftijd 64 jaar, gewicht 68 kg, creatinine 0,85 mg/dL, vrouw",
    ]
    assert row[4].startswith("(140 − leeftijd) × gewicht × 0,85 bij een vrouw ÷ (72 × creatinine in mg/dL)")


def test_radiotherapy_models_stand_side_by_side_for_each_tissue() -> None:
    # 10 x 3 Gy with alpha/beta 10: BED 30 x 1.3 = 39, EQD2 30 x 13 / 12 = 32.5.
    inputs = (("course", "c3"), ("fractions", "10"), ("dose_gy", "3"), ("alpha_beta", "10"))
    effects = (
        Derived(id="bed", value="39", exact="39", unit="Gy", inputs=inputs, source="cg"),
        Derived(id="eqd2", value="32.5", exact="32.5", unit="Gy", inputs=inputs, source="cg"),
    )
    assert rows(sheet(replace(PLAN, derived=effects)), "Berekende waarden") == [["10x3", "10 Gy", "39 Gy", "32,5 Gy", "[1]"]]


def test_what_happened_is_listed_with_reason_and_person() -> None:
    events = (
        Event(
            id="e1", kind="given", course="c1", on=date(2026, 3, 3), by="NV", target=Target(drug="fulvestrant", number=1),
            given_on=date(2026, 3, 3), amount=Quantity(Decimal(500), "mg"), batch="A1",
        ),
        Event(
            id="e2", kind="delay", course="c1", on=date(2026, 3, 16), by="NV", target=Target(drug="fulvestrant", number=2),
            days=7, scope="rest_of_treatment", reason="toxicity", grade=2, note="moe\nen bleek",
        ),
        Event(id="e3", kind="hold", course="c1", on=date(2026, 3, 17), by="NV", day=date(2026, 3, 18), reason="patient"),
    )  # fmt: skip
    plan = replace(PLAN, request=replace(PLAN.request, events=events))
    assert rows(sheet(plan), "Wat er gebeurd is") == [
        ["di 03/03/2026", "fulvestrant, toediening 1", "gegeven: 500 mg, op di 03/03/2026, lot A1", "", "NV"],
        [
            "ma 16/03/2026",
            "fulvestrant, toediening 2",
            "uitgesteld: 7 dagen, rest van de behandeling",
            "bijwerkingen, graad 2, moe en bleek",
            "NV",
        ],
        ["di 17/03/2026", "palbociclib-fulvestrant", "onderbroken: op wo 18/03/2026", "vraag van de patiënt", "NV"],
    ]


def test_what_was_corrected_stands_there_and_says_that_it_no_longer_counts() -> None:
    events = (
        Event(id="e1", kind="omit", course="c1", on=date(2026, 3, 3), by="NV", target=Target(number=2), reason="patient"),
        Event(id="e2", kind="correct", course="c1", on=date(2026, 3, 4), by="NV", event="e1", reason="other"),
    )
    plan = replace(PLAN, request=replace(PLAN.request, events=events))
    omitted, corrected = rows(sheet(plan), "Wat er gebeurd is")
    assert omitted[3] == "telt niet meer: verbeterd, vraag van de patiënt"
    assert "telt niet meer" not in corrected[3]


def test_a_preselected_decision_is_marked_as_not_confirmed() -> None:
    assert rows(sheet(), "Keuzes van het ziekenhuis") == [
        [
            "E1",
            "tijd tussen onderhoudsdoses fulvestrant",
            "28 dagen",
            "vooraf ingevuld, NIET bevestigd door het ziekenhuis",
            "[2]",
        ]
    ]


def test_a_decision_of_the_hospital_names_who_and_when() -> None:
    choice = Choice(
        course="c1", id="E1", key="maintenance_interval", value="1 month", given_by="site", by="Voorbeeld", on="2026-02-01"
    )
    assert rows(sheet(replace(PLAN, choices=(choice,))), "Keuzes van het ziekenhuis")[0][2:4] == [
        "1 maand",
        "ziekenhuis: Voorbeeld, zo 01/02/2026",
    ]


def test_a_dose_says_what_to_draw_up_and_for_which_numbers_it_holds() -> None:
    assert fields(sheet(), "zoledroninezuur") == {
        "Dosis": "4 mg",
        "Niet afgerond": "4 mg, geen afwijking",
        "Klaarmaken": "5 mL uit 1 flacon concentraat van 4 mg",
        "Toedienen": "verdund in 100 mL, over minstens 15 minuten",
        "Oudste waarde": "vr 27/02/2026, 3 dagen voor vandaag",
        "Geldt voor": "nummer 1 tot 3 (ma 02/03/2026 tot ma 27/04/2026)",
    }


def test_every_step_has_its_rule_amount_source_and_grade() -> None:
    blocks = section(sheet(), "Doses, stap voor stap")
    start = next(index for index, block in enumerate(blocks) if isinstance(block, Heading) and "zoledroninezuur" in block.text)
    table = next(block for block in blocks[start:] if isinstance(block, Table))
    assert [[plain(cell).replace("\u00a0", " ") for cell in row.cells] for row in table.rows] == [
        ["1", "Vaste dosis.", "4 mg", "[3]", "bijsluiter"],
        ["2", "Nierfunctie: klaring 71,7 mL/min.", "4 mg", "[3]", "bijsluiter"],
    ]


def test_rounding_shows_the_unrounded_dose_and_the_deviation() -> None:
    # 75 mg per m2 x 1.765 m2 = 132.375 mg, drawn up as 132 mg: (132 - 132.375) x 100 / 132.375 = -0.283, shown as -0.3 %.
    rounded = Dose(
        amount=Quantity(Decimal(132), "mg"),
        exact=Decimal("132.375"),
        give=(),
        steps=(
            Step(
                rule="per-m2",
                amount=Quantity(Decimal("132.375"), "mg"),
                source="label",
                grade="label",
                values=(("per_m2", "75"), ("bsa_m2", "1.765")),
            ),
            Step(
                rule="round-to-drawable",
                amount=Quantity(Decimal(132), "mg"),
                source="label",
                grade="proposal",
                values=(("step", "1"), ("exact", "132.375")),
            ),
        ),
    )
    first = next(item for item in PLAN.administrations if item.drug == "zoledronic-acid")
    document = sheet(replace(PLAN, administrations=(replace(first, dose=rounded),), intakes=()))
    assert fields(document, "zoledroninezuur")["Niet afgerond"] == "132,375 mg, afwijking door afronding -0,3 %"
    words = [line.replace("\u00a0", " ") for line in document_lines(document)]
    assert "75 mg per m² × 1,765 m²." in words
    assert "Afgerond van 132,375 op een stap van 1 mg, wat opgetrokken kan worden." in words


def test_the_second_person_has_room_for_an_own_figure_per_dose_and_a_signature() -> None:
    document = sheet()
    own = [block for block in section(document, "Doses, stap voor stap") if isinstance(block, Blanks)]
    # Fulvestrant, zoledronic acid, palbociclib: three different doses.
    assert len(own) == 3
    assert own[0].labels[0] == "Eigen berekening van de tweede persoon"
    (signatures,) = (block for block in section(document, "Handtekeningen") if isinstance(block, Blanks))
    assert len(signatures.labels) == 3


def test_a_withheld_dose_is_announced_and_never_printed() -> None:
    first = next(item for item in PLAN.administrations if item.drug == "zoledronic-acid")
    plan = replace(PLAN, administrations=(replace(first, dose=None, status="withheld"),), intakes=())
    document = sheet(plan)
    (notice,) = (block for block in section(document, "Doses, stap voor stap") if isinstance(block, Notice))
    assert (notice.shape, notice.label) == ("stop", "Geen dosis vrijgegeven")
    assert rows(document, "Toedieningen")[0][1] == "zoledroninezuur (Zometa) geen dosis"
    assert rows(document, "Toedieningen")[0][6] == "niet vrijgegeven"


def test_all_administrations_are_listed_with_due_day_window_and_status() -> None:
    listed = rows(sheet(), "Toedieningen")
    assert len(listed) == len(PLAN.administrations)
    assert listed[0][:4] == ["ma 02/03/2026", "fulvestrant (Faslodex) 500 mg", "1", "1, dag 1"]
    assert listed[0][4:] == ["ma 02/03/2026", "vr 27/02/2026 tot do 05/03/2026", "gepland"]
    assert [row[6] for row in listed if "zoledroninezuur" in row[1]] == ["gepland", "voorlopig", "voorlopig"]


def test_all_tablets_fractions_and_checks_are_listed() -> None:
    document = sheet()
    assert rows(document, "Tabletten thuis")[0] == [
        "ma 02/03/2026 tot zo 22/03/2026", "palbociclib (Ibrance) 1 tablet van 125 mg, 1 keer per dag", "1",
        "ma 23/03/2026 tot zo 29/03/2026", "21", "gepland",
    ]  # fmt: skip
    fractions = [cell for row in rows(document, "Bestralingen") for cell in row]
    assert fractions[0] == "1/10 ma 30/03/2026"
    assert fractions[-1] == "10/10 ma 13/04/2026"
    assert len(rows(document, "Controles")) == len(PLAN.checks)


def test_the_total_of_radiotherapy_is_fractions_times_dose() -> None:
    # 10 x 3 = 30.
    headings = [block.text.replace("\u00a0", " ") for block in section(sheet(), "Bestralingen") if isinstance(block, Heading)]
    assert headings == ["10x3 (bot): 10 × 3 Gy = 30 Gy"]


def test_findings_stand_first_with_mark_word_and_source() -> None:
    worst = finding("two-bone-agents", "stop", course="c1", drug="fulvestrant", source="guideline", other_drug="letrozole")
    document = sheet(replace(PLAN, findings=(worst, *PLAN.findings)))
    notices = [block for block in section(document, "Opmerkingen") if isinstance(block, Notice)]
    assert [(notice.shape, notice.label) for notice in notices] == [("stop", "STOP"), ("info", "INFO")]
    assert plain(notices[0].words) == "Letrozol en fulvestrant zijn allebei botmiddelen. Geef er maar één."
    assert notices[0].aside.endswith("Bron [1]")


def test_sources_are_numbered_in_order_of_mention_and_listed_with_address() -> None:
    assert [(row[0], row[2]) for row in rows(sheet(), "Bronnen")] == [
        ("[1]", "https://example.org/cg"),
        ("[2]", "https://example.org/guideline"),
        ("[3]", "https://example.org/label"),
    ]


def test_every_page_will_say_that_it_was_not_verified_and_when_it_is_valid() -> None:
    frame = sheet().frame
    assert frame.calls == ("NIET nagekeken door een tweede persoon.",)
    assert frame.rules == ("Deze afdruk is enkel geldig als ze overeenstemt met de elektronische versie.",)
    assert frame.identity == ("VOORBEELD Anna", "geboren op 04/05/1961 (64 jaar, vrouw)", "nummer 0012345")
    assert ZOLEDRONIC_DOSE.values_on == date(2026, 2, 27)
