"""Shares that are printed without counts, and the whole people that they fit."""

import pytest


@pytest.mark.parametrize(
    ("events", "n", "printed"),
    [
        (105, 271, "38.7"),  # VIP-STAR, Davis et al. 2018, JAMA Psychiatry 75:316-324, key points: IPS, steady work
        (63, 270, "23.3"),  # the same, transitional work; n from Davis et al. 2019, PMC6910199, abstract
    ],
)
def test_davis_2018_shares_in_steady_work(events: int, n: int, printed: str) -> None:
    from fotfeste.trial.analysis.binary import risk

    assert f"{100 * risk(events, n).estimate:.1f}" == printed


def test_hegelstad_share_in_work_of_20_hours() -> None:
    # School and JobPrescription, IEPA 11, abstract: 14 (47 %) of 30.
    from fotfeste.trial.analysis.binary import risk

    assert f"{risk(14, 30).estimate:.0%}" == "47%"
