"""What publishing an extract would change: each headline figure now and after, each past one that reads otherwise.

Knows how to try it: a store beside the real one, which has everything that it has and this extract as well, is built,
compared, and thrown away. Refuses to keep anything.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from assurance import figures, period, release, sentence, since
from assurance.figures import Figure
from assurance.release import Area, Release
from assurance.words import Language
from pipelines import build, load, publish
from pipelines.judge import Judge
from pipelines.store import Store

SHARED: Final = ("loads", "releases")
"""What a trial only reads, and need not copy."""

Changes = dict[str, Any]
"""``{area, period, headlines, restated, turned}``; of a headline and of a past figure what it was (None where there was
none) and would be, in words."""


def preview(
    store: Store, paths: Sequence[Path], judge: Judge, options: load.Options
) -> tuple[load.Verdict, Changes | None]:
    """The verdict on the extract in ``paths``, and what publishing it would change in its area; None where it is
    refused."""
    with _beside(store) as trial:
        verdict = load.load(trial, paths, judge, options)
        if not verdict.accepted or verdict.load is None:
            return verdict, None
        area = release.manifest(trial.load(verdict.load))["area"]
        before = release.open(store.path) if store.publications.lines() else None
        name = build.build(trial, options.progress)
        if before is None or before.id != name:
            publish.publish(trial, "trial", name)
        verdict = verdict if verdict.already_held else replace(verdict, load=None)  # nothing is kept
        return verdict, _changes(release.open(trial.path), before, area, options.lang)


@contextmanager
def _beside(store: Store) -> Iterator[Store]:
    """A store that has all that ``store`` has. It lies on the store's own bench, where what is left of a killed command
    is cleared away."""
    with ExitStack() as stack:
        bench = stack.enter_context(store.at_work()) if store.path.exists() else None
        trial = Store(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="trial-", dir=bench))))
        for ledger in store.ledgers:
            if ledger.folder.is_dir():
                shutil.copytree(ledger.folder, trial.path / ledger.folder.name)
        for kind in SHARED:
            (trial.path / kind).mkdir()
            for held in (store.path / kind).glob("*"):
                (trial.path / kind / held.name).symlink_to(held.resolve(), target_is_directory=True)
        yield trial


def _changes(after: Release, before: Release | None, code: str, lang: Language) -> Changes:
    area, shown = after.area(code), after.default_period(code)
    found = since.of(after, before, area)
    return {
        "area": code,
        "period": period.label(shown, lang),
        "headlines": [_pair(now, then, lang) for now, then in _headlines(after, before, area, shown)],
        "restated": [_pair(each.now, each.then, lang) for each in found.restated],
        "turned": [each.figure.definition.title[lang] for each in found.turned],
    }


def _headlines(
    after: Release, before: Release | None, area: Area, shown: str
) -> Iterator[tuple[Figure, Figure | None]]:
    was = next((each for each in before.areas if each.code == area.code), None) if before else None
    for definition in after.at_a_glance:
        then = None
        if before and was and shown in before.periods and definition.slug in before.definitions:
            then = figures.figure(before, before.definitions[definition.slug], was, shown)
        yield figures.figure(after, definition, area, shown), then


def _pair(now: Figure, then: Figure | None, lang: Language) -> dict[str, Any]:
    says, said = _says(now, lang), _says(then, lang) if then else None
    about = {
        "indicator": now.definition.id,
        "title": now.definition.title[lang],
        "period": period.label(now.period, lang),
    }
    return {**about, "before": said, "after": says, "is_changed": says != said}


def _says(figure: Figure, lang: Language) -> str:
    """The value with its counts, such as "44% (11 of 25)"."""
    value, states = sentence.value(figure, lang), sentence.states(figure, lang)
    return value if value == states else f"{value} ({states})"
