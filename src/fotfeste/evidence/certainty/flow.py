"""The PRISMA 2020 flow: what was found, what was left out and why, and whether the counts go up."""

from dataclasses import dataclass

from fotfeste.files import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Counts of a search, as Page et al. (2021), BMJ 372:n71, figure 1, has them for databases and registers."""

    databases: int
    registers: int
    duplicates: int
    removed_otherwise: int
    screened: int
    excluded: int
    sought: int
    not_retrieved: int
    assessed: int
    reasons: tuple[tuple[str, int], ...]
    studies: int
    reports: int


def read_flow(table: Table) -> Flow:
    """Read the counts; what follows from others may be left out, and must agree with them where it stands.

    Raises
    ------
    BadKey
        With reason sum where a count is not what the others make it, and negative.
    """

    def count(name: str, otherwise: int | None = None) -> int:
        value = table.number(name) if otherwise is None or table.has(name) else otherwise
        if value < 0:
            raise table.bad(name, "negative", value)
        return value

    def follows(name: str, value: int) -> int:
        told = count(name, value)
        if told != value:
            raise table.bad(name, "sum", f"{told}, ikke {value}")
        return told

    databases, registers = count("databases"), count("registers", 0)
    duplicates, otherwise = count("duplicates", 0), count("removed_otherwise", 0)
    screened = follows("screened", databases + registers - duplicates - otherwise)
    excluded = count("excluded")
    sought = follows("sought", screened - excluded)
    not_retrieved = count("not_retrieved", 0)
    assessed = follows("assessed", sought - not_retrieved)
    reasons = []
    for row in table.tables("reasons"):
        reasons.append((row.text("reason"), row.number("reports")))
        row.done()
    reports = follows("reports", assessed - sum(n for _, n in reasons))
    studies = count("studies")
    if studies > reports:
        raise table.bad("studies", "sum", studies)
    table.done()
    return Flow(
        databases=databases,
        registers=registers,
        duplicates=duplicates,
        removed_otherwise=otherwise,
        screened=screened,
        excluded=excluded,
        sought=sought,
        not_retrieved=not_retrieved,
        assessed=assessed,
        reasons=tuple(reasons),
        studies=studies,
        reports=reports,
    )
