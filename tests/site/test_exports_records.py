"""The records of the method, taken out of a service as the files that its commands read."""

from dataclasses import fields, is_dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import get_args

from typer.testing import CliRunner

from fotfeste.cli import GROUP, command_line
from fotfeste.indicators.measures import indicators
from fotfeste.indicators.records import TABLES, read_records
from fotfeste.indicators.records.cells import columns
from fotfeste.periods import Period, add_months
from fotfeste_web.exports.records import NAMED, OWN
from fotfeste_web.figures.records import records_of
from fotfeste_web.rows.scope import within_service
from tests.database import leave
from tests.site.test_exports_tables import PSEUDONYM, full, taken  # noqa: F401
from tests.site.test_figures import grown  # noqa: F401

# Text that is a code, and the reason of a pause, which the site does not tell.
CODES = {"end_reason", "occupation", "reason"}


def folder_of(files: dict[str, str], folder: Path) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def kept_by_figures(world):
    leave()
    with within_service(world.bodo.pk):
        told = records_of(world.bodo.pk, world.today)
    leave()
    return told


def test_every_id_of_every_record_is_one_that_gets_a_pseudonym():
    """By the types of the records: text that is no code is an id."""
    for table, kind in TABLES.items():
        for name, column in columns(kind).items():
            is_text = column.hint is str or str in get_args(column.hint)
            if is_text and name not in CODES | {"company"}:  # which the site does not know
                assert (name in NAMED) or (name == "id" and table in OWN), (table, name)


def test_the_files_are_read_by_the_method_and_say_what_the_site_counts_from(full, sign_in, tmp_path):  # noqa: F811
    told = read_records(folder_of(taken(full, sign_in, what="records"), tmp_path))
    ours = kept_by_figures(full)
    assert sum(len(getattr(ours, field.name)) for field in fields(ours)) > 20
    for field in fields(ours):
        mine, read = getattr(ours, field.name), getattr(told, field.name)
        assert len(read) == len(mine), field.name
        for one, other in zip(mine, read, strict=True):
            for inside in fields(one):
                if inside.name not in NAMED and inside.name not in ("id", "posts", "terms"):
                    assert getattr(other, inside.name) == getattr(one, inside.name), (field.name, inside.name)
    people = {one.id for one in told.participants}
    assert all(map(PSEUDONYM.fullmatch, people))
    assert {one.participant for one in told.assignments} <= people
    assert {one.person for one in told.jobs} <= people


def test_what_is_computed_from_the_files_is_what_is_computed_on_the_site(grown, sign_in, tmp_path):  # noqa: F811
    read = read_records(folder_of(taken(grown, sign_in, what="records"), tmp_path))
    year = Period(add_months(grown.today, -12), grown.today)
    one, other = (indicators(records, year, until=grown.today) for records in (kept_by_figures(grown), read))
    assert [_sizes(found) for found in one] == [_sizes(found) for found in other]


def _sizes(found):
    """What an indicator says, but for the ids."""
    told = {field.name: getattr(found, field.name) for field in fields(found)}
    return {
        name: len(value)
        if "ids" in name
        else [_sizes(group) if is_dataclass(group) else group for group in value]
        if isinstance(value, tuple)
        else str(value)
        for name, value in told.items()
    }


def test_the_command_for_fidelity_reads_them(grown, sign_in, tmp_path):  # noqa: F811
    folder = folder_of(taken(grown, sign_in, what="records"), tmp_path)
    found = [EntryPoint(name="fidelity", group=GROUP, value="fotfeste.commands.fidelity:app")]
    answer = CliRunner().invoke(command_line(found), ["fidelity", "suggest", str(folder), "--json"])
    assert answer.exit_code == 0, answer.output
