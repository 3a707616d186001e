"""An analyst brings a month in: a bad file is explained, a good one is kept, published, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from assurance.words import say
from pipelines.store import Store
from tests.browser.axe import violations
from tests.browser.live import Opener, served

PATIENCE = 60_000  # the worker's first answer waits for Great Expectations


def upload(page: Page, folder: Path) -> None:
    page.set_input_files("input[type=file]", sorted(folder.glob("*.csv")))


def test_a_bad_file_is_explained_and_nothing_is_kept(
    visit: Opener, own_store: Store, extract: Callable[..., Path], tmp_path: Path
) -> None:
    folder = extract()
    (folder / "cases.csv").write_text((folder / "cases.csv").read_text().replace("exit_type", "surname", 1))
    with served(own_store.path, tmp_path / "log.txt") as base:
        page = visit(f"{base}/upload?lang=cy")
        upload(page, folder)
        expect(page.get_by_text(say("cy", "pages.checked_refused"))).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text("cases!", exact=False).first).to_be_visible()
        assert "surname" not in page.content()
        expect(page.get_by_role("button", name=say("cy", "pages.keep"))).to_have_count(0)
    assert len(own_store.received.lines()) == 1


def test_a_good_file_is_checked_kept_published_and_taken_back(
    visit: Opener, own_store: Store, extract: Callable[..., Path], tmp_path: Path
) -> None:
    folder = extract(extract=[(0, "snapshot_date", "2011-08-31")], advice=[(0, "advice_value", "PERHAPS")])
    with served(own_store.path, tmp_path / "log.txt") as base:
        page = visit(f"{base}/upload")
        upload(page, folder)
        counts = say("en", "pages.checked_accepted", read="517", accepted="516", quarantined="1")
        expect(page.get_by_text(counts)).to_be_visible(timeout=PATIENCE)
        page.get_by_role("button", name=say("en", "pages.keep")).click()
        expect(page.get_by_text("It is not shown until it is published.")).to_be_visible(timeout=PATIENCE)
        publish = page.get_by_role("button", name=say("en", "pages.publish"), exact=True)
        publish.click()
        expect(page.get_by_text(say("en", "pages.why_needed"))).to_be_visible()
        page.get_by_label(say("en", "pages.why_publish")).fill("August")
        publish.click()
        expect(page.get_by_text(say("en", "pages.published", number=2))).to_be_visible(timeout=PATIENCE)
        expect(visit(f"{base}/timeliness").get_by_text("Data to 31 August 2011")).to_be_visible()
        page.get_by_role("button", name=say("en", "pages.rollback")).click()
        expect(page.get_by_text(say("en", "pages.published", number=3))).to_be_visible(timeout=PATIENCE)
        expect(visit(f"{base}/timeliness").get_by_text("Data to 31 July 2011")).to_be_visible()
        expect(visit(f"{base}/timeliness?as=2").get_by_text("Data to 31 August 2011")).to_be_visible()


def test_a_file_with_questions_is_answered_and_its_rows_are_put_right_by_whoever_owns_them(
    visit: Opener, own_store: Store, extract: Callable[..., Path], tmp_path: Path
) -> None:
    folder = extract(extract=[(0, "snapshot_date", "2011-08-31")], advice=[(0, "advice_value", "PERHAPS")])
    text = (folder / "cases.csv").read_text()
    (folder / "cases.csv").write_text(text.replace("exit_type", "How they went", 1))
    with served(own_store.path, tmp_path / "log.txt") as base:
        page = visit(f"{base}/upload")
        upload(page, folder)
        send = page.get_by_role("button", name=say("en", "pages.questions_send"))
        expect(send).to_be_visible(timeout=PATIENCE)
        assert "How they went" not in page.content()
        assert violations(page) == []
        page.get_by_role("combobox").first.click()
        page.get_by_role("option").filter(has_text="(likely)").click()
        send.click()
        expect(page.get_by_role("button", name=say("en", "pages.keep"))).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text(say("en", "pages.changes_headlines"))).to_be_visible()
        with page.expect_download() as saved:
            page.get_by_role("button", name=say("en", "pages.errors_download")).click()
        saved.value.save_as(tmp_path / "rows.xlsx")
        page.get_by_role("button", name=say("en", "pages.keep")).click()
        expect(page.get_by_text("It is not shown until it is published.")).to_be_visible(timeout=PATIENCE)
        put_right(tmp_path / "rows.xlsx", "advice", "advice_value", "NO_VIEW")
        page = visit(f"{base}/upload")
        page.set_input_files("input[type=file]", tmp_path / "rows.xlsx")
        counts = say("en", "pages.checked_accepted", read="517", accepted="517", quarantined="0")
        expect(page.get_by_text(counts)).to_be_visible(timeout=PATIENCE)


def put_right(path: Path, table: str, column: str, value: str) -> None:
    """Writes a value into the one row of a table, as somebody does with a spreadsheet."""
    book = CalamineWorkbook.from_path(str(path))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    header, row = sheets[table]
    row[header.index(column)] = value
    with xlsxwriter.Workbook(path) as again:
        for name, rows in sheets.items():
            own = again.add_worksheet(name)
            for at, cells in enumerate(rows):
                own.write_row(at, 0, cells)


def test_an_empty_store_offers_the_sample_and_shows_it(visit: Opener, tmp_path: Path) -> None:
    with served(tmp_path / "store", tmp_path / "log.txt") as base:
        page = visit(base + "/")
        page.get_by_role("button", name=say("en", "frame.open_sample")).click()
        expect(page.get_by_text("In 3 cases", exact=False)).to_be_visible(timeout=PATIENCE)
