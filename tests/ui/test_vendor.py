"""The vendored files are those that were published."""

import hashlib
import re
from pathlib import Path

from fotfeste_web import ui

FOLDER = Path(ui.__file__).parent / "static" / "ui" / "vendor"
LISTED = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (FOLDER / "VENDOR.md").read_text(), re.MULTILINE))


def test_every_vendored_file_is_listed_with_its_hash():
    present = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FOLDER.iterdir()
        if path.name != "VENDOR.md"
    }
    assert present == LISTED


def test_the_web_components_are_the_published_file_without_its_last_line():
    # sha256 of dist/umd/index.js in the npm package @digdir/designsystemet-web 1.22.0
    published = (FOLDER / "designsystemet-web.js").read_bytes() + b"//# sourceMappingURL=index.js.map"
    assert hashlib.sha256(published).hexdigest() == ("d857f8ca6d1b630f63381bf9cbbbe21967c252f3ec4c67a2a88c3f29134d7ea1")
