"""What stands on every page, for the sheets of patients and for those of staff: who it is about, what it is, whether it holds."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from mbc_desktop.documents.blocks import Frame
from mbc_desktop.documents.page.day_marks import PatientWords
from mbc_desktop.documents.page.release import release_gaps
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.page.staff_words import StaffWords
from mbc_desktop.patient.age import completed_years
from mbc_desktop.patient.facts import Patient
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, plain_date
from mbc_desktop.texts.texts import NO_BREAK_SPACE


def patient_frame(name: str, site: Site, words: PatientWords, options: SheetOptions, *, calendar: bool = True) -> Frame:
    """The frame of a sheet that a patient takes home: the fever line on every page, and what to do with an older sheet."""
    plan, texts = words.plan, words.texts
    gaps = release_gaps(plan, words.library, options)
    status = words.say("provisional_plan") if "stop" in gaps else texts.word("paper.provisional") if gaps else ""
    return Frame(
        identity=_patient(plan.request.patient, words) if options.with_name else (texts.word("paper.without_name"),),
        place=site_place(site),
        name=name,
        page=texts.word("patient.page"),
        status=status,
        calls=(fever_line(site, words),),
        rules=(
            words.say("newer") if calendar else texts.word("paper.newer_sheet"),
            texts.say("paper.valid_until", day=plan.request.horizon),
        ),
        marks=(
            words.say("made_on", day=plan.request.today),
            words.say("plan_code", code=plan.code),
            words.say("library", version=plan.library_version),
            *_approval(gaps, texts),
            *_audit(options, texts),
        ),
        code=plan.code,
    )


def staff_frame(name: str, site: Site, words: StaffWords, options: SheetOptions) -> Frame:
    """The frame of a staff sheet about one patient, with the guideline's own rule about prints."""
    plan, texts = words.plan, words.texts
    patient = plan.request.patient
    age = completed_years(patient.birth_date, plan.request.today)
    gaps = release_gaps(plan, words.library, options)
    return Frame(
        identity=(
            f"{patient.family_name.upper()} {patient.given_name}",
            words.say("born", day=plain_date(patient.birth_date), age=age, sex=patient.sex),
            words.say("number", number=patient.number),
        ),
        place=site_place(site),
        name=name,
        page=words.texts.word("sheet.page"),
        status=texts.say("paper.not_released", gaps=" ".join(gaps)) if gaps else "",
        calls=(_verified(options, words),),
        rules=(words.say("valid"),),
        marks=(
            words.say("made_on", day=plan.request.today),
            words.say("plan_code", code=plan.code),
            words.say("library", version=plan.library_version, fingerprint=plan.library_fingerprint[:12]),
            *_approval(gaps, texts),
            *_audit(options, texts),
        ),
        code=plan.code,
    )


def site_place(site: Site) -> str:
    """The hospital and its unit in one line."""
    return " · ".join(filter(None, (site.name, site.unit_name)))


def library_marks(library: Library, options: SheetOptions, texts: Texts) -> tuple[str, ...]:
    """From which data a sheet without a plan was made."""
    return (
        texts.say("sheet.library", version=library.version, fingerprint=library.fingerprint[:12]),
        *_audit(options, texts),
    )


def fever_line(site: Site, words: PatientWords) -> str:
    """When to call at once, with the hospital's own limit and numbers; blanks to fill in where it gave none."""
    blank = words.say("blank")
    try:
        limit = words.texts.number(Decimal(site.fever_limit)) if site.fever_limit else "______"
    except InvalidOperation:
        limit = site.fever_limit
    # A number that is dialled stays on one line.
    day, night = (number.replace(" ", NO_BREAK_SPACE) or blank for number in (site.telephone_day, site.telephone_night))
    if day == night and site.telephone_day:
        return words.say("fever", limit=limit, telephone=day)
    return words.say("fever_two_numbers", limit=limit, day=day, night=night)


def _patient(patient: Patient, words: PatientWords) -> tuple[str, ...]:
    return (
        f"{patient.family_name.upper()} {patient.given_name}",
        words.say("born", day=plain_date(patient.birth_date)),
        words.say("number", number=patient.number),
    )


def _approval(gaps: tuple[str, ...], texts: Texts) -> tuple[str, ...]:
    return (texts.word("paper.data_unapproved" if "unapproved" in gaps else "paper.data_approved"),)


def _audit(options: SheetOptions, texts: Texts) -> tuple[str, ...]:
    head = options.release.audit_head
    return (texts.say("paper.audit_head", head=head),) if head else ()


def _verified(options: SheetOptions, words: StaffWords) -> str:
    """By whom the plan was verified, or that nobody has."""
    release = options.release
    if release.standing == "released" and release.verified_by:
        return words.texts.say("paper.verified", names=words.texts.listing(release.verified_by))
    return words.say("not_verified") if release.standing != "not_needed" else words.texts.word("paper.no_check_needed")
