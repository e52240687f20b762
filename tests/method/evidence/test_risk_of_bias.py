"""Risk of bias by the tools' own domains, and the flow of a search that goes up."""

from pathlib import Path

import pytest

from fotfeste.charts.evidence import prisma, traffic_light
from fotfeste.charts.evidence.boxes import flow_lines
from fotfeste.evidence.certainty.flow import read_flow
from fotfeste.evidence.certainty.risk_of_bias import UnknownTool, read_bias, tool
from fotfeste.files import BadCell, BadKey, read_toml

ROB2 = "study,randomisation,deviations,missing,measurement,reporting"


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str, name: str = "bias.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_tools_have_their_domains_and_levels() -> None:
    # Sterne et al. 2019 (BMJ 366:l4898) and 2016 (BMJ 355:i4919): five and seven domains.
    assert [len(tool(id).domains) for id in ("rob2", "robins-i")] == [5, 7]
    assert [level.id for level in tool("rob2").levels] == ["low", "some_concerns", "high"]
    with pytest.raises(UnknownTool):
        tool("rob1")


def test_a_study_is_as_its_worst_domain_unless_a_person_finds_it_worse(write) -> None:
    rows = ["a,low,low,low,low,low,", "b,low,some_concerns,some_concerns,low,low,high", "c,low,high,low,low,low,"]
    told = read_bias(write("\n".join([f"{ROB2},overall", *rows])), tool("rob2"))
    assert [study.overall for study in told] == ["low", "high", "high"]


def test_no_information_weighs_between_moderate_and_serious() -> None:
    # Sterne et al. 2016, table 2: no information where nothing points to a serious risk, and a domain is not told.
    robins = tool("robins-i")
    assert robins.worst(("low", "moderate", "no_information")) == "no_information"
    assert robins.worst(("no_information", "serious")) == "serious"


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ("a,low,low,bad,low,low,", ("level", 2, "missing", "bad")),
        ("a,low,high,low,low,low,low", ("overall_too_good", 2, "overall", "low")),
        ("a,low,low,low,low,low,\na,low,low,low,low,low,", ("duplicate_study", 3, "study", "a")),
    ],
)
def test_a_judgement_that_cannot_be_is_told_by_its_place(write, row: str, facts: tuple[object, ...]) -> None:
    with pytest.raises(BadCell) as caught:
        read_bias(write(f"{ROB2},overall\n{row}"), tool("rob2"))
    assert (caught.value.reason, caught.value.row, caught.value.column, caught.value.value) == facts


def test_the_lights_have_signs_as_well_as_colours(write) -> None:
    told = read_bias(write(f"{ROB2}\na,low,some_concerns,high,low,low"), tool("rob2"))
    drawn = str(traffic_light(told, tool("rob2"), lang="nb").to_dict())
    for sign in ("'+'", "'−'", "'×'", "D3: manglende utfallsdata", "Samlet"):
        assert sign in drawn


FLOW = """databases = 120
registers = 10
duplicates = 30
excluded = 70
not_retrieved = 2
studies = 20
reasons = [{ reason = "feil utfall", reports = 5 }, { reason = "ikke randomisert", reports = 3 }]
"""


def test_counts_that_follow_from_others_are_worked_out(write) -> None:
    flow = read_flow(read_toml(write(FLOW, "f.toml")))
    assert (flow.screened, flow.sought, flow.assessed, flow.reports) == (100, 30, 28, 20)
    assert ["Utelatt:", "feil utfall (n = 5)", "ikke randomisert (n = 3)"] in [right for _, right in flow_lines(flow)]
    assert "Studies included (n = 20)" in str(prisma(flow, lang="en").to_dict())


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("screened = 99", ("screened", "sum", 8)),
        ("reports = 21", ("reports", "sum", 8)),
        ("removed_otherwise = -1", ("removed_otherwise", "negative", 8)),
        ("exluded = 1", ("exluded", "unknown", 8)),
    ],
)
def test_counts_that_do_not_go_up_are_told_with_their_line(write, line: str, facts: tuple[str, str, int]) -> None:
    with pytest.raises(BadKey) as caught:
        read_flow(read_toml(write(FLOW + line, "f.toml")))
    assert (caught.value.key, caught.value.reason, caught.value.line) == facts
