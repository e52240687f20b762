"""From the moderators' names to the columns of a design: numbers, factors and interactions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.projection import Floats


class UnknownModerator(ValueError):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.known = name, tuple(known)


class BadFormula(ValueError):
    """The formula cannot be read; ``part`` is where it went wrong."""

    def __init__(self, formula: str, part: str) -> None:
        super().__init__(f"{formula}: {part}")
        self.formula, self.part = formula, part


@dataclass(frozen=True, slots=True)
class Terms:
    """What the model holds: each term a tuple of the moderators that it multiplies."""

    terms: tuple[tuple[str, ...], ...]
    intercept: bool = True
    factors: frozenset[str] = frozenset()

    @property
    def moderators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for term in self.terms for name in term))


@dataclass(frozen=True, slots=True)
class Design:
    """Columns, their names, and which columns each term owns. ``levels`` are the values of each factor, the first
    left out."""

    x: Floats
    columns: tuple[str, ...]
    owner: tuple[str, ...]
    present: npt.NDArray[np.bool_]
    levels: dict[str, tuple[str, ...]]


def parse_terms(formula: str) -> Terms:
    """Read ``a + b``, ``a*b`` (both and their product), ``a:b``, ``factor(a)`` and ``- 1`` (no intercept)."""
    terms: list[tuple[str, ...]] = []
    factors: set[str] = set()
    intercept = True
    for sign, part in re.findall(r"([+-]?)\s*([^+-]+)", formula.replace("~", " ")):
        part = part.strip()
        if not part:
            continue
        if part in ("0", "1"):
            intercept = (part == "1") == (sign != "-")
            continue
        if sign == "-":
            raise BadFormula(formula, f"- {part}")
        names = []
        for name in re.split(r"[*:]", part):
            name = name.strip()
            if found := re.fullmatch(r"factor\((.+)\)", name):
                name = found.group(1).strip()
                factors.add(name)
            if not re.fullmatch(r"\w[\w. ]*", name):
                raise BadFormula(formula, part)
            names.append(name)
        if "*" in part:
            terms += [(name,) for name in names]
        terms.append(tuple(names))
    ordered = sorted(dict.fromkeys(terms), key=len)  # main effects first, as a reader expects
    return Terms(tuple(ordered), intercept, frozenset(factors))


def design(data: Mapping[str, npt.ArrayLike], terms: Terms | str) -> Design:
    """The columns of the terms. Text is a factor, its first value in alphabetical order the one compared with.

    Rows where a moderator is missing are left out of ``x`` and marked in ``present``.
    """
    terms = parse_terms(terms) if isinstance(terms, str) else terms
    raw = {}
    for name in terms.moderators:
        if name not in data:
            raise UnknownModerator(name, list(data))
        raw[name] = np.asarray(data[name])
    size = len(next(iter(raw.values()))) if raw else max((len(np.asarray(c)) for c in data.values()), default=0)
    present = np.ones(size, dtype=bool)
    for values in raw.values():
        present &= ~_missing(values)
    levels: dict[str, tuple[str, ...]] = {}
    pieces: dict[str, list[tuple[str, Floats]]] = {}
    for name, values in raw.items():
        kept = values[present]
        if name in terms.factors or (values.dtype.kind in "OUSb" and not _numeric(kept)):
            found = sorted(set(kept.tolist()))
            levels[name] = tuple(_label(v) for v in found)
            pieces[name] = [(f"{name}={_label(v)}", (kept == v).astype(float)) for v in found]
        else:
            pieces[name] = [(name, kept.astype(float))]
    n = int(present.sum())
    columns: list[tuple[str, str, Floats]] = [("intercept", "intercept", np.ones(n))] if terms.intercept else []
    whole = not terms.intercept  # without an intercept the first factor keeps all its values
    for term in terms.terms:
        sides = []
        for name in term:
            side = pieces[name]
            if name in levels:
                full = whole and len(term) == 1
                # A factor whose own main effect is not in the model keeps all its values in an interaction.
                lone = len(term) > 1 and (name,) not in terms.terms and True
                covered = len(term) > 1 and not all((other,) in terms.terms for other in term if other != name)
                if full:
                    whole = False
                elif not (lone or covered):
                    side = side[1:]
            sides.append(side)
        for combination in product(*reversed(sides)):
            parts = combination[::-1]
            columns.append((":".join(c for c, _ in parts), ":".join(term), np.prod([v for _, v in parts], axis=0)))
    x = np.column_stack([v for _, _, v in columns]) if columns else np.empty((n, 0))
    return Design(x, tuple(c for c, _, _ in columns), tuple(o for _, o, _ in columns), present, levels)


def _missing(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    if values.dtype.kind == "f":
        return np.asarray(np.isnan(values), dtype=bool)
    if values.dtype.kind == "O":
        return np.array([v is None or v == "" or v != v for v in values.tolist()], dtype=bool)
    return np.asarray(values == "", dtype=bool) if values.dtype.kind == "U" else np.zeros(values.size, dtype=bool)


def _numeric(values: npt.NDArray[np.generic]) -> bool:
    return all(isinstance(v, int | float) and not isinstance(v, bool) for v in values.tolist())


def _label(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
