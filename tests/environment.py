"""Set before Django reads its settings: the tests have a database server and a key of their own."""

import os
from pathlib import Path

HOME = Path(os.environ.get("FOTFESTE_HOME") or ".fotfeste").resolve() / "test"
os.environ["FOTFESTE_HOME"] = str(HOME)
os.environ["FOTFESTE_ROLE"] = "owner"
os.environ["FOTFESTE_SYNTHETIC_ONLY"] = "1"
os.environ.pop("FOTFESTE_DEMO", None)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser driver runs a loop in the thread of the test
