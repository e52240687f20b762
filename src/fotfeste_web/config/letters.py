"""What is sent to us is in UTF-8, whatever it says of itself.

Django decodes the query, too, by the charset that a content type names, when it makes the request: before any of our
code, and a name such as `hex` ends it there.
"""

import re
from typing import Any

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def in_utf8(environ: dict[str, Any]) -> dict[str, Any]:
    return environ | {"CONTENT_TYPE": CHARSET.sub("", environ.get("CONTENT_TYPE", ""))}
