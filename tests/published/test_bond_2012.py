"""Bond, Campbell and Drake 2012, four trials pooled, Psychiatr Serv 63:751-757, results section.

Weeks in paid jobs in the five years before, of people who worked: 93.12 (SD 83.59, n 91) in control against 61.12
(69.46, n 216), t = 3.21 with 305 degrees of freedom printed.
"""

from fotfeste.trial.analysis.binary import Counts, risk_difference
from fotfeste.trial.analysis.continuous import Summary, mean_difference, standardised_difference

CONTROL, IPS = Summary(mean=93.12, sd=83.59, n=91), Summary(mean=61.12, sd=69.46, n=216)


def test_t_is_welchs() -> None:
    found = mean_difference(CONTROL, IPS)
    assert f"{found.t:.2f}" == "3.21"
    assert found.p < 0.01


def test_the_printed_degrees_of_freedom_are_those_of_the_pooled_test_whose_t_is_another() -> None:
    found = mean_difference(CONTROL, IPS, method="pooled")
    assert found.df == 305
    assert f"{found.t:.2f}" == "3.46"


def test_standardised_difference() -> None:
    # d = -0.43 in the paper.
    assert f"{standardised_difference(IPS, CONTROL).estimate:.2f}" == "-0.43"


def test_employed_at_any_time() -> None:
    # 216 of 307 against 91 of 374: the people above, of all who were randomised.
    employed = Counts(events1=216, n1=307, events2=91, n2=374)
    assert (employed.events1, employed.events2) == (IPS.n, CONTROL.n)
    assert f"{risk_difference(employed).estimate:.2f}" == "0.46"
