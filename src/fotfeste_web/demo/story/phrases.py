"""The written texts: loaded from `texts/`, picked so that nobody gets the same note twice, slots filled."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

PLACES = (
    "biblioteket", "kafeen ved torget", "rådhuset", "kjøpesenteret", "aktivitetshuset", "havna",
    "bakeriet på hjørnet", "busstasjonen",
)  # fmt: skip
SCHOOLS = ("voksenopplæringen", "den videregående skolen", "fagskolen", "universitetet", "nettskolen")
SEASONS = (  # what lies ahead, by month
    "påske", "påske", "sommeren", "sommeren", "sommeren", "høsten",
    "høsten", "vinteren", "vinteren", "jul", "jul", "våren",
)  # fmt: skip

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")
SENTENCE_START = re.compile(r"(^|[.!?] )([a-zæøå])")


@cache
def read(name: str) -> dict:
    """One file of texts."""
    return tomllib.loads(files("fotfeste_web.demo").joinpath("texts", f"{name}.toml").read_text("utf-8"))


def lines(path: str) -> list[str]:
    """The list at a path such as `referral.wish.nav`: file, then tables."""
    name, *rest = path.split(".")
    node: Any = read(name)
    for part in rest:
        node = node[part]
    return node


@dataclass
class Phrases:
    """Picks texts. Remembers who has got what."""

    rng: Random
    used: dict[str, set[str]] = field(default_factory=dict)

    def pick(self, path: str, *owners: str, on: date, **slots: str) -> str:
        """A text none of the owners has had, or an empty one when all are used up."""
        taken = set().union(*(self.used.setdefault(owner, set()) for owner in owners))
        free = [text for text in lines(path) if text not in taken]
        if not free:
            return ""
        template = self.rng.choice(free)
        for owner in owners:
            self.used[owner].add(template)
        return self._fill(template, on, slots)

    def _fill(self, template: str, on: date, slots: dict[str, str]) -> str:
        rng = self.rng
        everywhere = {
            "place": rng.choice(PLACES),
            "school": rng.choice(SCHOOLS),
            "season": SEASONS[on.month - 1],
            "weekday": rng.choice(WEEKDAYS),
            "team": "teamet",
            "hours": rng.choice(("12", "15", "18", "20", "22")),
        }
        text = template.format(**(everywhere | slots))
        return SENTENCE_START.sub(lambda found: found[1] + found[2].upper(), text) if "{" in template else text
