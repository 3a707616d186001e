"""What looks like a way to find a person is told from what only speaks of work: in text, in headers, in columns."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from time import process_time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assurance.errors import Reason, Refused
from assurance.identifiers import Identifier, found, of_column, of_header
from assurance.words import say
from pipelines import extract_format
from pipelines.aliases import vocabulary as known_words
from pipelines.detect import refuse_identifiers
from pipelines.tidy import Sheet
from tests.conftest import ROOT

SAMPLES = ROOT / "data" / "sample"


def kinds(*cells: str | None) -> dict[Identifier, int]:
    """What a column seems to hold, and in how many cells."""
    return {hit.kind: len(hit.rows) for hit in of_column(cells)}


# Typed text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to someone.else@example.org about it", "email"),
        ("Call 01234 567890", "telephone"),
        ("Call +44 7700 900 123 after four", "telephone"),
        ("QQ is no prefix but AB 12 34 56 C is a form", "national_insurance"),
        ("Lives near SA1 3SN", "postcode"),
        ("sa13sn", "postcode"),
        ("943 476 5919", "nhs_number"),
        ("Mrs Jones said so", "titled_name"),
        ("Dr. Ahmed", "titled_name"),
        ("Sir Gareth", "titled_name"),
        ("born in spring", "birth_date"),
    ],
)
def test_a_way_to_find_a_person_is_seen(text: str, kind: str) -> None:
    assert kind in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The duty rota began on 1 April 2025; see minute 14 of the Board.",
        "K21 rose from 60 to 85 in 2025-26.",
        "9434765918 has no valid check digit",
        "Release 3275b87, case reference 12345",
        "Dechreuodd y rota newydd; gweler cofnod 4.",
        "Cyngor Sir Benfro a Chyngor Sir Gâr",  # counties, not knights
        "",
    ],
)
def test_text_about_work_is_let_through(text: str) -> None:
    assert found(text) == []


# Headers

ANNOUNCED: dict[Identifier, tuple[str, ...]] = {
    "name": (
        "Pupil  Name", "Child Name", "childName", "PupilName", "Surname", "Forename(s)", "FIRST NAME", "Full_Name",
        "surname\u00a0of\u00a0child", "Social worker name", "Subject's name", "Known as", "teacher_name", "Names",
        "Enw'r plentyn", "Enw’r Plentyn", "Enw", "Cyfenw", "Enw cyntaf", "Enwau",
    ),
    "initials": ("Initials", "Child's initials", "Pupil\nInitials", "Llythrennau cyntaf", "Blaenlythrennau"),
    "birth_date": (
        "D.O.B.", "DOB", "Child DOB", "Date of Birth", "DateOfBirth", "birth_date", "Age in days", "Age (months)",
        "Dyddiad geni", "Dyddiad\ngeni", "DYDDIAD  GENI", "Oedran mewn dyddiau", "Place of birth",
    ),
    "pupil_number": ("UPN", "Former UPN", "U.P.N.", "ULN", "Unique Pupil Number", "Pupil No.", "Rhif unigryw disgybl"),
    "nhs_number": ("NHS No", "NHSNumber", "nhs_number", "Rhif GIG", "Rhif y GIG"),
    "national_insurance": ("NI Number", "N.I. No.", "National Insurance No", "NINO", "Rhif Yswiriant Gwladol"),
    "registration_number": (
        "EWC number", "EWC Registration No", "Registration number", "DBS certificate number", "PIN", "TRN",
        "Rhif cofrestru", "Rhif CGA",
    ),
    "person_number": ("WCCIS ID", "WCCIS Person ID", "Mosaic ID", "LCS number", "Person ID", "Client No"),
    "payroll_number": ("Payroll number", "Employee ID", "Employee No", "Staff number", "Rhif cyflogres", "Rhif staff"),
    "address": ("Address", "Home Address", "Address Line 1", "UPRN", "Grid reference", "Easting", "Cyfeiriad", "Stryd"),
    "postcode": ("Postcode", "Post Code", "POST-CODE", "Cod post", "Côd Post", "Child postcode sector"),
    "school": (
        "School name", "Name of school", "LAESTAB", "DfE number", "School No", "Setting name", "Employer name",
        "Name of employer", "Enw'r ysgol", "Rhif ysgol", "Enw'r cyflogwr",
    ),
    "telephone": ("Phone", "Phone number", "Tel.", "Telephone No", "Mobile", "Contact number", "Ffôn", "Rhif ffôn"),
    "email": ("Email", "E-mail", "E-mail address", "parent_email", "Cyfeiriad e-bost", "e-bost"),
    "vehicle": ("Vehicle reg", "Vehicle registration number", "Car reg", "Cerbyd"),
    "crime_reference": ("Crime ref", "Crime Reference Number", "Court reference", "Police log no", "Cyfeirnod trosedd"),
    "incident_time": ("Incident time", "Time of incident", "Amser y digwyddiad"),
    "free_text": (
        "Notes", "Comments", "Narrative", "Free text", "Minutes text", "Case notes", "Details of allegation",
        "Allegation details", "Nodiadau", "Sylwadau", "Testun rhydd",
    ),
    "photograph": ("Photo", "Photograph", "Attachments", "Ffotograff", "Atodiad"),
    "ip_address": ("IP", "IP address", "Cyfeiriad IP"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "header"), [(kind, header) for kind in ANNOUNCED for header in ANNOUNCED[kind]])
def test_a_header_that_announces_an_identifier_is_seen(kind: Identifier, header: str) -> None:
    assert of_header(header) == kind


def declared() -> Iterator[str]:
    for table in extract_format.tables().values():
        for column in table.columns.values():
            plain = column.name.replace("_", " ")
            yield from (column.name, plain.title(), plain.upper(), column.labels["en"], column.labels["cy"])


def test_no_header_of_the_format_announces_one_in_either_language() -> None:
    headers = list(declared())
    assert len(headers) > 700
    assert [header for header in headers if of_header(header)] == []


@pytest.mark.parametrize(
    "header",
    [
        "Date Rec'd", "Ref Date", "Ref No", "Case Ref", "Case Number", "Case ID", "ID", "No.", "Cyfeirnod yr achos",
        "Dyddiad derbyn", "Setting type", "Type of school", "School type", "Role", "Rôl / Grŵp staff", "Job title",
        "Designation", "Post held", "Canlyniad", "Band oedran", "Age band", "Age group", "Darpariaeth ADY/AAA",
        "Local Authority Name", "LA name", "Team name", "Enw'r awdurdod", "Source of referral", "Referred by",
        "Minutes circulated", "Notes on file", "Comments recorded Y/N", "Minutes date", "Outcome description",
        "Initial meeting", "Initial strategy meeting date", "Police involved", "DBS referral date", "EWC referral",
        "Registration ended", "NHS involved", "Named contact", "Number of contacts", "E-mail sent date",
        "Advised by e-mail", "Date of incident", "Adult ID", "Child ID", "Case reference number", "", " ",
    ],
)  # fmt: skip
def test_an_ordinary_header_announces_none(header: str) -> None:
    assert of_header(header) is None


# Columns


def with_check_digit(nine: int) -> str:
    """An NHS number made from nine digits that have one."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), f"{nine:09}", strict=True)) % 11
    return f"{nine:09}{rest % 11}" if rest != 10 else with_check_digit(nine + 1)


