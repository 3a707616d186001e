"""Bring in this month's extract: choose, see the checks, keep it, publish; and go back if it was wrong."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assurance.words import Language, say
from pages.parts import choices, html, publishing, run, verdict

TEMPLATE = Path(__file__).parents[2] / "data" / "template" / "extract-template.xlsx"


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
    asked = (lang, *[file.file_id for file in files])
    if st.session_state.get("checked_for") != asked:
        st.session_state["checked"] = _run("check", files, lang)
        st.session_state["checked_for"] = asked
    _tell(st.session_state["checked"], lang)
    result = st.session_state["checked"].value
    if not result or result["verdict"] != "accepted":
        return
    html.show(html.section(say(lang, "pages.step_accept")))
    if st.button(say(lang, "pages.keep"), type="primary", key="keep"):
        kept = _run("load", files, lang)
        if kept.is_done and kept.value:
            flags = [flag for flag in ("already_held", "is_superseded") if kept.value[flag]]
            html.show(html.notice(say(lang, f"pages.{(flags or ['kept'])[0]}", load=kept.value["load"][:12])))
        else:
            _tell(kept, lang)


def _run(command: str, files: list[UploadedFile], lang: Language) -> run.Result:
    """Runs a command on the files, which lie in a private folder only while it reads them."""
    told = st.empty()
    with tempfile.TemporaryDirectory() as folder, told.status(say(lang, "pages.checking")) as status:
        paths = [Path(folder) / Path(file.name).name for file in files]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file.getbuffer())
        result = run.command(lang, command, *map(str, paths), progress=lambda text: status.update(label=text))
    told.empty()
    return result


def _tell(result: run.Result, lang: Language) -> None:
    if result.value is None:
        html.show(html.notice(say(lang, "pages.worker_stopped"), kind="warning"))
    else:
        verdict.show(result.value, lang)
