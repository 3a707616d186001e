"""One indicator on a page: answer, picture, tables, how it is worked out. The same for every indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assurance import figures, sentence, series, words
from assurance.figures import Figure, Sheet
from assurance.release import Area, Publication, Release
from assurance.words import Language, say
from pages.parts import agreement, behind, changes, chart, choices, columns, curves, html, look, noted, opened, pictures
from pages.parts.choices import Choices


@dataclass(frozen=True)
class Card:
    """What a card shows, ready to send: HTML above and below its pictures, each with the words over it."""

    slug: str
    above: str
    pictures: tuple[tuple[str, chart.Drawn], ...]
    below: str


def section(name: str) -> None:
    """Every indicator of a section, in order, for what the reader chose: some in full, the others folded."""
    shown, chosen = choices.current_release(), choices.current()
    drawn, folded = cards(shown.publication, shown, name, chosen, look.theme())
    show(drawn, folded)


def show(cards: Sequence[Card], below: str) -> None:
    """Cards, and what stands under the last of them: first all that can be read, then the charts in their places."""
    places = []
    for card in cards:
        above = card.above
        for at, (over, picture) in enumerate(card.pictures):
            html.show(above + over)
            places.append((chart.place(picture), picture, f"chart_{card.slug}_{at}"))
            above = ""
        html.show(above + card.below)
    if below:
        html.show(below)
    if places:
        chart.wait_for_readers()
    for place, picture, key in places:
        chart.show(picture, key, place)


@opened.kept
def cards(
    publication: Publication,
    shown: Release,
    name: str,
    chosen: Choices,
    tokens: look.Tokens,
) -> tuple[list[Card], str]:
    """The cards of a section's indicators in full, and the HTML of those folded, each from one sheet of figures."""
    area, code, lang = shown.area(chosen.area), chosen.period, chosen.lang
    definitions = shown.section(name)
    over_time = series.of(shown, definitions, area, code)
    drawn_in_full, folded = [], []
    for sheet in figures.sheets(shown, definitions, area, code):
        definition = sheet.whole.definition
        judged = changes.of(shown, area, sheet.whole, over_time.get(definition.slug), lang)
        if shown.is_in_full(definition):
            drawn = pictures.of(shown, area, sheet, judged, lang, tokens, chosen.present)
            drawn_in_full.append(_card(shown, area, sheet, judged, drawn, chosen))
        else:
            parts = _below(shown, area, sheet, judged, chosen, is_folded=True)
            answer = sentence.answer(sheet.whole, lang, sheet.headline)
            folded.append(html.folded(definition.title[lang], answer, *judged.told, *parts))
    heading = html.section(say(lang, "pages.also_measured"))
    return drawn_in_full, "".join([heading, *folded]) if folded else ""


def _card(
    shown: Release, area: Area, sheet: Sheet, judged: changes.Told, drawn: Sequence[chart.Drawn], chosen: Choices
) -> Card:
    whole, lang = sheet.whole, chosen.lang
    above = [
        html.section(whole.definition.title[lang]),
        html.answer(" ".join([sentence.answer(whole, lang, sheet.headline), *sentence.open_by(sheet, shown, lang)])),
        *judged.told,
        html.subtitle(sentence.place(whole.definition, area, whole.period, lang)),
    ]
    below = _below(shown, area, sheet, judged, chosen)
    over = tuple((html.subtitle(each.key), each) for each in drawn)
    return Card(whole.definition.slug, "".join(above), over, "".join(below))


def _below(
    shown: Release, area: Area, sheet: Sheet, judged: changes.Told, chosen: Choices, *, is_folded: bool = False
) -> list[str]:
    """What stands under an indicator's pictures, or under its answer where it is folded; notes on every measure only
    where a chart over time shows their day."""
    definition, until, lang = sheet.whole.definition, sheet.whole.period_to, chosen.lang
    is_drawn = not is_folded and (
        judged.events is not None or (judged.series is not None and judged.series.judged.has_limits)
    )
    own = [each for each in noted.of(shown, definition, area, until) if each.indicator or is_drawn]
    notes = noted.under(own, judged.series, lang)
    rows = behind.link(sheet.whole, chosen)
    return [*tables(shown, area, sheet, lang, chosen), rows, *judged.trace, *_basis(shown, area, sheet, lang), notes]


