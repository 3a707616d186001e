"""What the reader has chosen, and how an address carries it: keys ``lang area period as
from watch present``.

Knows the address and the three boxes of the frame. Trusts neither: what the open release does not hold
becomes its default, and nothing is said. The address is the record, so a bookmark, Back and a pasted link all
work; it is written only when the reader changes a box, so Back is never trapped.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from assurance import period, release, words
from pages.parts import opened

OWN: Final = {"cases": ("indicator", "state", "by", "category", "case")}
"""What only some pages are asked for, by their address; such a page judges itself what of it its data holds."""
KEYS: Final = ("area", "period", "as", "from", "watch", *(key for keys in OWN.values() for key in keys))
_STATE: Final = "choices"
# Between a changed box and the browser showing its address, a quick click on a link still sends the old
# address.
_IN_FLIGHT_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Choices:
    """Codes, never labels. ``as_known_at`` is a publication's number, None for the newest; ``since`` that of an earlier
    one to compare with, None for the one the Board last met with; ``watch`` the ids of the indicators a reader follows;
    an empty store has no area. ``own``: what only the page itself is asked for, as it stands in the address.
    """

    lang: words.Language
    area: str
    period: str
    as_known_at: int | None
    present: bool
    since: int | None = None
    watch: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    def asked(self, key: str) -> str:
        """What the address says under one of the page's own keys, "" where it says nothing."""
        return dict(self.own).get(key, "")


@dataclass
class _Held:
    """What a session remembers between reruns, to tell a stale address from one the reader went to."""

    asked: dict[str, str]
    address: dict[str, str]
    page: str
    changed_at: float = float("-inf")
    is_unwritten: bool = False


def language(query: Mapping[str, str]) -> words.Language:
    asked = query.get("lang")
    return next((lang for lang in words.LANGUAGES if lang == asked), words.DEFAULT)


def current() -> Choices:
    """The choices this run is drawn for; the frame has settled them before any page runs."""
    settled: Choices = st.session_state[_STATE]
    return settled


def current_release() -> release.Release:
    """The release the reader has chosen, for the restricted audience. Only on pages that need data."""
    return opened.open_release(_number(current().as_known_at))


def address(path: str, **changes: Any) -> str:
    """The address of a page that carries every choice, with some of them changed (field names of Choices)."""
    chosen = replace(current(), **changes)
    is_own = path.removeprefix("/") in OWN and chosen.own
    return written(path, chosen, chosen.own if is_own else ())


def written(path: str, chosen: Choices, own: Iterable[tuple[str, str]] = ()) -> str:
    """The address of a page for choices, with keys of its own: what :func:`address` is for the current ones."""
    query = {"lang": chosen.lang, "area": chosen.area, "period": chosen.period}
    if chosen.as_known_at is not None:
        query["as"] = str(chosen.as_known_at)
    if chosen.since is not None:
        query["from"] = str(chosen.since)
    if chosen.watch:
        query["watch"] = ",".join(chosen.watch)
    if chosen.present:
        query["present"] = "1"
    query.update(own)
    return f"{path}?{urlencode({key: value for key, value in query.items() if value})}"


def settle(page: str) -> Choices:
    """Decide what this run shows, from the address and the boxes, and keep it for :func:`current`."""
    asked = _asked(page)
    query = st.query_params
    settled = valid({**asked, "lang": query.get("lang", ""), "present": query.get("present", "")})
    own = tuple((key, asked[key]) for key in OWN.get(page, ()) if asked.get(key))
    settled = replace(settled, own=own)
    st.session_state[_STATE] = settled
    return settled


def valid(asked: Mapping[str, str]) -> Choices:
    """The choices asked for, each replaced by its default where the store does not hold it."""
    lang, present = language(asked), asked.get("present") == "1"
    published = opened.publications()
    if not published:
        return Choices(lang, "", "", None, present)
    known = {str(publication.number): publication.number for publication in published[:-1]}
    as_known_at = known.get(asked.get("as", ""))
    shown = opened.open_release(_number(as_known_at))
    codes = [area.code for area in shown.areas]
    area = asked["area"] if asked.get("area") in codes else codes[0]
    chosen = asked["period"] if asked.get("period") in shown.periods else shown.default_period(area)
    since = known.get(asked.get("from", ""))
    is_earlier = since is not None and since < _number(as_known_at)
    ids = {each.id for each in shown.definitions.values()}
    watch = tuple(dict.fromkeys(each for each in asked.get("watch", "").split(",") if each in ids))
    return Choices(lang, area, chosen, as_known_at, present, since if is_earlier else None, watch)


