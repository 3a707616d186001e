"""Which release is current: the last line of the publications ledger, appended, never edited.

Rollback publishes an older release again; "as known at" reads an older line.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assurance import identifiers
from assurance.errors import Reason, Refused, refused
from assurance.release import manifest, manifest_hash
from pipelines.build import build
from pipelines.store import Store


def publish(store: Store, why: str, release: str | None = None) -> dict[str, Any]:
    """Makes ``release`` (by default that of the loads in force) current and returns the new line.

    Raises Refused if it is current already, is damaged, or another publication came between, and where the reason
    seems to hold a way to find a person.
    """
    if kinds := identifiers.found(why):
        raise Refused(*(Reason(f"register.identifier_{kind}") for kind in kinds))
    name = release or build(store)
    lines = store.publications.lines()
    if faults := store.release_faults(name):
        raise Refused(*faults)
    if lines and lines[-1]["release"] == name:
        raise refused("load.already_published", number=lines[-1]["number"])
    received = {line["load"]: line["received_at"] for line in store.received.lines()}
    entry = {
        "release": name,
        "manifest": manifest_hash(store.release(name)),
        "why": why,
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "loaded_at": max(received[load] for load in manifest(store.release(name))["loads"]),
    }
    store.settle(store.release(name))
    return store.publications.append(entry, after=len(lines))


def rollback(store: Store, why: str, to: int | None = None) -> dict[str, Any]:
    """Publishes again the release of publication ``to``, by default the one that was current before this one."""
    lines = store.publications.lines()
    if not lines:
        raise refused("load.nothing_published")
    earlier = [
        line for line in lines if line["release"] != lines[-1]["release"] and (to is None or line["number"] == to)
    ]
    if not earlier:
        raise refused("load.nothing_to_roll_back_to")
    return publish(store, why, earlier[-1]["release"])
