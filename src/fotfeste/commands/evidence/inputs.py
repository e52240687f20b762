"""From a file and options to effects that can be pooled, with what a reader must know about them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import compress
from pathlib import Path
from typing import Any, TypeVar

from fotfeste.commands.evidence.adding import Adding, with_added
from fotfeste.evidence.effects import INPUTS, LOG_MEASURES, effect_sizes
from fotfeste.evidence.effects.printed import PRINTED, from_printed
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import BadStudy, checked
from fotfeste.files import BadCell, Cells, read_cells

T = TypeVar("T")
CERTAIN: dict[str, tuple[str, ...]] = {
    "events1": ("events1", "events_ips"),
    "n1": ("n1", "n_ips"),
    "events2": ("events2", "events_control"),
    "n2": ("n2", "n_control"),
    "effect": ("effect", "yi"),
    "ratio": ("ratio",),
    "variance": ("variance", "vi"),
    "se": ("se", "sei"),
    "study": ("study", "trial_id", "studie"),
}
"""Names that leave no doubt what a column holds. Anything else must be said."""

GUESSED, RECALLED_OUT, RECALLED_IN, MIXED_OUTCOMES, SHARED_CONTROL, ZERO_CELLS, WITHOUT_EFFECT, OFF_CENTRE = (
    "columns_guessed",
    "recalled_rows_out",
    "recalled_rows_in",
    "mixed_outcome_definitions",
    "control_group_counted_twice",
    "zero_cells",
    "studies_without_effect",
    "effect_off_centre",
)


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options that every command shares, as they were given."""

    file: Path
    measure: str
    columns: dict[str, str | None]
    method: str
    ci: str
    level: float
    zero_add: float
    to: str
    recalled: bool
    where: tuple[str, ...]
    adding: Adding = field(default_factory=Adding)


@dataclass(frozen=True, kw_only=True)
class Studies:
    """Effects with their names. ``table`` holds the rows that are in, in the same order; ``notes`` are code and
    detail."""

    table: Cells
    files: tuple[Path, ...]
    names: tuple[str, ...]
    effects: Floats
    variances: Floats
    measure: str
    columns: dict[str, str]
    notes: tuple[tuple[str, str], ...]
    rule: str
    added: tuple[dict[str, Any], ...] = ()
    """What was taken from each result that was added."""

    @property
    def is_ratio(self) -> bool:
        return self.measure in LOG_MEASURES

    def counts(self) -> dict[str, Floats] | None:
        wanted = ("events1", "n1", "events2", "n2")
        return {n: self.table.numbers(self.columns[n]) for n in wanted} if set(wanted) <= set(self.columns) else None

    def untouched(self) -> "Studies":
        """For models of the counts themselves, which add nothing to empty cells."""
        return replace(self, rule="none", notes=tuple(note for note in self.notes if note[0] != ZERO_CELLS))

    def with_note(self, code: str, detail: str = "") -> "Studies":
        return replace(self, notes=(*self.notes, (code, detail)))


class BadOption(ValueError):
    """An option cannot be used; ``reason`` is unknown_measure, columns, level or where."""

    def __init__(self, option: str, value: object, reason: str, known: Iterable[str] = ()) -> None:
        super().__init__(f"{option} {value}: {reason}")
        self.option, self.value, self.reason, self.known = option, value, reason, tuple(known)


def read(options: Options, table: Cells | None = None) -> Studies:
    """Read the file, or take the table that was made of it; take out what is not to be in, and compute the effects."""
    if not 0.5 <= options.level < 1:
        raise BadOption("--level", options.level, "level")
    table = table or read_cells(options.file)
    notes: list[tuple[str, str]] = []
    table = _chosen(table, options, notes)
    columns, guessed = _columns(table, options)
    if guessed:
        notes.append((GUESSED, ", ".join(f"{name} = {columns[name]}" for name in guessed)))
    names = _study_names(table, columns.get("study"))
    table, names, added = with_added(table, columns, names, options.measure, options.adding)
    if columns.keys() & {"effect", "ratio"}:
        inputs = {name: table.numbers(column) for name, column in columns.items() if name in PRINTED}
        printed = with_rows(table, columns, names, lambda: from_printed(options.measure, names, **inputs))  # type: ignore[arg-type]
        own = printed.effects
        if printed.off_centre:
            notes.append((OFF_CENTRE, ", ".join(printed.off_centre)))
    else:
        inputs = {name: table.numbers(columns[name]) for name in INPUTS[options.measure]}
        own = with_rows(
            table,
            columns,
            names,
            lambda: effect_sizes(options.measure, names=names, add=options.zero_add, to=options.to, **inputs),  # type: ignore[arg-type]
        )
    if own.changed:
        notes.append((ZERO_CELLS, f"{own.rule}: {', '.join(own.changed)}"))
    keep = own.usable & (own.variances > 0)
    kept = tuple(compress(names, keep))
    if len(kept) < len(names):
        notes.append((WITHOUT_EFFECT, ", ".join(compress(names, ~keep))))
    notes += _sameness(table, columns, names)
    effects, variances = with_rows(
        table, columns, names, lambda: checked(own.effects[keep], own.variances[keep], kept, needed=0)
    )
    return Studies(
        table=table.only(keep.tolist()),
        files=(options.file, *options.adding.files),
        names=kept,
        effects=effects,
        variances=variances,
        measure=options.measure,
        columns=columns,
        notes=tuple(notes),
        rule=own.rule,
        added=added,
    )


