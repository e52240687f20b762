"""Analyses that somebody asks for besides the plan: ``one_day@18:risk_ratio`` or ``one_day@18:risk_ratio:koopman``."""

import re

from fotfeste.trial.plan import METHODS, Analysis, Plan


class BadAlso(ValueError):
    """``reason`` is form, outcome, measure or method; ``known`` are those that there are."""

    def __init__(self, value: str, reason: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(f"{value}: {reason}")
        self.value, self.reason, self.known = value, reason, known


def asked(text: str, plan: Plan) -> Analysis:
    """Read one; the method is the measure's first where it is not said, and the rule for what is missing the plan's."""
    parts = re.fullmatch(r"(?P<outcome>[\w-]+)@(?P<month>\d+):(?P<measure>\w+)(:(?P<method>\w+))?", text)
    if parts is None:
        raise BadAlso(text, "form")
    points = {point.column: (outcome, point) for outcome in plan.outcomes for point in outcome.points}
    column = f"{parts['outcome']}@{int(parts['month'])}"
    if column not in points:
        raise BadAlso(text, "outcome", tuple(points))
    outcome, point = points[column]
    measures = METHODS[outcome.kind]
    if parts["measure"] not in measures:
        raise BadAlso(text, "measure", tuple(measures))
    methods = measures[parts["measure"]]
    if parts["method"] and parts["method"] not in methods:
        raise BadAlso(text, "method", methods)
    rule = plan.missing.rule
    return Analysis(
        outcome=outcome.id,
        month=point.month,
        measure=parts["measure"],
        method=parts["method"] or methods[0],
        missing=rule if outcome.kind != "continuous" or rule == "multiple_imputation" else "complete_case",
    )


def sentence(error: BadAlso) -> str:
    known = ", ".join(error.known)
    return {
        "form": f"--also: «{error.value}» kan ikke leses. Skriv for eksempel «one_day@18:risk_ratio».",
        "outcome": f"--also: Planen har ikke utfallet i «{error.value}». Den har {known}.",
        "measure": f"--also: Målet i «{error.value}» passer ikke til utfallet. Bruk {known}.",
        "method": f"--also: Metoden i «{error.value}» gir ikke dette målet. Bruk {known}.",
    }[error.reason]