def _basis(shown: Release, area: Area, sheet: Sheet, lang: Language) -> list[str]:
    """How the figure is worked out, what to read with care, and what it rests on."""
    definition = sheet.whole.definition
    notes = [*sentence.targets(sheet.whole, lang), *sentence.populations(sheet.whole, shown, lang)]
    notes += sentence.supply(sheet.whole, shown, area, lang)
    line = agreement.line(shown, area, sheet.whole, lang)
    notes += [say(lang, "trust.line_of", line=line)] if line else []
    notes += [sentence.basis(sheet.whole, shown, area, lang)]
    return [
        html.care(lang, definition.how_it_is_counted[lang], definition.read_with_care[lang]),
        *[html.note(text) for text in notes],
    ]


def tables(shown: Release, area: Area, sheet: Sheet, lang: Language, chosen: Choices | None = None) -> list[str]:
    """The tables of an indicator: by period, by day where it is a duration, and by each breakdown; with ``chosen``,
    their numbers lead to the rows behind them."""
    if sheet.whole.withheld == "not_supplied":
        return []
    tables = [] if sheet.whole.definition.kind == "profile" else [_steps(area, sheet, lang, chosen)]
    if sheet.whole.definition.kind == "duration":
        tables += _milestones(shown, area, sheet.whole, lang)
    return [*tables, *[_breakdown(shown, sheet, name, lang, chosen) for name, split in sheet.splits.items() if split]]


def _steps(area: Area, sheet: Sheet, lang: Language, chosen: Choices | None) -> str:
    whole, definition = sheet.whole, sheet.whole.definition
    rows = [[sentence.step_of(step, lang), *behind.cells(step, lang, chosen)] for step in sheet.steps]
    if sheet.rest is not None:
        rows.append([say(lang, "figures.rest"), *columns.cells(sheet.rest, lang)])
    if len(rows) > 1 and not definition.is_as_at:  # what stands at the end of a period is that of its last part
        rows.append([say(lang, "figures.total"), *behind.cells(whole, lang, chosen)])
    caption = sentence.place(definition, area, whole.period, lang)
    headers = [say(lang, "figures.period_header"), *columns.headers(definition, lang)]
    return html.table(caption, headers, rows, caption_seen=False)


def _milestones(shown: Release, area: Area, whole: Figure, lang: Language) -> list[str]:
    headers, rows = curves.milestones(whole, figures.year_before(shown, area, whole), lang)
    return [html.table(say(lang, "pages.by_day"), headers, rows)] if rows else []


def _breakdown(shown: Release, sheet: Sheet, name: str, lang: Language, chosen: Choices | None) -> str:
    about = "".join(html.note(text) for text in _about(sheet, name, lang))
    if "*" in name:
        return _matrix(shown, sheet.splits[name], name, lang, chosen) + about
    words_of, split, definition = shown.breakdown(name), sheet.splits[name], sheet.whole.definition
    rows = [[words_of.labels[each.category][lang], *behind.cells(each, lang, chosen)] for each in split]
    headers = [words_of.header[lang], *columns.headers(definition, lang)]
    table = html.table(words_of.by[lang], headers, rows, caption_seen=False)
    has_shares = any(each.value is not None for each in split)  # without, no chart shows them
    is_open = (definition.kind == "profile" and not has_shares) or (
        definition.kind == "stock" and not definition.denominator
    )
    return html.folded(words_of.by[lang], "", table, about, is_open=is_open)


def _about(sheet: Sheet, name: str, lang: Language) -> list[str]:
    """What a profile's table leaves out, and whether its rows overlap."""
    known = sheet.coverage.get(name)
    if known is None:
        return []
    unknown, in_all = known.states["not_known"], sum(known.states.values())
    n, N = words.number(lang, unknown), words.number(lang, in_all)
    told = [say(lang, "figures.not_known_of", n=n, N=N)] if unknown else []
    return [*told, say(lang, "figures.many")] if name in sheet.whole.definition.several else told


def _matrix(shown: Release, split: Sequence[Figure], name: str, lang: Language, chosen: Choices | None) -> str:
    """Two breakdowns crossed: how many of each pair, and a total for each row."""
    first, second = (shown.breakdown(each) for each in name.split("*"))
    counted = {tuple(each.category.split("*")): each for each in split}
    across = [code for code in second.labels if any(column == code for _, column in counted)]
    down = [code for code in first.labels if any(row == code for row, _ in counted)]
    cells = []
    for row in down:
        found = [counted.get((row, column)) for column in across]
        total = words.number(lang, sum(each.n or 0 for each in found if each))
        cells.append([first.labels[row][lang], *[behind.number(each, lang, chosen) for each in found], total])
    headers = [
        first.header[lang],
        *[second.labels[column][lang] for column in across],
        say(lang, "figures.total_header"),
    ]
    return html.table(first.by[lang], headers, cells)
