"""Whatever a reader is told, they are told it in both languages: catalogues, definitions and rules.

Code names a message by a text ("frame.menu") or by a text with a part left open (f"frame.page_{name}"). An open part
must be filled by a word that stands somewhere in the code or the definitions, so a message nobody can ask for is found.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from assurance.words import LANGUAGES
from tests.conftest import ROOT

LOCALES = ROOT / "locales"
DOMAINS = sorted(path.stem for path in (LOCALES / "en" / "LC_MESSAGES").glob("*.po"))
PLURALS = {"en": 2, "cy": 6}
"""One and more; none, one, two, three, six and more."""

CODE = [
    ROOT / "app.py",
    ROOT / "asgi.py",
    *(
        path
        for folder in ("assurance", "pages", "pipelines", "registers")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ),
]
KEY = re.compile(rf"({'|'.join(DOMAINS)})\.\w+")
ASKS = ("say", "say_count", "Reason", "refused", "progress")
"""What is called with a message's key."""

FILE_ENDINGS = ("js", "css", "py", "sql", "csv", "parquet")
"""A text such as "frame.js" is a file and no key."""

MAY_BE_ALIKE = 1
"""Words: a name or a borrowed word is often the same in both languages, a sentence never."""


@cache
def catalogue(lang: str, domain: str) -> Catalog:
    with (LOCALES / lang / "LC_MESSAGES" / f"{domain}.po").open("rb") as source:
        return read_po(source, locale=lang, domain=domain)


def messages(lang: str, domain: str) -> dict[str, tuple[str, ...]]:
    """Every message of a catalogue: its text, or its texts by plural form."""
    return {_key(each): _forms(each) for each in catalogue(lang, domain) if each.id}


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def has_words(text: str) -> bool:
    """Whether anything but names of values and signs is left to translate."""
    return bool(re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", text)))


ENGLISH = {key: forms for domain in DOMAINS for key, forms in messages("en", domain).items()}
WELSH = {key: forms for domain in DOMAINS for key, forms in messages("cy", domain).items()}


# Catalogues


def test_there_are_the_same_catalogues_in_both_languages() -> None:
    assert sorted(path.name for path in LOCALES.iterdir()) == sorted(LANGUAGES)
    assert sorted(path.stem for path in (LOCALES / "cy" / "LC_MESSAGES").glob("*.po")) == DOMAINS
    assert len(ENGLISH) > 100


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_messages_in_the_same_order(domain: str) -> None:
    assert list(messages("en", domain)) == list(messages("cy", domain))
    assert [key for key in messages("en", domain) if not key.startswith(f"{domain}.")] == []


@pytest.mark.parametrize(("lang", "domain"), product(LANGUAGES, DOMAINS))
def test_no_message_is_empty_repeated_or_marked_as_doubtful(lang: str, domain: str) -> None:
    assert [key for key, forms in messages(lang, domain).items() if not all(form.strip() for form in forms)] == []
    assert [_key(each) for each in catalogue(lang, domain) if each.id and each.fuzzy] == []
    assert list(catalogue(lang, domain).obsolete) == []
    text = (LOCALES / lang / "LC_MESSAGES" / f"{domain}.po").read_text("utf-8")
    keys = re.findall(r'^msgid "(.+)"$', text, re.M)
    assert sorted(keys) == sorted(set(keys)) == sorted(messages(lang, domain))


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_name_the_same_values(domain: str) -> None:
    english, welsh = messages("en", domain), messages("cy", domain)
    differing = {
        key
        for key, forms in english.items()
        for form in forms + welsh[key]
        if placeholders(form) - {"n"} != placeholders(forms[-1]) - {"n"}  # a form for one may say so in words
        or (len(forms) == 1 and placeholders(form) != placeholders(forms[0]))
    }
    assert differing == set()


@pytest.mark.parametrize(("lang", "domain"), product(LANGUAGES, DOMAINS))
def test_a_counted_message_has_every_plural_form_of_its_language(lang: str, domain: str) -> None:
    assert catalogue(lang, domain).num_plurals == PLURALS[lang]
    counted = {_key(each): _forms(each) for each in catalogue(lang, domain) if isinstance(each.id, tuple | list)}
    assert {key: len(forms) for key, forms in counted.items() if len(forms) != PLURALS[lang]} == {}


@pytest.mark.parametrize("key", ENGLISH)
def test_a_message_is_translated(key: str) -> None:
    for form in WELSH.get(key, ()):
        assert not _is_untranslated(ENGLISH[key], form), form


def _is_untranslated(english: tuple[str, ...], welsh: str) -> bool:
    return welsh in english and has_words(welsh) and len(re.sub(r"\{\w*\}", "", welsh).split()) > MAY_BE_ALIKE


# What code asks for


@cache
def _trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in CODE}


def _nodes(kind: type[Any]) -> Iterator[Any]:
    return (node for tree in _trees().values() for node in ast.walk(tree) if isinstance(node, kind))


@cache
def texts() -> frozenset[str]:
    """Every text in the code that is not a part of another."""
    parts = {id(part) for node in _nodes(ast.JoinedStr) for part in node.values}
    return frozenset(
        node.value for node in _nodes(ast.Constant) if isinstance(node.value, str) and id(node) not in parts
    )


OPEN = "\0"
"""Stands for the part of a key that is left open."""


