"""From a delivered folder to a prepared one: read, verified and cut into buckets."""

from pathlib import Path

from fotfeste.files import BadCell
from fotfeste.register.buckets import (
    PEOPLE,
    PREPARED,
    Buckets,
    NotPrepared,
    Progress,
    make_buckets,
    no_progress,
    open_buckets,
)
from fotfeste.register.delivered import paths_of, read_folder
from fotfeste.register.layouts import OWN, Layout


def prepare(
    folder: Path,
    out: Path,
    *,
    layout: Layout = OWN,
    pay: bool = True,
    people_per_bucket: int = PEOPLE,
    progress: Progress = no_progress,
) -> Buckets:
    """Prepare the register files of a folder, or take what was prepared of the very same files.

    Parameters
    ----------
    folder, out : Path
        Where the files are, and where ``buckets`` is written; the two may be the same.
    pay : bool
        Whether pay must be there: it decides who was in work.

    Raises
    ------
    BadCell
        Where a file cannot be used; with reason not_delivered where one that is needed is not there.
    OSError
        Where the folder cannot be written.
    """
    files = {name: file for name, file in read_folder(folder, layout).items() if name in PREPARED}
    for needed in ("participants", "jobs", *(("pay",) if pay else ())):
        if needed not in files:
            raise BadCell(needed, "not_delivered")
    sources = {name: file.sha256() for name, file in files.items()}
    if not _verified(out, sources):
        for file in files.values():
            file.verify()
            file.verify_key()
    frames = {name: file.frame for name, file in files.items()}
    return make_buckets(frames, out, sources=sources, people_per_bucket=people_per_bucket, progress=progress)


def source_files(folder: Path) -> list[Path]:
    """The files of a folder that are prepared."""
    return [path for name in PREPARED for path in paths_of(folder, name)]


def _verified(out: Path, sources: dict[str, str]) -> bool:
    try:
        return open_buckets(out).sources == sources
    except NotPrepared:
        return False