NHS = [with_check_digit(n) for n in range(400_000_000, 400_070_000, 7_000)]
RANDOM_TENS = [str(random.Random(seed).randrange(10**9, 10**10)) for seed in range(400)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["N", "someone@example.org", None], {"email": 1}),
        (["01437 764551", "(029) 2087 2087", "07700900123", "+44 7700 900 123", "0044 1437 764551"], {"telephone": 5}),
        (["7700900123", "7700900124", "7700900126"], {"telephone": 3}),  # Excel took the nought away
        (["QQ123456C", "AB 12 34 56 C", "ab123456d"], {"national_insurance": 2}),
        (["SA61 1TP", "cf103nd", "near SA1 3SN"], {"postcode": 3}),
        (["SA61 1", "CF10 3", "LL57 2"], {"postcode": 3}),
        (["B801200005001", "A801200005001"], {"pupil_number": 1}),  # the second has the wrong letter
        (["Mrs Jones", "HEAD"], {"titled_name": 1}),
        (["10.0.0.15", "2001:0db8:0000:0000:0000:ff00:0042:8329"], {"ip_address": 2}),
        (["CP12 ABC", "CP12ABC"], {"vehicle": 2}),
        (["11/123456A", "NPT-20110403-0123"], {"crime_reference": 2}),
        (["DOB 03/04/2009", "born 3 April 2009", "ganwyd ar 3 Ebrill 2009"], {"birth_date": 3}),
        (["J.S.", "A. B.", "C.D.E."], {"initials": 3}),
    ],
)
def test_a_column_that_holds_identifiers_is_seen(cells: list[str | None], expected: dict[Identifier, int]) -> None:
    assert kinds(*cells) == expected


