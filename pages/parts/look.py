"""How everything looks: colours, type and spacing, once, for the screen and for charts.

Knows the tokens of both themes and makes the style sheet from them. Refuses to know what is shown. The style
sheet follows the theme in the browser (``light-dark()``); a chart is drawn on the server, for :func:`theme`.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from assurance import words

HERE: Final = Path(__file__).parent
FONT: Final = "Public Sans"
WEIGHTS: Final = (400, 600, 700)
CHART_PX: Final = 13.5
PRESENT_SCALE: Final = 1.35  # the same page, legible from the far end of a committee room

# What each font file covers, from the font's own style sheet; ŵ and ŷ are in the second.
_SUBSETS: Final = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
    "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,"
    "U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
}


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme; every text colour holds 4.5:1 on the canvas and on the surface, every mark
    3:1.
    """

    ink: str
    muted: str
    link: str
    series: str
    improving: str
    concern: str
    common: str
    neutral: str
    target: str
    focus: str
    rule: str
    band: str
    band_inner: str
    surface: str
    canvas: str
    button: str


LIGHT: Final = Tokens(
    ink="#17212B",
    muted="#4B5763",
    link="#0B5A8F",
    series="#12436D",
    improving="#1B6FB5",
    concern="#B84A06",
    common="#626E79",
    neutral="#6B3FA0",
    target="#801650",
    focus="#8A5A00",
    rule="#D8DDE1",
    band="#E3EDF5",
    band_inner="#C9DCEB",
    surface="#F7F8F7",
    canvas="#FFFFFF",
    button="#12436D",
)
DARK: Final = Tokens(
    ink="#E9EEF2",
    muted="#AEB9C3",
    link="#7CC0F5",
    series="#8FC6F2",
    improving="#5FB0F0",
    concern="#F7935A",
    common="#93A0AB",
    neutral="#B99BE8",
    target="#F09BC4",
    focus="#E0B252",
    rule="#2F3B46",
    band="#1F3345",
    band_inner="#2A4762",
    surface="#18222B",
    canvas="#10171D",
    button="#2F76BA",
)


def scale(present: bool) -> float:
    """How much larger things are on a projector."""
    return PRESENT_SCALE if present else 1.0


def theme() -> Tokens:
    """The colours a chart needs for the theme the reader's browser last reported; light before it has."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@cache
def stylesheet() -> str:
    """The whole style sheet: tokens, fonts, rules, icons."""
    from pages.parts import spark  # draws with these tokens

    return "\n".join([_tokens(), *_words(), *_faces(), (HERE / "look.css").read_text("utf-8"), spark.icons()])


@cache
def version() -> str:
    """Changes when the style sheet or the script does, so that browsers may keep them for ever."""
    content = stylesheet().encode() + (HERE / "frame.js").read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def _words() -> list[str]:
    """What Streamlit says only in English."""
    return [
        f":lang({lang}){{--choose-files:'{words.say(lang, 'frame.choose_files')}';"
        f"--open-list:'{words.say(lang, 'frame.open_list')}'}}"
        for lang in words.LANGUAGES
    ]


def _tokens() -> str:
    dark = asdict(DARK)
    colours = "".join(
        f"--{name.replace('_', '-')}:light-dark({light},{dark[name]});" for name, light in asdict(LIGHT).items()
    )
    return f":root{{color-scheme:light dark;--present:{PRESENT_SCALE};{colours}}}"


def _faces() -> list[str]:
    return [
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};font-display:swap;"
        f"src:url(/frame/fonts/public-sans-{subset}-{weight}-normal.woff2) format('woff2');"
        f"unicode-range:{covers}}}"
        for subset, covers in _SUBSETS.items()
        for weight in WEIGHTS
    ]
