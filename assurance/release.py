"""The store as a reader sees it: what is published, and one release opened for one audience.

``open`` is the only way to data. Knows who may have which product of a release and checks its hashes before the first
read. Refuses the rest of the store: a reader for "restricted" has no path to rows.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
from pyarrow import compute, parquet

from assurance import agenda, breakdown, columns, indicator, local, period
from assurance.breakdown import Breakdown
from assurance.columns import Columns
from assurance.entries import Entry, in_force, told
from assurance.errors import Reason, Refused, refused
from assurance.indicator import Both, Definition
from assurance.warehouse import Warehouse

Audience = Literal["restricted", "cases"]
MANIFEST: Final = "manifest.json"
REGISTER: Final = "entries.json"
ACCEPTED: Final = "accepted"
ITEMS: Final = "items"
"""The folders of the rows that were accepted and of what each indicator counts, within those that only who may see rows
is given."""
LINE_HASH: Final = "hash"
"""The hash of the rest of a ledger's line, since no later line vouches for the newest. The first lines had none."""
LAST_WHOLE: Final = "store.last_whole"
"""The reason that offers the newest whole publication where the one asked for is damaged."""
INVENTED: Final = "X06"
"""How the code of an area that is not a real council begins."""
MIN_CASES_FOR_A_YEAR: Final = 10
"""Below this a year shows only "too few to judge", so a page opens on all periods instead (as percentages: N >= 10)."""

STALE_DAYS: Final = 45
"""Data older than this no longer speaks of today: a month between extracts, and two weeks to send one."""

_READS: Final = Path(__file__).parent / "reads"
_PRODUCTS: Final[Mapping[Audience, tuple[str, ...]]] = {"restricted": ("restricted",), "cases": ("restricted", "cases")}


def canonical(value: Any) -> bytes:
    """The one way a JSON value is written where its bytes are hashed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def manifest(folder: Path) -> dict[str, Any]:
    """What ``folder`` says of itself. Raises Refused if it cannot be read."""
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as fault:
        raise refused("load.damaged", name=folder.name[:12]) from fault
    return found


def ledger_lines(folder: Path) -> list[dict[str, Any]]:
    """The lines of a ledger in order. Raises Refused where the chain of hashes is broken."""
    lines: list[dict[str, Any]] = []
    before = ""
    for number, path in enumerate(sorted(folder.glob("*.json")), start=1):
        try:
            content = path.read_bytes()
            line: dict[str, Any] = json.loads(content)
        except (OSError, ValueError) as fault:
            raise refused("load.chain_broken", ledger=folder.name, number=number) from fault
        if (
            not isinstance(line, dict)
            or line.get("number") != number
            or line.get("before") != before
            or content != canonical(line)
            or not _is_as_written(line)
        ):
            raise refused("load.chain_broken", ledger=folder.name, number=number)
        lines.append(line)
        before = sha256(content)
    return lines


def _is_as_written(line: Mapping[str, Any]) -> bool:
    own = sha256(canonical({key: value for key, value in line.items() if key != LINE_HASH}))
    return bool(line.get(LINE_HASH, own) == own)


@dataclass(frozen=True)
class Publication:
    """One line of the ledger; the last is what is current."""

    number: int
    release: str
    why: str
    published_at: datetime
    loaded_on: date
    manifest: str


def publications(store: Path) -> list[Publication]:
    """Every publication, oldest first."""
    return [
        Publication(
            number=line["number"],
            release=line["release"],
            why=line["why"],
            published_at=datetime.fromisoformat(line["published_at"]),
            loaded_on=datetime.fromisoformat(line["loaded_at"]).date(),
            manifest=line["manifest"],
        )
        for line in ledger_lines(store / "publications")
    ]


@dataclass(frozen=True)
class Area:
    """An authority, a region or all of them: a code, its names, and the authorities whose counts it adds up."""

    code: str
    names: Both
    members: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """An edition of the procedures, and what it calls each outcome that it knows, by code."""

    code: str
    names: Both
    outcomes: Mapping[str, Both]


@dataclass(frozen=True)
class AreaFacts:
    """What is known of an area's data. ``quarantined``, ``read``: rows by table. ``missing_tables``: not sent by some
    member. ``silent``: the services that some member's data had and no longer has, with the day of what they last sent.
    ``never_sent``: the services that some member's data never had.
    """

    snapshot_on: date
    cases: int
    open_cases: int
    missing_tables: frozenset[str]
    quarantined: Mapping[str, int]
    read: Mapping[str, int] = field(default_factory=dict)
    silent: Mapping[str, date] = field(default_factory=dict)
    never_sent: frozenset[str] = frozenset()

    def silent_before(self, day: date, services: Sequence[str]) -> dict[str, date]:
        """Those of ``services`` that had fallen silent before ``day``, with the day of what they last sent."""
        return {each: self.silent[each] for each in services if each in self.silent and self.silent[each] < day}

    def share_quarantined(self, table: str) -> float:
        """The share of a table's rows that failed their rules, 0 to 1."""
        return self.quarantined.get(table, 0) / max(self.read.get(table, 0), 1) if table in self.read else 0.0