def test_a_pupil_number_has_its_own_check_letter() -> None:
    """Worked by hand for a Welsh authority: 6·2 + 6·3 + 0·4 + 4·5 + 0·6 + 0·7 + 1·8 + 0·9 + 9·10 + 0·11 + 0·12 + 1·13
    = 161 = 7·23 + 0, so A; with the temporary letter H (worth 7) in the last place 148 + 91 = 239 = 10·23 + 9, so K."""
    assert kinds("A660400109001") == {"pupil_number": 1}
    assert kinds("K66040010900H") == {"pupil_number": 1}
    assert kinds("B660400109001", "A66040010900H") == {}


def test_ten_digits_are_nhs_numbers_by_the_column() -> None:
    assert kinds(*NHS) == {"nhs_number": len(NHS)}
    assert kinds(*NHS[:5], "1234567890") == {"nhs_number": 6}  # one mistyped among them
    assert kinds(*NHS[:2]) == {}  # of two nothing can be said
    assert kinds(f"{NHS[0][:3]} {NHS[0][3:6]} {NHS[0][6:]}") == {"nhs_number": 1}  # written as on a letter


def test_ten_digit_numbers_that_are_only_numbers_are_let_through() -> None:
    own = [number for number in RANDOM_TENS if not number.startswith("7")]
    assert kinds(*own) == {}
    for size in (3, 5, 10, 20):
        parts = [own[at : at + size] for at in range(0, len(own), size)]
        assert sum(kinds(*part) != {} for part in parts) <= 1


@pytest.mark.parametrize(
    "cells",
    [
        ["HEAD", "Siân Jones"],
        ["JONES, SIAN"],
        ["Jones, S."],
        ["Referred by Sarah"],
        ["Siân", "Dafydd", "Mair"],
        ["Gwenno Prys", "Idris Penhallow", "Zofia Nowak", "Tegwen ap Rowe", "Prosser, Aurel"],
    ],
)
def test_names_of_people_are_seen(cells: list[str]) -> None:
    assert list(kinds(*cells)) == ["name"]


def test_free_text_is_seen_by_its_sentences() -> None:
    sentence = "The child said that the teacher had shouted at him in the hall"
    assert kinds(*[sentence] * 3, "N", "Y") == {"free_text": 3}
    assert kinds(sentence, *["N"] * 9) == {}
    assert kinds(f"{sentence}, and then that nobody had listened to him when he told them so", *["N"] * 9) == {
        "free_text": 1
    }


LABELS = [
    label
    for listed in extract_format.codes().values()
    for code, labels in listed.items()
    for label in (code, labels["en"], labels["cy"], f"{code} {labels['en']}".upper())
]


def test_labels_and_areas_of_the_format_are_no_names_and_no_text() -> None:
    areas = [label for area in extract_format.areas().values() for label in (area.labels["en"], area.labels["cy"])]
    for listed in extract_format.codes().values():
        for lang in ("en", "cy"):
            assert of_column([labels[lang] for labels in listed.values()] * 2, known_words()) == []  # type: ignore[literal-required]
    assert of_column(areas, known_words()) == []


