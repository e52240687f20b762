"""Files that are there whole or not at all, and that nobody else may read."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fotfeste_web.backup.errors import BackupError


@contextmanager
def written_whole(file: Path) -> Iterator[BinaryIO]:
    """Write a file under another name; it gets its own, in the place of an earlier one, when it is on the disk."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".ny", dir=file.parent)  # mode 0600
        new = Path(name)
        try:
            with open(descriptor, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            new.rename(file)
        except BaseException:
            new.unlink()
            raise
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)  # the name too survives a power failure
        os.close(folder)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise BackupError(f"{file} kan ikke skrives: {'disken er full' if full else error.strerror}.") from None
