"""app.py behind a door: security headers, the page's language, its own fonts, and nothing else by address.

``streamlit run asgi.py`` starts it with the settings of ``.streamlit/config.toml``. Knows addresses and headers;
refuses to know what any page shows.
"""

from __future__ import annotations

import gc
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from hashlib import sha256
from html import escape
from importlib import import_module
from itertools import product
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import streamlit as st
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util
from streamlit.runtime.pages_manager import PagesManager

from assurance import words
from assurance.release import Release
from pages.parts import card, choices, differences, look, menu, opened

HERE: Final = Path(__file__).parent
# Everything else is a page or is not there; in particular /_stcore/metrics and the agent API are not.
OPEN: Final = re.compile(
    r"/_stcore/(health|host-config|stream|upload_file/.+|bidi-components/.+)|/(static|media|frame)/.+|/auth/\w+|/oauth2callback"
)
_ICON: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path fill='#12436D' d='M0 0h16v16H0z'/>"
    "<path fill='#fff' d='M4 3h2v10H4z'/></svg>"
)
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_SOON: Final = re.compile(r"/js/(Html|Selectbox)\.[\w-]+\.js$")
"""What every page of figures needs and Streamlit asks for only once it draws them, one after the other."""
_FOR_EVER: Final = {"cache-control": "public, max-age=31536000, immutable"}


@cache
def shell(slug: str, lang: words.Language, present: bool) -> str:
    """Streamlit's page, in the reader's language, with our style sheet, script and skip link."""
    page = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    title = words.say(lang, "frame.page_title", page=menu.name(lang, menu.BY_SLUG[slug]))
    fonts = "".join(
        f'<link rel="preload" href="/frame/fonts/public-sans-latin-{weight}-normal.woff2" as="font" '
        'type="font/woff2" crossorigin>'
        for weight in look.WEIGHTS
    )
    ours = (
        f'<link rel="stylesheet" href="/frame/look.css?v={look.version()}">'
        f'<script defer src="/frame/frame.js?v={look.version()}"></script>'
    )
    ours += "".join(f'<link rel="modulepreload" href="{path}" crossorigin>' for path in _assets() if _SOON.search(path))
    skip = f'<a class="skip" href="#content">{escape(words.say(lang, "frame.skip"))}</a>'
    present_class = ' class="present"' if present else ""
    for pattern, ours_instead in (
        (r"<!--.*?-->", ""),
        (r'<html lang="en">', f'<html lang="{lang}"{present_class}>'),
        (r"<title>.*?</title>", f"<title>{escape(title)}</title>"),
        (r'<link rel="shortcut icon"[^>]*>', f'<link rel="icon" href="data:image/svg+xml,{quote(_ICON)}">'),
        (r'<link\s+rel="preload"[^>]*>', fonts),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r"<script>.*?</script>", ""),  # says "ready for search engines", of which there are none here
        (r"<noscript>.*?</noscript>", f"<noscript>{escape(words.say(lang, 'frame.no_script'))}</noscript>"),
        (r"</head>", f"{ours}</head>"),
        (r"<body>", f"<body>{skip}"),
    ):
        page, found = re.subn(pattern, lambda _, new=ours_instead: new, page, flags=re.DOTALL)  # type: ignore[misc]
        if not found:
            raise RuntimeError(f"Streamlit's page no longer holds {pattern}")
    return page.strip()


@cache
def _assets() -> dict[str, bytes]:
    """Streamlit's own scripts and styles, whose names hold their hash: from memory, since a first page asks for sixty
    of them at once and opening each file costs more than sending it."""
    root = Path(file_util.get_static_dir())
    return {f"/{path.relative_to(root)}": path.read_bytes() for path in (root / "static").rglob("*") if path.is_file()}


@cache
def security_headers() -> dict[str, str]:
    """On every answer. Inline scripts, should Streamlit's page hold one again, are allowed by their hash
    alone.
    """
    inline = re.findall(r"<script>(.*?)</script>", shell("", words.DEFAULT, False), re.DOTALL)
    hashes = "".join(f" 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline)
    policy = (
        f"default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
    }


class Door:
    """Answers pages itself, lets Streamlit's own addresses through, and has nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(security_headers())
                kind = headers.get("content-type", "")
                if kind.startswith("text/html") or scope["path"].startswith("/media/"):
                    headers["cache-control"] = "no-store"
            await send(message)

        await (self._answer(scope) or self.app)(scope, receive, with_headers)

    def _answer(self, scope: Scope) -> Response | None:
        """A page, a refusal, or None where Streamlit answers."""
        slug = scope["path"].removeprefix("/")
        query = QueryParams(scope["query_string"])
        if slug in menu.BY_SLUG:
            if scope["method"] not in ("GET", "HEAD"):
                return PlainTextResponse("", 405)
            return HTMLResponse(shell(slug, choices.language(query), query.get("present") == "1"))
        if scope["path"] in (assets := _assets()) and scope["method"] == "GET":
            kind = guess_type(scope["path"])[0] or "application/octet-stream"
            return Response(assets[scope["path"]], media_type=kind, headers=_FOR_EVER)
        if OPEN.fullmatch(scope["path"]):
            return None
        return PlainTextResponse(words.say(choices.language(query), "frame.not_found"), 404)


async def stylesheet(_: Request) -> Response:
    return Response(look.stylesheet(), media_type="text/css", headers=_FOR_EVER)


async def script(_: Request) -> Response:
    return FileResponse(look.HERE / "frame.js", media_type="text/javascript", headers=_FOR_EVER)


async def font(request: Request) -> Response:
    fonts = {path.name: path for path in (look.HERE / "fonts").glob("*.woff2")}
    path = fonts.get(request.path_params["name"])
    return FileResponse(path, media_type="font/woff2", headers=_FOR_EVER) if path else Response(status_code=404)


def _draw_first(shown: Release) -> None:
    """What the first reader most likely asks for, and what loads the charts: worked out before anybody waits for it."""
    area = shown.areas[0].code
    differences.found(shown, area)
    for name in {definition.section for definition in shown.definitions.values()}:
        first = choices.Choices(words.DEFAULT, area, shown.default_period(area), None, present=False)
        card.cards(shown.publication, shown, name, first, look.LIGHT)


@asynccontextmanager
async def warm(_: Any) -> AsyncIterator[None]:
    """Import what pages need and open what is published before the first reader arrives, then leave it out of every
    collection.

    Streamlit collects all garbage after each run; without the freeze that costs more than the page.
    """
    if st.get_option("server.address") not in LOOPBACK:
        raise RuntimeError("Without sign-in only this computer may connect: server.address must be 127.0.0.1.")
    for module in {entry.module for entry in menu.PAGES} | {"pages.parts.frame", "pages.parts.chart"}:
        import_module(module)
    # Until st.navigation has been called once, Streamlit takes the folder pages/ for its own kind of pages
    # and tells the first visitor of any address but / that there is no such page.
    PagesManager.uses_pages_directory = False
    with suppress(Exception):  # what fails here fails again, and is told, on the page that asks for it
        for publication in opened.publications()[-1:]:
            _draw_first(opened.open_release(publication.number))
    for lang, entry in product(words.LANGUAGES, menu.PAGES):
        shell(entry.slug, lang, False)
    words.warm()
    _assets()
    security_headers()
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    HERE / "app.py",
    routes=[
        Route("/frame/look.css", stylesheet),
        Route("/frame/frame.js", script),
        Route("/frame/fonts/{name}", font),
    ],
    middleware=[Middleware(Door)],
    lifespan=warm,
)