def open(store: Path, number: int | None = None, audience: Audience = "restricted") -> Release:
    """The release of publication ``number``, by default the current one.

    Raises Refused if nothing is published, there is no such publication, or the release is damaged; the last reason
    then names the newest publication that is whole, if one is.
    """
    published = publications(store)
    if not published:
        raise refused("load.nothing_published")
    if number is not None and not 1 <= number <= len(published):
        raise refused("load.no_such_publication", number=number)
    publication = published[-1 if number is None else number - 1]
    try:
        return _open(store / "releases" / publication.release, audience, publication)
    except Refused as fault:
        whole = last_whole(store)
        raise Refused(*fault.reasons, *([Reason(LAST_WHOLE, {"number": whole.number})] if whole else [])) from fault


def last_whole(store: Path) -> Publication | None:
    """The newest publication whose release is as it was when it was published, to show where a newer one is damaged."""
    for publication in reversed(publications(store)):
        folder = store / "releases" / publication.release
        with suppress(Refused):
            _checked(folder, publication.manifest, ("words", *_PRODUCTS["cases"]))
            return publication
    return None


@lru_cache(maxsize=16)
def _open(folder: Path, audience: Audience, publication: Publication) -> Release:
    return Release(folder, audience, publication)


class Release:
    """One release for one audience. Safe to share between threads; nothing in it changes."""

    def __init__(self, folder: Path, audience: Audience, publication: Publication) -> None:
        self.id = folder.name
        self.audience = audience
        self.publication = publication
        self.loaded_on = publication.loaded_on
        self._warehouse = Warehouse()
        contents = _checked(folder, publication.manifest, ("words", *_PRODUCTS[audience]))
        self._rows, self._items = (
            {path.stem: parquet.read_table(path) for path in contents if path.parent.name == folder}
            for folder in (ACCEPTED, ITEMS)
        )
        for path in contents:
            if path.suffix == ".parquet" and path.parent.name not in (ACCEPTED, ITEMS):
                self._warehouse.register(f"{path.parent.name}.{path.stem}", parquet.read_table(path))
        self._words = {
            str(path.relative_to(folder / "words")): path.read_text() for path in contents if path.suffix == ".toml"
        }
        self._evidence = {path.stem for path in contents if path.parent.name == "restricted"}
        register = next((path for path in contents if path.name == REGISTER), None)  # an older release has none
        self._under: dict[tuple[str, str | None], Definition] = {}
        self.entries: tuple[Entry, ...] = told(json.loads(register.read_bytes())) if register else ()

        self._add_up()

    def _add_up(self) -> None:
        """Adds the authorities' counts up to every area there is, once."""
        pairs = [(area.code, member) for area in self.areas for member in area.members]
        scopes, members = [code for code, _ in pairs], [member for _, member in pairs]
        sql = (_READS / "scopes.sql").read_text()
        added = self._warehouse.run(sql, {"scopes": scopes, "members": members}, name="scopes")
        self._warehouse.register("restricted.added_up", added)

    def read(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of one of the app's own reads, ``reads/<name>.sql``."""
        sql = (_READS / f"{name}.sql").read_text()
        rows: list[dict[str, Any]] = self._warehouse.run(sql, parameters, name=name).to_pylist()
        return rows

    def evidence(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """Like :meth:`read` of what a release says of its own data; nothing of a release made before it did."""
        return self.read(name, **parameters) if name in self._evidence else []

    def rows(self, table: str, only: Sequence[str] | None = None, **where: str) -> list[dict[str, Any]]:
        """The accepted rows of a table, of all columns or ``only`` some, where some columns have the values given.

        Raises Refused for an audience without rows, or a release made without them.
        """
        return self._given(self._rows, table, only, where)

    def items(self, slug: str, **where: str) -> list[dict[str, Any]]:
        """What an indicator counts: one row per item, with what its measure reads of it. Raises like :meth:`rows`."""
        return self._given(self._items, slug, None, where)

    def _given(
        self, tables: Mapping[str, pa.Table], name: str, only: Sequence[str] | None, where: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        if name not in tables:
            raise refused("load.no_rows", number=self.publication.number)
        table = tables[name]
        for column, value in where.items():
            table = table.filter(compute.field(column) == value)
        found: list[dict[str, Any]] = (table if only is None else table.select(only)).to_pylist()
        return found

    def of_cases(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """Like :meth:`read` of the app's reads of rows, ``reads/cases/<name>.sql``. Raises like :meth:`rows`."""
        if not self._items:
            raise refused("load.no_rows", number=self.publication.number)
        return self.read(f"cases/{name}", **parameters)

    @cached_property
    def columns(self) -> Columns:
        """What the columns of each table are called and which codes they hold; nothing in an older release."""
        return columns.parse(self._words.get("extract.toml", ""))

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """The definitions this release was made with, by slug: by section, those shown in full first, then by id."""
        own = local.read(self._words.get(local.FILE, ""))  # an older release has none
        parsed = [
            indicator.parse(Path(name).parent.name, text, own)
            for name, text in self._words.items()
            if name.endswith("definition.toml")
        ]
        return self._sections.ordered(parsed)

    @cached_property
    def _sections(self) -> indicator.Sections:
        return indicator.parse_sections(self._words["indicators/sections.toml"])

    @cached_property
    def at_a_glance(self) -> tuple[Definition, ...]:
        return tuple(self.definitions[slug] for slug in self._sections.at_a_glance)

    @cached_property
    def compared(self) -> tuple[Definition, ...]:
        return tuple(self.definitions[slug] for slug in self._sections.compared)

    def under(self, definition: Definition, area: Area) -> Definition:
        """A definition as it is under the edition of the procedures that an area follows."""
        key = (definition.slug, self.edition(area))
        if key not in self._under:
            self._under[key] = definition.under(key[1])
        return self._under[key]

    def edition(self, area: Area) -> str | None:
        """The edition that every authority of the area follows; None where they follow different ones, or none is
        known."""
        followed = self._followed(area)
        return next(iter(followed)) if len(followed) == 1 else None

    def editions(self, area: Area) -> list[Edition]:
        """The editions that the area's authorities follow, in the order of their list."""
        followed = self._followed(area)
        return [each for code, each in self._declared_editions.items() if code in followed]

    def _followed(self, area: Area) -> set[str]:
        """The edition of each authority's newest extract."""
        newest: dict[str, str] = {row["area"]: row["edition"] for row in self._editions if row["area"] in area.members}
        return set(newest.values())

    def edition_changes(self, area: Area) -> list[tuple[date, Edition]]:
        """From which day on an authority of the area has followed another edition than before, and which."""
        rows = [row for row in self._editions if row["area"] in area.members and row["since"] is not None]
        changes = sorted({(row["since"], row["edition"]) for row in rows})
        return [(since, self._declared_editions[edition]) for since, edition in changes]

    @cached_property
    def _editions(self) -> list[dict[str, Any]]:
        """One row per area and edition it has followed, oldest first."""
        return self.evidence("editions")

    @cached_property
    def _declared_editions(self) -> dict[str, Edition]:
        names = self.codes("procedure_edition")
        declared = tomllib.loads(self._words.get("editions.toml", ""))
        return {
            code: Edition(code, names[code], {each: self._outcome(each, own) for each in own["outcomes"]})
            for code, own in declared.items()
        }

    def _outcome(self, code: str, declared: Mapping[str, Any]) -> Both:
        """What an edition calls an outcome."""
        named: Both = declared.get("calls", {}).get(code) or self.codes("outcome_code")[code]
        return named

    @cached_property
    def questions(self) -> tuple[agenda.Item, ...]:
        """What the board asks; a release older than that list has none."""
        return agenda.parse(self._words.get(agenda.QUESTIONS, ""))

    @cached_property
    def findings(self) -> tuple[agenda.Item, ...]:
        """What was found in 2011, and what would have shown it."""
        return agenda.parse(self._words.get(agenda.FINDINGS, ""))

    def section(self, name: str) -> list[Definition]:
        """The definitions of one section."""
        return [each for each in self.definitions.values() if each.section == name]

    def is_in_full(self, definition: Definition) -> bool:
        """Whether its section's page shows it in full, or folded under its answer."""
        return definition.slug in self._sections.in_full

    @cached_property
    def _codes(self) -> dict[str, dict[str, Both]]:
        """The names of every code, by list."""
        return tomllib.loads(self._words["codes.toml"])

    def codes(self, name: str) -> Mapping[str, Both]:
        """The names of the codes of a list, in the order they are shown."""
        return self._codes[name]

    @cached_property
    def _breakdowns(self) -> dict[str, Breakdown]:
        return breakdown.parse(tomllib.loads(self._words["breakdowns.toml"]), self._codes)

    def breakdown(self, name: str) -> Breakdown:
        """The words of a breakdown; of a two-way one, ``a*b``, the categories of both crossed."""
        return breakdown.named(self._breakdowns, name)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The authorities that sent data, then each region with several of them, then all if there are several."""
        declared = tomllib.loads(self._words["areas.toml"])
        codes = sorted(self._facts)
        found = [Area(code, _names(declared["areas"].get(code), code), (code,)) for code in codes]
        for region, names in declared["regions"].items():
            members = tuple(code for code in codes if declared["areas"].get(code, {}).get("region") == region)
            if len(members) > 1:
                found.append(Area(region, _names(names, region), members))
        if len(codes) > 1:
            found.append(Area("all", _names(declared["all"], "all"), tuple(codes)))
        return tuple(found)

    def area(self, code: str) -> Area:
        """Raises KeyError for an area this release does not hold."""
        return next((each for each in self.areas if each.code == code), None) or _no_area(code)

    @cached_property
    def is_sample(self) -> bool:
        return all(code.startswith(INVENTED) for code in self._facts)

    @cached_property
    def snapshot_on(self) -> date:
        """The newest day that any of the data stands for."""
        newest: date = max(facts["snapshot_on"] for facts in self._facts.values())
        return newest

    @cached_property
    def _facts(self) -> dict[str, dict[str, Any]]:
        return {row["area"]: row for row in self.read("areas")}

    @cached_property
    def _received(self) -> list[tuple[str, date, int]]:
        return [(row["area"], row["month"], row["n"]) for row in self.read("received")]

    def facts(self, area: Area) -> AreaFacts:
        """What is known of an area's data: the oldest snapshot of its members counts."""
        return self._facts_of[area.code]

    @cached_property
    def _facts_of(self) -> dict[str, AreaFacts]:
        return {area.code: self._added_up(area) for area in self.areas}

    def _added_up(self, area: Area) -> AreaFacts:
        own = [self._facts[code] for code in area.members]
        quarantined: dict[str, int] = {}
        for facts in own:
            for table, rows in facts["quarantined"]:
                quarantined[table] = quarantined.get(table, 0) + rows
        return AreaFacts(
            snapshot_on=min(facts["snapshot_on"] for facts in own),
            cases=sum(facts["cases"] for facts in own),
            open_cases=sum(facts["open_cases"] for facts in own),
            missing_tables=frozenset(table for facts in own for table in facts["missing_tables"]),
            quarantined=quarantined,
            read=self._read_rows(area),
            silent=self._silent(area),
            never_sent=frozenset(
                row["service"] for row in self._services if row["area"] in area.members and row["state"] == "never"
            ),
        )

    @cached_property
    def _services(self) -> list[dict[str, Any]]:
        return self.evidence("services")

    @cached_property
    def _arrivals(self) -> list[dict[str, Any]]:
        return self.evidence("arrivals")

    def _read_rows(self, area: Area) -> dict[str, int]:
        read: dict[str, int] = {}
        for row in self._arrivals:
            if row["area"] in area.members:
                read[row["table"]] = read.get(row["table"], 0) + row["read"]
        return read

    def _silent(self, area: Area) -> dict[str, date]:
        """The earliest day counts: from then on some member's records lack."""
        lapsed = [row for row in self._services if row["area"] in area.members and row["state"] == "silent"]
        days = sorted(((row["service"], row["last_on"]) for row in lapsed), key=lambda each: each[1], reverse=True)
        return dict(days)

    def days_old(self, area: Area, today: date) -> int:
        """How long ago the oldest data of an area was true."""
        return (today - self.facts(area).snapshot_on).days

    def expired(self, area: Area) -> list[Entry]:
        """The corrections agreed on for an area that its data is past: what was sent counts again."""
        agreed = in_force(self.entries, "corrections")
        own = [each for each in agreed if each.area in area.members]
        return [each for each in own if each.has_expired(self.facts(self.area(each.area)).snapshot_on)]

    def is_stale(self, area: Area, today: date) -> bool:
        """Whether a reader has to be told that an area's data is old; invented areas do not age."""
        is_invented = all(member.startswith(INVENTED) for member in area.members)
        return not is_invented and self.days_old(area, today) > STALE_DAYS

    def cases_received(self, area: Area, code: str) -> int:
        """Cases received in a period."""
        first, last = period.parse(code)
        return sum(n for member, month, n in self._received if member in area.members and first <= month <= last)

    def first_month(self, area: Area) -> date:
        """The first month in which any of the area's authorities received a case; the snapshot's if none ever did."""
        months = [month for member, month, _ in self._received if member in area.members]
        return min(months, default=self.snapshot_on.replace(day=1))

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """Every period the release can show: all, then years, quarters and months, newest first."""
        months = [month for _, month, _ in self._received]
        if not months:
            return (period.ALL,)
        return (period.ALL, *period.between(min(months), self.snapshot_on))

    def default_period(self, code: str) -> str:
        """The latest financial year with cases enough to judge, or all periods where no recent year has them."""
        area = self.area(code)
        recent = [each for each in self.periods if period.is_financial_year(each)][:2]
        return next((each for each in recent if self.cases_received(area, each) >= MIN_CASES_FOR_A_YEAR), period.ALL)


def _no_area(code: str) -> Area:
    raise KeyError(code)


def _names(declared: Mapping[str, Any] | None, code: str) -> Both:
    return {"en": declared["en"], "cy": declared["cy"]} if declared else {"en": code, "cy": code}


def manifest_hash(folder: Path) -> str:
    """The hash of a folder's manifest, which a ledger's line holds; empty where none can be read."""
    return file_hash(folder / MANIFEST)


def file_hash(path: Path) -> str:
    """Empty where the disk does not give the file, for whatever reason."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def _checked(folder: Path, expected: str, products: Sequence[str]) -> list[Path]:
    """The files of ``products``, each as it was when the release was published. Raises Refused where one is not."""
    if manifest_hash(folder) != expected:
        raise refused("load.damaged", name=folder.name[:12])
    files: dict[str, str] = manifest(folder)["files"]
    wanted = {name: digest for name, digest in files.items() if name.split("/")[0] in products}
    for name, digest in wanted.items():
        if file_hash(folder / name) != digest:
            raise refused("load.damaged", name=folder.name[:12])
    return [folder / name for name in sorted(wanted)]
