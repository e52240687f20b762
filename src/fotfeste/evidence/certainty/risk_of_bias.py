"""Risk of bias, study by study, by the domains of a named tool."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from fotfeste.files import BadCell, Table, read_cells, read_toml

OVERALL = "overall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    id: str
    nb: str
    en: str
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool's domains, and its levels from the best to the worst."""

    id: str
    version: int
    source: str
    levels: tuple[Named, ...]
    domains: tuple[Named, ...]

    def worst(self, levels: tuple[str, ...]) -> str:
        order = [level.id for level in self.levels]
        return max(levels, key=order.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyBias:
    """A study's level in each domain, in the tool's order, and ``overall``."""

    study: str
    levels: tuple[str, ...]
    overall: str


class UnknownTool(LookupError):
    def __init__(self, id: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{id}; known: {', '.join(known)}")
        self.id, self.known = id, known


@cache
def tools() -> dict[str, Tool]:
    """The tools that come with the package, by id."""
    folder = files(__package__).joinpath("tools")
    found = (_tool(read_toml(file)) for file in folder.iterdir() if file.name.endswith(".toml"))
    return {tool.id: tool for tool in sorted(found, key=lambda tool: tool.id)}


def tool(id: str) -> Tool:
    if id not in tools():
        raise UnknownTool(id, tuple(tools()))
    return tools()[id]


def _tool(table: Table) -> Tool:
    def named(name: str) -> tuple[Named, ...]:
        return tuple(
            Named(id=row.text("id"), nb=row.text("nb"), en=row.text("en"), sign=row.optional_text("sign") or "")
            for row in table.tables(name)
        )

    return Tool(
        id=table.text("id"),
        version=table.number("version"),
        source=table.text("source"),
        levels=named("levels"),
        domains=named("domains"),
    )


def read_bias(path: Path, used: Tool) -> tuple[StudyBias, ...]:
    """Read ``study``, a column for each of the tool's domains, and ``overall`` where a person judged it.

    Without ``overall`` a study is as its worst domain. A person may find it worse, never better.

    Raises
    ------
    BadCell
        With reason level, overall_too_good or duplicate_study beside those of any table.
    """
    table = read_cells(path)
    columns = [table.text("study"), *(table.text(domain.id) for domain in used.domains)]
    stated = table.columns.get(OVERALL)
    known = {level.id for level in used.levels}
    order = [level.id for level in used.levels]
    made: list[StudyBias] = []
    for place, (study, *levels) in enumerate(zip(*columns, strict=True)):
        for domain, level in zip(used.domains, levels, strict=True):
            if level not in known:
                raise table.bad(domain.id, place, "level")
        overall = used.worst(tuple(levels))
        if stated and stated[place]:
            if stated[place] not in known:
                raise table.bad(OVERALL, place, "level")
            if order.index(stated[place]) < order.index(overall):
                raise table.bad(OVERALL, place, "overall_too_good")
            overall = stated[place]
        if any(study == other.study for other in made):
            raise table.bad("study", place, "duplicate_study")
        made.append(StudyBias(study=study, levels=tuple(levels), overall=overall))
    if not made:
        raise BadCell(table.name, "no_rows")
    return tuple(made)
