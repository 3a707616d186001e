"""The command line: what the pages can do. Exit codes: 0 accepted or done, 1 refused, 2 usage, 3 failed."""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from assurance import figures, release, words
from assurance.errors import Refused, refused
from pipelines import build, difference, load, preview, publish, read, restore, worker
from pipelines.guard import limit_this_process
from pipelines.judge import Judge
from pipelines.store import Store
from registers import command as register

SAMPLE: Final = Path(__file__).parent.parent / "data" / "sample" / "2011"
DONE, REFUSED, CRASHED = 0, 1, 3


def store_path() -> Path:
    """Where the record is: ``SAFEGUARDING_STORE``, by default ``store`` beside the program's folders."""
    return Path(os.environ.get("SAFEGUARDING_STORE") or Path(__file__).parent.parent / "store")


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    limit_this_process()
    try:
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except Refused as fault:
        return _say_why_not(chosen, fault.says(chosen.lang), REFUSED)
    except BrokenPipeError:  # the reader of a long list has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:  # its own words may quote a value
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return _say_why_not(
            chosen, words.say(chosen.lang, "load.crashed", kind=type(fault).__name__, place=where), CRASHED
        )
    return code


def _say_why_not(chosen: argparse.Namespace, why: str, code: int) -> int:
    if chosen.json:
        _print({"verdict": "refused", "refused_because": why})
    else:
        print(why, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print the result as JSON")
    common.add_argument("--lang", choices=words.LANGUAGES, default=words.DEFAULT, help="language of sentences")
    parser = argparse.ArgumentParser(prog="python -m pipelines", description="From extracts to published figures.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="command")

    def command(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        each = commands.add_parser(name, parents=[common], help=says, description=says)
        each.set_defaults(run=run)
        return each

    each = command("sample", _sample, "load and publish the invented sample, where nothing has been published")
    each.add_argument("--if-empty", action="store_true", help="do nothing, successfully, where something has been")
    for name, run, says in (
        ("check", _check, "say what would become of an extract; keep nothing"),
        ("preview", _preview, "say what publishing an extract would change; keep nothing"),
        ("load", _load, "take an extract in, or refuse it whole"),
    ):
        each = command(name, run, says)
        each.add_argument("files", nargs="+", type=Path, metavar="FILE", help="workbook, zip or folder, or CSV files")
        each.add_argument("--limit-mb", type=int, default=read.DEFAULT_LIMIT_MB, help="largest file taken")
        answer = "an answer to a question about the file, by its id and one of its options, as printed"
        each.add_argument("--answer", action="append", default=[], type=_pair, metavar="QUESTION=ANSWER", help=answer)
        rows = "write the rows in quarantine to a workbook, to be put right and loaded"
        each.add_argument("--errors-to", type=Path, metavar="FILE", help=rows)
    command("build", _build, "make the release of what is loaded")
    each = command("publish", _publish, "make the release of what is loaded current")
    each.add_argument("--why", required=True, help="the reason, kept with the publication")
    each = command("rollback", _rollback, "make an earlier release current again")
    each.add_argument("--to", type=int, metavar="NUMBER", help="a publication's number; by default the one before")
    each.add_argument("--why", default="Rollback", help="the reason, kept with the publication")
    command("releases", _releases, "list publications, and releases that none of them names")
    each = command("figures", _figures, "print every value that a page can show")
    each.add_argument("--as-known-at", type=int, metavar="NUMBER", help="a publication's number; by default the last")
    each = command("difference", _difference, "say what differs between two publications")
    each.add_argument("--from", type=int, required=True, dest="then", metavar="NUMBER", help="the earlier publication")
    each.add_argument("--to", type=int, required=True, dest="now", metavar="NUMBER", help="the later publication")
    each.add_argument("--cases", action="store_true", help="case by case too; for who may see rows")
    each = command("register", _verify, "what people decided and noted: limits that begin anew, event notes, meetings")
    register.define(each, lambda: Store(store_path()), _answer)
    command("serve", _serve, "stay warm and take commands from standard input, for the dashboard")
    each = command("verify", _verify, "look for anything in the store that is missing, added or altered")
    each.add_argument("copy", type=Path, metavar="FOLDER", nargs="?", help="a copy of a store to look at instead")
    each = command("backup", _backup, "copy the store to an empty folder, also while it is in use, and verify the copy")
    each.add_argument("copy", type=Path, metavar="FOLDER", help="the folder to make")
    each = command("restore", _restore, "fill an empty store from a copy of another, and verify it")
    each.add_argument("copy", type=Path, metavar="FOLDER", help="the copy")
    return parser


def _pair(text: str) -> tuple[str, str]:
    """A question and its answer. Raises ValueError, which says how to use the command."""
    asked, _, answer = text.rpartition("=")
    if not asked or not answer:
        raise ValueError(text)
    return asked, answer


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _answer(chosen: argparse.Namespace, value: Any, lines: Sequence[str]) -> int:
    if chosen.json:
        _print(value)
    else:
        print("\n".join(lines))
    return DONE


def _progress(chosen: argparse.Namespace) -> load.Progress:
    """Progress goes to stderr, so that what is printed stays clean."""
    return lambda key: print(worker.PROGRESS + words.say(chosen.lang, key), file=sys.stderr, flush=True)


@cache
def _warm_judge() -> Judge:
    return Judge()


def _judge(chosen: argparse.Namespace) -> Judge:
    _progress(chosen)("load.rules_loading")
    return _warm_judge()


def _serve(_: argparse.Namespace) -> int:
    worker.serve(main, _warm_judge)
    return DONE


def _check(chosen: argparse.Namespace) -> int:
    return _take_in(chosen, partial(load.check, store=Store(store_path())))


def _preview(chosen: argparse.Namespace) -> int:
    judge, code = _judge(chosen), DONE
    for paths in read.groups(chosen.files):
        verdict, changes = preview.preview(Store(store_path()), paths, judge, _options(chosen))
        code = code if verdict.accepted else REFUSED
        if chosen.json:
            _print({**verdict.as_json(chosen.lang), "changes": changes})
        else:
            _say_verdict(verdict, chosen.lang)
            _say_changes(changes, chosen.lang)
    return code


def _say_changes(changes: preview.Changes | None, lang: words.Language) -> None:
    for what in ("headlines", "restated") if changes else ():
        print(words.say(lang, f"load.{what}"))
        for each in changes[what] if changes else ():
            mark = "*" if each["is_changed"] else " "
            print(f" {mark} {each['indicator']:<5} {each['period']}: {each['before'] or '–'} → {each['after']}")


def _load(chosen: argparse.Namespace) -> int:
    return _take_in(chosen, partial(load.load, Store(store_path())))


def _take_in(chosen: argparse.Namespace, take: Callable[..., load.Verdict]) -> int:
    judge, extracts = _judge(chosen), read.groups(chosen.files)
    if chosen.errors_to and len(extracts) > 1:
        raise refused("load.one_at_a_time")
    verdicts = [take(paths, judge=judge, options=_options(chosen)) for paths in extracts]
    if chosen.json:
        results = [verdict.as_json(chosen.lang) for verdict in verdicts]
        _print(results[0] if len(results) == 1 else results)
    else:
        for verdict in verdicts:
            _say_verdict(verdict, chosen.lang)
    return DONE if all(verdict.accepted for verdict in verdicts) else REFUSED


def _options(chosen: argparse.Namespace) -> load.Options:
    return load.Options(
        limit_mb=chosen.limit_mb,
        progress=_progress(chosen),
        answers=dict(chosen.answer),
        errors_to=chosen.errors_to,
        lang=chosen.lang,
    )


def _say_verdict(verdict: load.Verdict, lang: words.Language) -> None:
    result = verdict.as_json(lang)
    for rule in result["rules"]:
        where = ", ".join(rule["places"] or [str(number) for number in rule["row_numbers"][:20]])
        where += " …" if len(rule["row_numbers"]) > 20 and not rule["places"] else ""
        print(words.say(lang, f"load.rule_{rule['on_failure']}", table=rule["table"], says=rule["says"], where=where))
        print("  " + " ".join([rule["fix"], words.say(lang, "load.owner", owner=rule["owner"])]))
    for question in result["questions"]:
        answered = question["answer"]
        print(f"{'✓' if answered else '?'} {question['says']}")
        print(f"  --answer '{question['id']}={answered or question['proposal'] or '|'.join(question['options'])}'")
    for told in [*result["readings"], *result["set_aside"]]:
        print(told["says"])
    if not verdict.accepted:
        print(words.say(lang, "load.refused", because=result["refused_because"]))
        return
    counts = {what: words.number(lang, result[what]) for what in ("read", "accepted", "quarantined")}
    print(words.say(lang, "load.accepted", **counts))
    for told in (result["ids"], result["k"] and result["k"]["says"]):
        if told:
            print(told)
    if verdict.already_held:
        print(words.say(lang, "load.already_held", load=str(verdict.load)[:12]))
    elif verdict.load:
        key = "load.superseded" if verdict.is_superseded else "load.kept"
        print(words.say(lang, key, load=verdict.load[:12]))


def _build(chosen: argparse.Namespace) -> int:
    name = build.build(Store(store_path()), _progress(chosen))
    _print({"release": name}) if chosen.json else print(words.say(chosen.lang, "load.built", release=name[:12]))
    return DONE


def _publish(chosen: argparse.Namespace) -> int:
    store = Store(store_path())
    name = build.build(store, _progress(chosen))
    return _published(chosen, publish.publish(store, chosen.why, name))


def _rollback(chosen: argparse.Namespace) -> int:
    return _published(chosen, publish.rollback(Store(store_path()), chosen.why, chosen.to))


def _published(chosen: argparse.Namespace, line: dict[str, Any]) -> int:
    notes = [note.says(chosen.lang) for note in restore.clock(Store(store_path()))]
    text = words.say(chosen.lang, "load.published", number=line["number"], release=line["release"][:12])
    return _answer(chosen, {**line, "notes": notes}, [text, *notes])


def _sample(chosen: argparse.Namespace) -> int:
    store = Store(store_path())
    if store.publications.lines():
        if chosen.if_empty:
            return DONE
        raise refused("load.not_empty")
    verdict = load.load(store, [SAMPLE], _judge(chosen), load.Options(progress=_progress(chosen)))
    if not verdict.accepted:
        raise Refused(*verdict.because)
    name = build.build(store, _progress(chosen))
    return _published(chosen, publish.publish(store, words.say(chosen.lang, "load.sample_why"), name))


def _releases(chosen: argparse.Namespace) -> int:
    store = Store(store_path())
    lines = store.publications.lines()
    unnamed = sorted(set(store.release_names()) - {line["release"] for line in lines})
    if chosen.json:
        _print({"publications": lines, "unpublished": unnamed})
        return DONE
    for line in lines:
        print(f"{line['number']:>4}  {line['published_at'][:16]}  {line['release'][:12]}  {line['why']}")
    for name in unnamed:
        print(words.say(chosen.lang, "load.unpublished", release=name[:12]))
    return DONE


def _figures(chosen: argparse.Namespace) -> int:
    opened = release.open(store_path(), chosen.as_known_at)
    shown = [figure.as_json() for figure in figures.every(opened)]
    if chosen.json:
        _print(shown)
        return DONE
    for each in shown:
        of = "" if each["N"] is None else f"/{each['N']}"
        place = f"{each['indicator']:<5} {each['area']} {each['period']:<9} {each['category']:<12}"
        print(f"{place} {each['n']}{of} {each['withheld'] or ''}")
    return DONE


def _difference(chosen: argparse.Namespace) -> int:
    found = difference.difference(store_path(), chosen.then, chosen.now, with_cases=chosen.cases)
    return _answer(chosen, found, difference.lines(found, chosen.lang))


def _verify(chosen: argparse.Namespace) -> int:
    return _verified(chosen, Store(chosen.copy, is_copy=True) if chosen.copy else Store(store_path()))


def _verified(chosen: argparse.Namespace, store: Store) -> int:
    faults, seen = restore.verify(store)
    notes = restore.notes(store)
    if chosen.json:
        told = {
            name: [each.says(chosen.lang) for each in found] for name, found in (("faults", faults), ("notes", notes))
        }
        _print({"checked": seen, **told})
    else:
        for each in (*faults, *notes):
            print(each.says(chosen.lang), file=sys.stderr)
        print(words.say(chosen.lang, "load.verified", seen=seen, faults=len(faults)))
    return REFUSED if faults else DONE


def _backup(chosen: argparse.Namespace) -> int:
    restore.copy(Store(store_path()), chosen.copy)
    return _verified(chosen, Store(chosen.copy, is_copy=True))


def _restore(chosen: argparse.Namespace) -> int:
    restore.copy(Store(chosen.copy, is_copy=True), store_path())
    return _verified(chosen, Store(store_path()))


if __name__ == "__main__":
    sys.exit(main())