@pytest.mark.parametrize(
    "cells",
    [
        ["Head Teacher", "Social Services", "Youth Worker", "Foster Carer", "Class Teacher", "Teaching Assistant"],
        ["Isle of Anglesey", "Rhondda Cynon Taf", "Vale of Glamorgan", "Cyngor Sir Benfro", "Merthyr Tydfil"],
        ["Not Upheld", "No Further Action", "Wedi Cau", "Heb Ei Gadarnhau", "Subst.", "NFA", "2A SCHOOLS", "CC/LSA"],
        ["Social services, Police, Education, HR, Legal, Health, Employer"],
        ["Physical; Emotional; Neglect; Sexual; Financial; Online; Conduct or suitability"],
        ["<5", "*", "[c]", "-", "N/A", "N.A.", "Total 25", "Cyfanswm", "KS2 2nd", "T4 1st", "5.1.2.3", "FY24 APR"],
    ],
)
def test_words_of_work_are_let_through(cells: list[str]) -> None:
    assert of_column(cells, known_words()) == []


DATES = st.dates(date(1900, 1, 1), date(2040, 12, 31))
FORMS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%d-%b-%y", "%d %B %Y", "%B %d, %Y",
    "%a %d %b %Y", "%b %Y", "%Y%m%d", "%Y-%m-%d 00:00:00", "%d/%m/%Y 09:30", "%d.%m.%Y 09.30", "%d-%m-%Y 0930",
    "%d%m%Y0930", "%Y-%m-%dT09:30:00.000", "%d Ebrill %Y", "Ebr %Y",
)  # fmt: skip
SERIALS = st.integers(1, 60_000).flatmap(lambda day: st.sampled_from([f"{day}", f"{day}.0833333333333333", f"{day}.5"]))
COLUMNS = st.one_of(
    st.lists(st.from_regex(r"[a-z]_[0-9a-f]{16}", fullmatch=True)),
    st.lists(st.from_regex(r"[a-z]_[0-9]{16}", fullmatch=True)),  # opaque, and looks like any number there is
    st.lists(st.builds(date.strftime, DATES, st.sampled_from(FORMS))),
    st.sampled_from(FORMS).flatmap(lambda form: st.lists(st.builds(date.strftime, DATES, st.just(form)))),
    st.lists(SERIALS),
    st.lists(st.floats(0, 1, exclude_max=True).map(lambda part: f"{part:.10f}")),
    st.lists(st.times().map(lambda time: time.isoformat("minutes"))),
    st.lists(st.integers(-5, 10**8).map(str)),
    st.lists(st.sampled_from(LABELS)),
    st.sampled_from([list(listed) for listed in extract_format.codes().values()]).flatmap(
        lambda codes: st.lists(st.lists(st.sampled_from(codes), min_size=1, max_size=4).map(";".join))
    ),
    st.lists(st.sampled_from(list(extract_format.areas()))),
    st.lists(st.sampled_from([None, "", " ", "\u00a0", "Y", "N", "Oes", "Nac oes", "TRUE", "-1", "n/a", "NULL"])),
)


@settings(max_examples=60)
@given(COLUMNS)
def test_no_column_of_the_format_is_ever_a_hit(cells: list[str | None]) -> None:
    assert of_column(cells, known_words()) == []


@given(cells=COLUMNS, at=st.integers(0, 99))
def test_one_address_among_any_other_cells_is_seen_where_it_stands(cells: list[str | None], at: int) -> None:
    at = min(at, len(cells))
    (hit,) = of_column([*cells[:at], "someone@example.org", *cells[at:]], known_words())
    assert (hit.kind, hit.rows) == ("email", (at,))


def test_no_column_of_any_sample_is_a_hit() -> None:
    columns = 0
    for name, table in _sample_tables():
        header, *rows = csv.reader(io.StringIO(table))
        for at, head in enumerate(header):
            columns += 1
            assert of_column([row[at] or None for row in rows]) == [], f"{name} {head}"
    assert columns > 2000