@cache
def open_keys() -> frozenset[str]:
    """Every key that has a part left open."""
    written = (
        "".join(part.value if isinstance(part, ast.Constant) else OPEN for part in node.values)
        for node in _nodes(ast.JoinedStr)
    )
    return frozenset(text for text in written if KEY.fullmatch(text.replace(OPEN, "x")) and OPEN in text)


@cache
def filling() -> frozenset[str]:
    """Every word that may fill an open part: texts of code, names of modules, what definitions hold, a quarter."""
    words = {part for text in texts() for part in (text, text.rpartition(".")[2])} | {"1", "2", "3", "4"}
    for path in (ROOT / "indicators").glob("*/definition.toml"):
        words |= set(_values(tomllib.loads(path.read_text("utf-8"))))
    return frozenset(words)


def _may_fill(word: str) -> bool:
    """Whether the code holds a word, or a beginning such as "benchmark_" and the rest of it."""
    beginnings = (word[: at + 1] for at, letter in enumerate(word) if letter == "_")
    return word in filling() or any(
        beginning in filling() and word.removeprefix(beginning) in filling() for beginning in beginnings
    )


def _values(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for each in tree.values() if isinstance(tree, dict) else tree:
            yield from _values(each)


def _pattern(open_key: str) -> re.Pattern[str]:
    return re.compile(re.escape(open_key).replace(re.escape(OPEN), r"(\w+)"))


def asked_for() -> set[str]:
    """The messages that some line of code can ask for."""
    asked = set(texts() & set(ENGLISH))
    for key, open_key in product(set(ENGLISH) - asked, open_keys()):
        match = _pattern(open_key).fullmatch(key)
        if match and all(map(_may_fill, match.groups())):
            asked.add(key)
    return asked


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call with a message's key written out, and the key."""
    for node in _nodes(ast.Call):
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if function in ASKS:
            for argument in node.args[:2]:
                if isinstance(argument, ast.Constant) and KEY.fullmatch(str(argument.value)):
                    yield argument.value, node


def test_every_message_that_code_names_is_there() -> None:
    named = {text for text in texts() if KEY.fullmatch(text) and text.partition(".")[2] not in FILE_ENDINGS}
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in CODE}
    packages = {name.rpartition(".")[0] for name in modules}
    assert len(named) > 100
    assert named - set(ENGLISH) - modules - packages == set()
    assert {key for key, _ in calls()} <= set(ENGLISH)


def test_every_message_with_an_open_part_is_there_for_some_word() -> None:
    assert len(open_keys()) > 5
    assert [each for each in open_keys() if not any(_pattern(each).fullmatch(key) for key in ENGLISH)] == []


def test_every_message_is_asked_for() -> None:
    assert set(ENGLISH) - asked_for() == set()


def test_a_message_is_given_every_value_it_names() -> None:
    missing: list[tuple[str, set[str]]] = []
    for key, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        named = placeholders(ENGLISH[key][-1]) - ({"n"} if ENGLISH[key][1:] else set())
        if any(isinstance(argument, ast.Dict) for argument in call.args):  # Reason(key, {…})
            dicts = [argument for argument in call.args if isinstance(argument, ast.Dict)]
            given |= {str(each.value) for one in dicts for each in one.keys if isinstance(each, ast.Constant)}
        if None not in given and named - given:  # None stands for **values
            missing.append((key, named - given))
    assert missing == []


# Definitions and rules


def pairs(tree: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table in a tree that holds words in either language, and where it stands."""
    if isinstance(tree, list):
        for at, each in enumerate(tree):
            yield from pairs(each, f"{path}[{at}]")
    elif isinstance(tree, dict):
        if "en" in tree or "cy" in tree:
            yield path, tree
        for key, each in tree.items():
            yield from pairs(each, f"{path}.{key}")


def declared() -> list[tuple[str, dict[str, Any]]]:
    definitions = sorted((ROOT / "indicators").glob("*/definition.toml"))
    found = [each for path in definitions for each in pairs(tomllib.loads(path.read_text("utf-8")), path.parent.name)]
    for path in sorted((ROOT / "expectations").glob("*.json")):
        for rule in json.loads(path.read_text("utf-8"))["expectations"]:
            found += pairs(rule["meta"], rule["meta"]["rule"])
    return found


def test_every_text_of_a_definition_or_rule_is_in_both_languages() -> None:
    found = declared()
    assert len(found) > 400
    assert [path for path, text in found if set(text) != {"en", "cy"} or not all(map(str.strip, text.values()))] == []
    assert [path for path, text in found if placeholders(text["en"]) != placeholders(text["cy"])] == []


def test_every_rule_says_what_holds_and_what_to_do() -> None:
    spoken = {path for path, _ in declared()}
    for path in (ROOT / "expectations").glob("*.json"):
        for each in json.loads(path.read_text("utf-8"))["expectations"]:
            assert {f"{each['meta']['rule']}.says", f"{each['meta']['rule']}.fix"} <= spoken


def test_the_welsh_of_a_definition_or_rule_is_not_its_english() -> None:
    assert [path for path, text in declared() if text["en"] == text["cy"]] == []


def test_no_two_rules_of_a_table_say_the_same() -> None:
    for path in (ROOT / "expectations").glob("*.json"):
        for lang in LANGUAGES:
            said = [each["meta"]["says"][lang] for each in json.loads(path.read_text("utf-8"))["expectations"]]
            assert len(said) == len(set(said)), path.name
