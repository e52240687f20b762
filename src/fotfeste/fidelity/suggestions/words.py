"""What marks, figures and items are called, in ``words.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from fotfeste.fidelity.suggestions.shapes import Figure

Language = Literal["nb", "en"]


@cache
def words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """By section, id and language."""
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def mark_words(mark: str, language: Language = "nb") -> str:
    return words()["mark"][mark][language]


def figure_words(figure: Figure, language: Language = "nb") -> str:
    """What a figure is called, with what it is counted for; an id nobody has words for stands as it is."""
    about = words()["about"].get(figure.about)
    return words()["figure"][figure.id][language].format(about=about[language] if about else figure.about)


def to_judge(item: str, language: Language = "nb") -> str | None:
    """What a person must judge of an item, where a number is not enough."""
    told = words()["judge"].get(item)
    return told[language] if told else None
