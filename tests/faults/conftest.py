from tests.operations.conftest import folder, port, site  # noqa: F401
from tests.site.conftest import sign_in, world  # noqa: F401
