"""The frame every page is drawn in. No data, no charts: pages live in ``pages/board`` and
``pages/service``.
"""

import streamlit as st

from assurance import words
from pages.parts import choices, errors, frame, menu, warm

lang = choices.language(st.query_params)
entry, page = menu.navigate(lang)
st.set_page_config(page_title=words.say(lang, "frame.page_title", page=menu.name(lang, entry)), layout="wide")

with errors.told(lang, entry.name):
    choices.settle(entry.slug)
    if frame.top(entry):
        page.run()
warm.after_run(entry.name)
