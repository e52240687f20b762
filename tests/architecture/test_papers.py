"""The papers on privacy and operations say what the models and rules say, and what they lean on is there."""

import re
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType

from fotfeste_web.papers.lists import ANSWERS, lines
from fotfeste_web.papers.marks import made
from fotfeste_web.papers.parts import PARTS
from fotfeste_web.papers.processing import NotInTheRecord, group_of

ROOT = Path(__file__).parents[2]
PAPERS = [*(ROOT / "docs" / "personvern").glob("*.md"), *(ROOT / "docs" / "drift").glob("*.md")]
FOLDERS = "tests|src|docs|policies|ops|benchmarks"
PROOF = re.compile(rf"`((?:{FOLDERS})/[^`\s:]+|pyproject\.toml|requirements\.lock)(?:::(\w+))?`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
# How many requirements each section of ASVS 5.0.0 has, and which are of level 3 and so not on the list: counted in the
# file OWASP_Application_Security_Verification_Standard_5.0.0_en.csv of OWASP itself (345, of which 70 are of level 1).
SECTIONS = """1.1:2 1.2:10 1.3:12 1.4:3 1.5:3 2.1:3 2.2:3 2.3:5 2.4:2 3.1:1 3.2:3 3.3:5 3.4:8 3.5:8 3.6:1 3.7:5 4.1:5
4.2:5 4.3:2 4.4:4 5.1:1 5.2:6 5.3:3 5.4:3 6.1:3 6.2:12 6.3:8 6.4:6 6.5:8 6.6:4 6.7:2 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5
7.5:3 7.6:2 8.1:4 8.2:4 8.3:3 8.4:2 9.1:3 9.2:4 10.1:2 10.2:3 10.3:5 10.4:16 10.5:5 10.6:2 10.7:3 11.1:4 11.2:5 11.3:5
11.4:4 11.5:2 11.6:2 11.7:2 12.1:5 12.2:2 12.3:5 13.1:4 13.2:6 13.3:4 13.4:7 14.1:2 14.2:8 14.3:3 15.1:5 15.2:5 15.3:7
15.4:4 16.1:1 16.2:5 16.3:4 16.4:3 16.5:4 17.1:2 17.2:8 17.3:2"""
LEVEL_3 = """1.2.10 1.3.12 1.5.3 2.3.5 2.4.2 3.1.1 3.2.3 3.3.5 3.4.7 3.4.8 3.5.6 3.5.7 3.5.8 3.6.1 3.7.3 3.7.4 3.7.5
4.1.4 4.1.5 4.2.2 4.2.3 4.2.4 4.2.5 5.2.4 5.2.5 5.2.6 5.3.3 6.3.5 6.3.6 6.3.7 6.3.8 6.4.5 6.4.6 6.5.6 6.5.7 6.5.8
6.6.4 6.7.1 6.7.2 7.5.3 8.1.3 8.1.4 8.2.4 8.3.2 8.3.3 8.4.2 10.2.3 10.3.5 10.4.12 10.4.13 10.4.14 10.4.15 10.4.16
11.1.3 11.1.4 11.2.4 11.2.5 11.3.4 11.3.5 11.5.2 11.6.2 11.7.1 11.7.2 12.1.4 12.1.5 12.3.5 13.1.2 13.1.3 13.1.4 13.2.6
13.3.3 13.3.4 13.4.6 13.4.7 14.2.5 14.2.6 14.2.7 14.2.8 15.1.4 15.1.5 15.2.4 15.2.5 15.4.1 15.4.2 15.4.3 15.4.4 16.5.4
17.1.2 17.2.5 17.2.6 17.2.7 17.2.8"""
ASVS = (ROOT / "docs" / "personvern" / "asvs.md").read_text(encoding="utf-8")


def not_there(text: str) -> list[str]:
    """Give the files and tests that a paper names and nobody finds."""
    named = [
        (f"{file}::{test}" if test else file, ROOT / file, test) for file, test in dict.fromkeys(PROOF.findall(text))
    ]
    return [
        words
        for words, file, test in named
        if not file.exists() or (test and f"def {test}(" not in file.read_text(encoding="utf-8"))
    ]


def test_the_papers_say_what_the_models_and_rules_say():
    """Else: make fix."""
    papers = made(ROOT / "docs", PARTS)
    assert len(papers) >= 5
    assert [file.name for file, text in papers.items() if text != file.read_text(encoding="utf-8")] == []


def test_a_paper_that_says_something_else_is_caught(tmp_path):
    old = "<!-- lages: avsluttet -->\n| 180 dager | låses |\n<!-- slutt: avsluttet -->\n"
    (tmp_path / "gammel.md").write_text(f"Skrevet for hånd.\n{old}Også dette.\n", encoding="utf-8")
    (text,) = made(tmp_path, PARTS).values()
    assert text != f"Skrevet for hånd.\n{old}Også dette.\n"
    assert (text.startswith("Skrevet for hånd.\n"), text.endswith("Også dette.\n")) == (True, True)


def test_a_table_that_nobody_has_said_the_purpose_of_is_refused():
    with pytest.raises(NotInTheRecord, match="django_content_type"):
        group_of(ContentType)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.parent.name}/{paper.name}")
def test_what_a_paper_leans_on_is_there(paper):
    text = paper.read_text(encoding="utf-8")
    assert not_there(text) == []
    assert [link for link in LINK.findall(text) if not (paper.parent / link).exists()] == []


def test_a_test_that_is_not_there_is_found():
    assert not_there("`tests/architecture/test_papers.py::test_of_tomorrow` og `src/borte.py`") == [
        "tests/architecture/test_papers.py::test_of_tomorrow",
        "src/borte.py",
    ]


def test_the_list_has_every_requirement_of_levels_1_and_2_once():
    sections = {name: int(size) for name, size in (each.split(":") for each in SECTIONS.split())}
    whole = {f"{section}.{number}" for section, size in sections.items() for number in range(1, size + 1)}
    assert (len(whole), len(LEVEL_3.split())) == (345, 92)
    assert sorted(line["number"] for line in lines(ASVS)) == sorted(whole - set(LEVEL_3.split()))
    assert [line["level"] for line in lines(ASVS)].count("1") == 70


def test_what_is_met_names_a_proof_and_what_is_not_a_reason():
    assert {line["answer"] for line in lines(ASVS)} <= set(ANSWERS)
    for line in lines(ASVS):
        assert line["answer"] != "ja" or PROOF.search(line["why"]) or LINK.search(line["why"]), line["number"]
        assert len(line["why"]) > 5, line["number"]
