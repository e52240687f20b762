"""The check list of ASVS: how many lines are met, counted from the list itself."""

import re
from collections import Counter

from fotfeste_web.papers.marks import table

ANSWERS = ("ja", "delvis", "nei", "gjelder ikke", "drift")
LINE = re.compile(
    r"^\| (?P<number>\d+\.\d+\.\d+) \| (?P<level>[12]) \| [^|]+ \| (?P<answer>[^|]+) \| (?P<why>[^|]*) \|$"
)


def lines(text: str) -> list[re.Match[str]]:
    return [line for line in map(LINE.match, text.splitlines()) if line]


def counts(text: str) -> str:
    found = Counter((line["answer"], line["level"]) for line in lines(text))
    return table(
        ["svar", "nivå 1", "nivå 2"],
        ([answer, str(found[answer, "1"]), str(found[answer, "2"])] for answer in ANSWERS),
    )
