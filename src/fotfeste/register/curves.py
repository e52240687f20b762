"""An outcome month by month since inclusion: what the curve of an effect is drawn from."""

import narwhals as nw

from fotfeste.employment import OutcomeDefinition
from fotfeste.register.calendar import month_of, month_start
from fotfeste.register.definitions import Definition
from fotfeste.register.following import union
from fotfeste.register.frames import Frame, least, most, packed
from fotfeste.register.outcomes import BENEFITS, SUBTRACTING, closed, counted_work

MONTHS = 43
"""How far the Norwegian trial was followed (Holmås, Monstad and Reme 2021)."""


def by_month(people: Frame, files: dict[str, Frame], definition: Definition, ladder: Frame, *, months: int) -> Frame:
    """One row for each person and calendar month since inclusion, which is month 0, while the person is followed.

    ``outcome`` is what the definition measures, in the month alone: in work in the reference week (1 or 0; with the
    hours a week that the definition asks for), agreed hours a week in hundredths, days in work, øre paid, on benefits
    or in education (1 or 0). Where a definition looks at a stretch of time (any day, weeks, the first, the longest or a
    steady job), its month is in work or not. A month that was not followed to its end has no row.
    """
    followed = people.with_columns(entered=month_of(nw.col("entered")), until=month_of(nw.col("until")))
    followed = followed.with_columns(n=least(nw.col("until") - nw.col("entered"), nw.lit(months + 1)))
    rows = followed.join(ladder, on="n", how="inner").with_columns(calendar=nw.col("entered") + nw.col("i"))
    value = _values(people, files, definition, ladder).join(followed, on="person_id", how="inner")
    value = value.filter((nw.col("month") >= nw.col("entered")) & (nw.col("month") < nw.col("entered") + nw.col("n")))
    value = value.select("value", key=packed(nw.col("person_id"), nw.col("month")))
    rows = rows.with_columns(key=packed(nw.col("person_id"), nw.col("calendar"))).join(value, on="key", how="left")
    return rows.select(
        "person_id",
        "person",
        "site",
        "arm",
        month="i",
        calendar=nw.col("calendar").cast(nw.Int32),
        outcome=nw.col("value").fill_null(0),
    )


def _values(people: Frame, files: dict[str, Frame], definition: Definition, ladder: Frame) -> Frame:
    """``person_id``, ``month`` and ``value``, where it is not 0."""
    if isinstance(definition, OutcomeDefinition):
        if definition.measure == "days":
            parts = union(counted_work(files, definition), "person_id")
            laid = _laid_out(parts.select("person_id", "start", "stop"), people, ladder)
            start, stop = month_start(nw.col("month")), month_start(nw.col("month") + 1)
            days = least(nw.col("stop"), stop) - most(nw.col("start"), start)
            return (
                laid.with_columns(value=days).group_by("person_id", "month").agg(nw.col("value").cast(nw.Int64).sum())
            )
        return _from_panel(files, people, definition, ladder)
    if definition.measure == "wages":
        pay = files["pay"].with_columns(value=nw.col("regular") + nw.col("extra") + nw.col("holiday"))
        return pay.group_by("person_id", "month").agg(nw.col("value").sum())
    if definition.measure == "education":
        return _touched(files["education"], people, ladder)
    return _touched(files["benefits"].filter(nw.col("kind").is_in(BENEFITS)), people, ladder)


def _from_panel(files: dict[str, Frame], people: Frame, definition: OutcomeDefinition, ladder: Frame) -> Frame:
    ordinary = definition.work.id == SUBTRACTING
    hours = nw.col("ordinary_hours" if ordinary else "hours").cast(nw.Int64)
    panel = files["panel"].filter(nw.col("ordinary") == 1) if ordinary else files["panel"]
    if definition.measure == "hours":
        return panel.select("person_id", "month", value=hours)
    if definition.min_hours_per_week:
        panel = panel.filter(hours >= 100 * definition.min_hours_per_week)
    worked = panel.select("person_id", "month", value=nw.lit(1).cast(nw.Int64))
    if not definition.education:
        return worked
    return nw.concat([worked, _touched(files["education"], people, ladder)]).unique()


def _touched(periods: Frame, people: Frame, ladder: Frame) -> Frame:
    """The months that delivered periods touch."""
    laid = _laid_out(closed(periods).select("person_id", "start", "stop"), people, ladder)
    return laid.select("person_id", "month").unique().with_columns(value=nw.lit(1).cast(nw.Int64))


def _laid_out(periods: Frame, people: Frame, ladder: Frame) -> Frame:
    """Periods in every month that they touch from inclusion to the end of what is known."""
    joined = periods.join(people.select("person_id", "entered", "until"), on="person_id", how="inner")
    first = most(month_of(nw.col("start")), month_of(nw.col("entered")))
    last = least(month_of(nw.col("stop") - 1), month_of(nw.col("until") - 1))
    joined = joined.with_columns(first=first, n=last - first + 1)
    return joined.join(ladder, on="n", how="inner").with_columns(month=nw.col("first") + nw.col("i"))
