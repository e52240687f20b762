"""The web application. It refuses to start with a database role that could see past the row policies."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste_web.config.settings")

from django.core.wsgi import get_wsgi_application

_django = get_wsgi_application()

from django.db import connection  # noqa: E402

from fotfeste_web.config.letters import in_utf8  # noqa: E402
from fotfeste_web.config.role_check import refuse_unsafe_role  # noqa: E402


def application(environ: dict[str, Any], start_response: Any) -> Any:
    return _django(in_utf8(environ), start_response)


refuse_unsafe_role(connection)
connection.close()
