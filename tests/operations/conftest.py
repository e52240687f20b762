import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.operations.site import said

from fotfeste_web.config import embedded


@pytest.fixture
def folder() -> Iterator[Path]:
    """A closed folder of the test's own; above `tmp_path` another run of pytest changes the modes."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name).resolve()


@pytest.fixture
def state(folder: Path) -> Iterator[Path]:
    """A folder for a server; one that the test leaves running is ended."""
    yield folder / "state"
    end(folder / "state")


def end(state: Path) -> None:
    """End a server that was left running."""
    left = embedded.Server(state)
    if left.alive():
        left.run()
        left.stop()


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A folder with a server that has been started before, for tests that need no first start."""
    with tempfile.TemporaryDirectory() as name:
        state = Path(name).resolve() / "made"
        embedded.start(state).stop()
        yield state
        end(state)


@pytest.fixture(scope="session")
def site() -> Iterator[Path]:
    """A home whose database is laid for the real site, and empty: each test leaves it so."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve() / "site"
        assert said("manage", "prepare", home=home)[0] == 0
        yield home
        end(home)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
