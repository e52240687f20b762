from pathlib import Path

import pytest

from fotfeste_web.config import embedded
from tests.operations.conftest import folder, port, site  # noqa: F401
from tests.operations.signed_in import SignedIn, make_people
from tests.site.conftest import sign_in, world  # noqa: F401


@pytest.fixture(scope="session")
def people(site: Path) -> SignedIn:  # noqa: F811
    """Somebody at work on the real site, for all tests that make it fail."""
    with embedded.start(site):
        return make_people(site)
