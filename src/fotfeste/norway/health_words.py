"""Diagnosis codes and medicine names in free text: the platform is no patient record, so it asks "sure?".

A warning that can be overridden, so a false alarm costs more than a miss.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

# F00-F99 is the chapter of mental and behavioural disorders. Not where it names a thing (F16-fly).
_PSYCHIATRIC = re.compile(
    r"(?<![\w.-])(?:F[0-9]{2}(?:\.[0-9]{1,2})?|[Ff] ?[0-9]{2}\.[0-9]{1,2})(?!\w|\.[0-9]|-(?!diagnos))"
)
# Other chapters look like vitamins, roads, rooms and paper: only where a diagnosis is announced just before.
_OTHER = re.compile(
    r"(?:diagnose\w*|ICD(?:-?10)?)(?:[ :,(]+\w+){0,2}?[ :,(]+([A-Z][0-9]{2}(?:\.[0-9]{1,2})?)\b",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")  # litium-ion is one word, and no medicine
_ENDINGS = ("", "s", "a", "en", "ens", "n", "ns", "et", "ets", "er", "ene")
_COMPOUNDS = ("behandl", "bruk", "depot", "dos", "kur", "medisin", "plast", "sprøyt", "tablett")


@dataclass(frozen=True, slots=True)
class HealthWord:
    """A diagnosis code or a medicine's name, at ``text[start:end]``."""

    start: int
    end: int
    text: str
    kind: Literal["diagnosis", "medicine"]


def find_health_words(text: str) -> tuple[HealthWord, ...]:
    """Find ICD-10 codes and names of medicines for mental illness, addiction and strong pain, in order."""
    codes = [match.span() for match in _PSYCHIATRIC.finditer(text)]
    codes += [match.span(1) for match in _OTHER.finditer(text)]
    medicines = [match.span() for match in _WORD.finditer(text) if _is_medicine(match[0])]
    return tuple(
        [HealthWord(start, end, text[start:end], "diagnosis") for start, end in sorted(set(codes))]
        + [HealthWord(start, end, text[start:end], "medicine") for start, end in medicines]
    )


def _is_medicine(word: str) -> bool:
    names, folded = _medicines(), _folded(word)
    return any(
        folded[:cut] in names and (folded[cut:] in _ENDINGS or folded[cut:].removeprefix("-").startswith(_COMPOUNDS))
        for cut in range(len(folded), 4, -1)
    )


@cache
def _medicines() -> frozenset[str]:
    text = files(__package__).joinpath("data", "medicines.csv").read_text(encoding="utf-8")
    return frozenset(_folded(row["name"]) for row in csv.DictReader(text.splitlines()))


def _folded(word: str) -> str:
    """One spelling for kvetiapin and quetiapin, oksazepam and oxazepam, litium and lithium."""
    word = word.casefold()
    for written, same in (("qu", "kv"), ("q", "k"), ("c", "k"), ("x", "ks"), ("th", "t"), ("ph", "f")):
        word = word.replace(written, same)
    return word
