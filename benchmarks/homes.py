"""A home of one's own for a measurement: an empty database, and an environment that points to it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = [sys.executable, "-c", "from fotfeste.cli import main; main()"]


@contextmanager
def home(**environment: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "home"
        os.environ |= {
            "FOTFESTE_HOME": str(path),
            "FOTFESTE_ROLE": "web",
            "DJANGO_SETTINGS_MODULE": "fotfeste_web.config.settings",
        } | environment
        yield path