def _sample_tables() -> Iterator[tuple[str, str]]:
    for path in SAMPLES.rglob("*.csv"):
        yield path.name, path.read_text("utf-8")
    for path in (SAMPLES / "region").glob("*.zip"):
        with zipfile.ZipFile(path) as packed:
            yield from ((name, packed.read(name).decode()) for name in packed.namelist())


def test_notes_are_free_text_and_a_nation_s_tables_are_nothing() -> None:
    notes = [f"Case {n} was seen on 3 April by worker 7 of team A1 at noon" for n in range(9_000)]
    assert [hit.kind for hit in of_column(notes, known_words())] == ["free_text"]
    days = [str(date(2024, 1, 1) + timedelta(n)) for n in range(900)]
    ids = [f"c_{n * 7919:016x}" for n in range(20_000)]
    columns = [ids, [days[n % 900] for n in range(20_000)], ["OPEN", "CLOSED"] * 10_000, [None] * 20_000]
    assert [of_column(column, known_words()) for column in columns] == [[]] * 4


HANGS = 10

NASTY = (
    "x", "x ", "x@", "@",
    "a.", "0", "0 ", "01 ", "7", "1.", "12.", "a:", "0:", "A", "A ", "A1", "AB12 ", "Mr ", "born ",
    "d.o.b.",
    "Jones ", "Jones, ", "é", "'", "’x", "-", ";", ",", "_", "A_", "\u00a0", "+44", "(0)", "SA1 ", "x\n",
)  # fmt: skip


@pytest.mark.parametrize("unit", NASTY)
def test_the_longest_cell_and_header_do_not_hang_a_search(unit: str) -> None:
    cell = (unit * 32_767)[:32_767]
    began = process_time()
    of_column([cell, f"{cell[1:]}y", f"{cell[1:]}1"], known_words())
    of_header(cell)
    found(cell)
    assert process_time() - began < HANGS, "a search that goes back over what it read takes minutes"


# What a file is told


def refused(**columns: Sequence[str | None]) -> list[Reason]:
    """Why a sheet of cases is refused whose columns have these headers and cells."""
    cells = {str(at): [name.replace("_", " "), *column] for at, (name, column) in enumerate(columns.items())}
    try:
        refuse_identifiers([(1, Sheet("cases", pl.DataFrame(cells), "utf-8"), "cases")])
    except Refused as refusal:
        return list(refusal.reasons)
    return []


def test_a_column_is_named_by_its_place_kind_and_rows_and_by_no_value() -> None:
    reasons = refused(
        case_id=["c_0123456789abcdef", "c_0123456789abcdee", None],
        Child_name=["Gwenno Prys", None, "Idris"],
        outcome_code=["SUB", "someone@example.org", None],
    )
    assert [(reason.key, reason.values) for reason in reasons] == [
        ("door.holds_name", {"column": "cases!B", "rows": 2}),
        ("door.holds_email", {"column": "cases!C", "rows": 1}),
    ]
    said = " ".join(reason.says(lang) for reason in reasons for lang in ("en", "cy"))
    assert "cases!B" in said
    assert not any(value in said for value in ("Gwenno", "Idris", "someone", "Child name"))


def test_a_system_s_numbers_may_come_once_they_are_keyed() -> None:
    assert refused(case_id=["c_0123456789abcdef"], WCCIS_person_ID=["a_0123456789abcdef"]) == []
    (reason,) = refused(case_id=["c_0123456789abcdef"], WCCIS_person_ID=["123456"])
    assert reason.key == "door.holds_person_number"


@pytest.mark.parametrize("kind", [*ANNOUNCED, "titled_name"])
def test_every_kind_has_its_sentence_in_both_languages(kind: str) -> None:
    english, welsh = (say(lang, f"door.holds_{kind}", column="cases!F", rows=2) for lang in ("en", "cy"))
    assert english != welsh