def _number(as_known_at: int | None) -> int:
    return opened.publications()[-1].number if as_known_at is None else as_known_at


def _asked(page: str) -> dict[str, str]:
    """What the reader asked for: the address, unless it is older than the box they have just changed."""
    address_now = {key: st.query_params[key] for key in KEYS if key in st.query_params}
    held: _Held | None = st.session_state.get("held")
    if held is None:
        st.session_state["held"] = _Held(address_now, address_now, page)
        return address_now
    in_flight = time.monotonic() - held.changed_at < _IN_FLIGHT_SECONDS
    is_stale = in_flight and address_now == held.address and page != held.page
    if held.is_unwritten or is_stale:
        if address_now != held.asked:
            others = {key for keys in OWN.values() for key in keys} - set(OWN.get(page, ()))
            st.query_params.update({key: value for key, value in held.asked.items() if key not in others})
        held.is_unwritten = False
    else:
        held.asked = address_now
    held.address, held.page = address_now, page
    return dict(held.asked)


def _change(key: str) -> None:
    """A box was changed: hold it at once, so that a second quick change cannot lose the first."""
    settled, held = current(), st.session_state["held"]
    shown = {"area": settled.area, "period": settled.period, **held.asked}
    held.asked = {**shown, key: st.session_state[f"choice_{key}"]}
    held.changed_at, held.is_unwritten = time.monotonic(), True


def draw(*, has_period: bool, has_since: bool) -> None:
    """The boxes for area, period where the page goes by one and, once there is more than one publication, as known at
    and, where the page compares, with which earlier one; and the data's date.
    """
    settled = current()
    shown, published, lang = current_release(), opened.publications(), settled.lang
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom", gap="small"):
        names = {area.code: area.names[lang] for area in shown.areas}
        box("area", settled.area, list(names), names, words.say(lang, "frame.area"))
        periods = in_order(shown.periods)
        if has_period:
            labels = {code: period.label(code, lang) for code in periods}
            box("period", settled.period, periods, labels, words.say(lang, "frame.period"))
        if len(published) > 1:
            dates = {str(one.number): _published(one, lang) for one in reversed(published)}
            box("as", str(_number(settled.as_known_at)), list(dates), dates, words.say(lang, "frame.as"))
        earlier = {
            str(one.number): _published(one, lang) for one in reversed(published[: shown.publication.number - 1])
        }
        if has_since and earlier:
            options = {"": words.say(lang, "frame.from_meeting"), **earlier}
            box("from", str(settled.since or ""), list(options), options, words.say(lang, "frame.from"))
        snapshot = words.say(lang, "frame.data_to", day=words.long_date(lang, shown.snapshot_on))
        loaded = words.say(lang, "frame.loaded", day=words.long_date(lang, shown.loaded_on))
        st.html(f'<p class="as-at"><strong>{snapshot}</strong>{loaded}</p>', width="content")


def said() -> str:
    """What was chosen, in one line, where there are no boxes: area, period and the data's date."""
    chosen, shown = current(), current_release()
    area = shown.area(chosen.area)
    return words.say(
        chosen.lang,
        "frame.chosen",
        area=area.names[chosen.lang],
        period=period.label(chosen.period, chosen.lang),
        day=words.long_date(chosen.lang, shown.facts(area).snapshot_on),
    )


def in_order(periods: Sequence[str]) -> list[str]:
    """Everything first, then longer periods before shorter, newest first."""

    def key(code: str) -> tuple[int, int]:
        first, last = period.parse(code)
        months = (last.year - first.year) * 12 + last.month - first.month
        return -months, -last.toordinal()

    return sorted(periods, key=key)


def _published(one: release.Publication, lang: words.Language) -> str:
    return words.say(lang, "frame.publication", number=one.number, day=words.long_date(lang, one.published_at.date()))


def box(key: str, value: str, options: Sequence[str], labels: Mapping[str, str], label: str, width: int = 260) -> None:
    """A box for one key of the address."""
    name = f"choice_{key}"
    if st.session_state.get(name) != value:
        st.session_state[name] = value
    st.selectbox(
        label,
        options,
        key=name,
        format_func=labels.__getitem__,
        placeholder="",  # one is always chosen, and Streamlit's own words are English
        on_change=_change,
        args=(key,),
        width=width,
    )
