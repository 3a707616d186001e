"""Every question of the board and every finding of 2011, with what answers it on the 2011 sample: a page of the docs.

Knows which columns there are. Refuses to answer by itself: sentences come from the release as the pages have them.

    python -m pipelines.questions_page     writes docs/generated/questions.md and questions.cy.md
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from assurance import facts, figures, period, replay, sentence, since, words
from assurance import release as releases
from assurance.agenda import Item
from assurance.facts import Fact
from assurance.figures import Figure
from assurance.release import Area, Release
from assurance.words import Language, say
from pipelines import load, markdown, publish
from pipelines.judge import Judge
from pipelines.store import Store

SAMPLE: Final = Path(__file__).parent.parent / "data" / "sample" / "2011"
PAGES: Final[dict[Language, Path]] = {
    "en": markdown.FOLDER / "questions.md",
    "cy": markdown.FOLDER / "questions.cy.md",
}


def written(release: Release, lang: Language) -> str:
    """The page for a release that holds one area."""
    area = release.areas[0]
    found = figures.at_once(release, area, period.ALL)
    again = since.of(release, release, area)  # the same data published again, so that there is something to compare
    known = facts.of(release, area, period.ALL, len(again.restated))
    parts = [f"# {say(lang, 'agenda.doc_title')}", say(lang, "agenda.doc_intro")]
    for key, items in (("questions", release.questions), ("findings", release.findings)):
        parts += [f"## {say(lang, f'agenda.doc_{key}')}", _table(items, release, area, found, known, lang)]
    return "\n\n".join(parts) + "\n"


def _table(
    items: Sequence[Item],
    release: Release,
    area: Area,
    found: dict[str, Figure],
    known: dict[str, Fact],
    lang: Language,
) -> str:
    headers = [say(lang, f"agenda.doc_header_{name}") for name in ("item", "indicator", "page", "figure", "first")]
    rows = [row for item in items for row in _rows(item, release, area, found, known, lang)]
    return "\n".join(markdown.table(headers, rows))


def _rows(
    item: Item, release: Release, area: Area, found: dict[str, Figure], known: dict[str, Fact], lang: Language
) -> Iterator[list[str]]:
    name = say(lang, "agenda.numbered", number=item.number, text=item.text[lang])
    for slug in item.indicators:
        definition = release.definitions[slug]
        seen = replay.first_seen(release, definition, area)
        yield [
            name,
            say(lang, "pages.definition_of", id=definition.id, title=definition.title[lang]),
            words.say(lang, f"frame.page_{definition.section}"),
            sentence.finding(found[slug], lang),
            period.label(seen.month, lang) if seen and seen.month else "–",
        ]
        name = ""
    for each in item.facts:
        fact = known[each]
        yield [name, fact.id or "–", words.say(lang, f"frame.page_{fact.page}"), facts.says(fact, lang), "–"]
        name = ""
    if item.page:
        seen_in = say(lang, "agenda.doc_findings_below")
        yield [name, "–", words.say(lang, f"frame.page_{item.page}"), seen_in, "–"]


def main() -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        load.load(store, [SAMPLE], Judge())
        publish.publish(store, "For the page")
        for lang, path in PAGES.items():
            markdown.write(path, written(releases.open(store.path), lang))


if __name__ == "__main__":
    main()
