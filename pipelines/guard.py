"""What is looked at before a file is opened: its size, and what it would unpack to.

Knows nothing of tables or cells. A parser given a hostile file can exhaust the machine, so this comes first and the
parser runs in a worker process with limits of its own.
"""

from __future__ import annotations

import resource
import zipfile
from pathlib import Path
from typing import Final

from assurance.errors import refused

UNPACKED_LIMIT_MB: Final = 50  # a year of a national extract unpacks to under 20 MB
RATIO_LIMIT: Final = 100  # ordinary workbooks pack at 5 to 20; a bomb at 1,000 and more
WORKER_MEMORY_GB: Final = 6  # address space, of which the libraries' own reservations are the most
WORKER_CPU_SECONDS: Final = 600


def limit_this_process() -> None:
    """Puts a ceiling on what this worker may use, so that no file can take the machine down."""
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY_GB << 30, WORKER_MEMORY_GB << 30))
    used = resource.getrusage(resource.RUSAGE_SELF)  # a warm worker's clock runs on; the limit is per command
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + WORKER_CPU_SECONDS, hard))


def guard(path: Path, limit_mb: int) -> None:
    """Raises Refused if ``path`` is too large, packed or not."""
    if not path.exists():
        raise refused("load.no_such_file", file=path.name)
    size = path.stat().st_size
    if size > limit_mb << 20:
        raise refused("load.too_large", file=path.name, limit=limit_mb)
    if path.suffix.lower() in (".xlsx", ".zip"):
        _guard_packed(path, size)


def _guard_packed(path: Path, size: int) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError) as fault:
        raise refused("load.not_readable", file=path.name) from fault
    if unpacked > UNPACKED_LIMIT_MB << 20 or unpacked > max(size, 1) * RATIO_LIMIT:
        raise refused("load.unpacks_too_large", file=path.name, limit=UNPACKED_LIMIT_MB)
