"""Where everything that is not code lies on this machine."""

import os
from pathlib import Path


def home() -> Path:
    """The folder in FOTFESTE_HOME, or `.fotfeste` where one stands."""
    return Path(os.environ.get("FOTFESTE_HOME") or ".fotfeste").resolve()
