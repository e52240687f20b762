from collections.abc import Iterator
from pathlib import Path

import pytest

from fotfeste_web.config.embedded import Server


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    """A folder for a server; one that the test leaves running is ended."""
    folder = tmp_path / "state"
    yield folder
    left = Server(folder)
    if left.alive():
        left.run()
        left.stop()
