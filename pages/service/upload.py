"""Bring in this month's extract: choose, answer, see what would change, keep it, publish; and go back."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assurance.words import Language, say
from pages.parts import asked, changing, choices, html, justifying, publishing, run, verdict

TEMPLATE = Path(__file__).parents[2] / "data" / "template" / "extract-template.xlsx"
ERRORS = "rows-to-put-right.xlsx"


def page() -> None:
    lang = choices.current().lang
    run.warm()
    html.show(html.section(say(lang, "pages.step_checks")), html.paragraph(say(lang, "pages.upload_intro")))
    st.download_button(say(lang, "pages.empty_workbook"), TEMPLATE.read_bytes(), TEMPLATE.name, on_click="ignore")
    files = st.file_uploader(
        say(lang, "pages.choose_files"), type=["xlsx", "zip", "csv"], accept_multiple_files=True, key="extract"
    )
    if files:
        _check(files, lang)
    publishing.publish(lang)
    publishing.history(lang)


def _check(files: list[UploadedFile], lang: Language) -> None:
    file = tuple(each.file_id for each in files)
    result = _once("check", files, lang, file)
    if not result.value:
        html.show(html.notice(say(lang, "pages.worker_stopped"), kind="warning"))
        return
    verdict.outcome(result.value, lang)
    if asked.ask(file, result.value["questions"], lang):
        st.rerun()
    verdict.details(result.value, lang)
    if any(not each["places"] for each in result.value["rules"]):
        html.show(html.note(say(lang, "pages.errors_intro")))
        st.download_button(say(lang, "pages.errors_download"), result.written, ERRORS, on_click="ignore")
    if result.value["verdict"] == "accepted":
        justifying.form(result.value, lang)
        _keep(files, lang, file)


def _keep(files: list[UploadedFile], lang: Language, file: tuple[object, ...]) -> None:
    html.show(html.section(say(lang, "pages.step_changes")))
    previewed = _once("preview", files, lang, file)
    if previewed.value and previewed.value.get("changes"):
        changing.show(previewed.value["changes"], lang)
    else:
        html.show(html.notice(say(lang, "pages.worker_stopped"), kind="warning"))
    html.show(html.section(say(lang, "pages.step_accept")))
    if st.button(say(lang, "pages.keep"), type="primary", key="keep"):
        kept = run.on_files(lang, "load", files, *asked.arguments(asked.given(file)))
        verdict.kept(kept.value, lang)


def _once(command: str, files: list[UploadedFile], lang: Language, file: tuple[object, ...]) -> run.Result:
    """What the command says of the files with the answers given, asked once."""
    answers = asked.arguments(asked.given(file))
    about, key = (lang, *file, *answers), f"said_{command}"
    if st.session_state.get(key, (None, None))[0] != about:
        st.session_state[key] = about, run.on_files(lang, command, files, *answers, writes=command == "check")
    said: run.Result = st.session_state[key][1]
    return said
