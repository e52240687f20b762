"""The lists that are read from data: tasks of a review by their days, questions about a file, principles."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Task:
    what: str
    party: str
    of: str  # "start" or "end" of the review
    days: int

    def due_on(self, starts_on: date, ends_on: date) -> date:
        return {"start": starts_on, "end": ends_on}[self.of] + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Principle:
    name: str
    means: str
    items: tuple[str, ...]


@cache
def principles() -> tuple[Principle, ...]:
    read = _read("principles")["principle"]
    return tuple(Principle(given["name"], given["means"], tuple(given["items"])) for given in read)


@cache
def tasks() -> tuple[Task, ...]:
    return tuple(Task(**given) for given in _read("tasks")["task"])


@cache
def questions() -> tuple[Question, ...]:
    return tuple(Question(**given) for given in _read("file_questions")["question"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