def with_rows(table: Cells, columns: dict[str, str], names: tuple[str, ...], compute: Callable[[], T]) -> T:
    """A study that cannot be used, told by its row and column in the file."""
    try:
        return compute()
    except BadStudy as bad:
        place = names.index(bad.study) if bad.study in names else None
        column = columns.get(bad.field, bad.field)
        if place is not None and column in table.columns:
            raise table.bad(column, place, bad.reason) from None
        row = None if place is None else table.lines[place]
        value = f"{bad.value:g}" if isinstance(bad.value, float) else str(bad.value)
        raise BadCell(table.name, bad.reason, row=row, column=column, value=value) from None


def _study_names(table: Cells, column: str | None) -> tuple[str, ...]:
    """The studies' names, each once; their row in the file where no column names them."""
    if column is None:
        return tuple(f"rad {line}" for line in table.lines)
    names = table.text(column)
    first = {name: place for place, name in reversed(list(enumerate(names)))}
    for place, name in enumerate(names):
        if not name:
            raise table.bad(column, place, "no_name")
        if first[name] != place:
            raise table.bad(column, place, "duplicate_study")
    return names


def _chosen(table: Cells, options: Options, notes: list[tuple[str, str]]) -> Cells:
    for condition in options.where:
        column, mark, value = condition.partition("=")
        if not mark:
            raise BadOption("--where", condition, "where")
        table = table.only(
            [(cell == value.strip()) != column.endswith("!") for cell in table.text(column.rstrip("!").strip())]
        )
    if "verified" in table.columns:
        recalled = [v == "recalled" for v in table.columns["verified"]]
        if any(recalled) and options.recalled:
            notes.append((RECALLED_IN, str(sum(recalled))))
        elif any(recalled):
            notes.append((RECALLED_OUT, str(sum(recalled))))
            table = table.only([not r for r in recalled])
    if not table.rows:
        raise BadCell(table.name, "no_rows")
    return table


def _columns(table: Cells, options: Options) -> tuple[dict[str, str], list[str]]:
    """The column of each input, said or certain, and which were guessed."""
    columns = {name: column for name, column in options.columns.items() if column}
    for column in columns.values():
        table.text(column)
    if options.measure not in INPUTS and options.measure != "GEN":
        raise BadOption("--measure", options.measure, "unknown_measure", INPUTS)
    guessed = []

    def find(name: str) -> bool:
        if name in columns:
            return True
        there = [c for c in CERTAIN.get(name, (name,)) if c in table.columns]
        if len(there) == 1:
            columns[name] = there[0]
            guessed.append(name)
        return len(there) == 1

    find("study")
    if "study" in guessed:
        guessed.remove("study")  # a name changes no number
    said = bool(columns.keys() & {"se", "ci_low", "ci_high", "p"})

    def is_printed() -> bool:
        """An effect with something that tells how sure it is: what was said, else what is certain."""
        sure = (
            columns.keys() & {"variance", "se", "p"}
            or {"ci_low", "ci_high"} <= columns.keys()
            or (not said and (find("variance") or find("se") or (find("ci_low") and find("ci_high"))))
        )
        return bool(("ratio" in columns or find("effect") or find("ratio")) and sure)

    if columns.keys() & {"effect", "ratio"} or options.measure not in INPUTS:
        if is_printed():
            return columns, guessed
        raise BadOption("--measure", options.measure, "columns", ("--effect", "--variance"))
    missing = [name for name in INPUTS[options.measure] if not find(name)]
    if missing and is_printed():
        return columns, guessed
    if missing:
        raise BadOption("--measure", options.measure, "columns", [f"--{name}" for name in missing])
    return columns, guessed


def _sameness(table: Cells, columns: dict[str, str], names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Outcomes that are not the same, and control groups that seem to stand there twice."""
    notes = []
    if "outcome_definition" in table.columns:
        kinds = dict.fromkeys(table.columns["outcome_definition"])
        if len(kinds) > 1:
            notes.append((MIXED_OUTCOMES, str(len(kinds))))
    if {"events2", "n2"} <= set(columns):
        author = table.columns.get("first_author", table.columns.get("author"))
        seen: dict[tuple[str, ...], str] = {}
        for i, name in enumerate(names):
            if author is None:
                break
            key = (author[i], table.columns[columns["events2"]][i], table.columns[columns["n2"]][i])
            if key in seen:
                notes.append((SHARED_CONTROL, f"{seen[key]}, {name}"))
            seen[key] = name
    return notes
