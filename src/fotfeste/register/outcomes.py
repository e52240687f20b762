"""Outcomes from registers: any definition, for everybody at once, as ``fotfeste.employment.outcome`` for one person."""

import narwhals as nw

from fotfeste.employment import OutcomeDefinition
from fotfeste.register.calendar import month_of
from fotfeste.register.definitions import Definition
from fotfeste.register.following import union, within
from fotfeste.register.frames import Frame, flag
from fotfeste.register.steady import is_steady

YES_OR_NO = ("any", "on_day", "steady", "education")
HUNDREDTHS = ("hours", "wages")
BENEFITS = ("aap", "disability_pension", "unemployment_benefit", "sickness_benefit", "social_assistance")
SUBTRACTING, REGISTERED = "ordinary_work", "registered_work"


class OtherWork(ValueError):
    """The registers cannot tell what counts as work by this definition."""

    def __init__(self, work: str) -> None:
        super().__init__(work)
        self.work = work


def outcomes(people: Frame, files: dict[str, Frame], definition: Definition, days: Frame) -> Frame:
    """One outcome for each person who is followed.

    Parameters
    ----------
    people : LazyFrame
        As ``followed`` gives them, by the months of the definition.
    files : dict of LazyFrame
        ``work``, ``pay``, ``benefits`` and ``education``.
    definition : OutcomeDefinition or RegisterDefinition
        From ``find_definition``.
    days : LazyFrame
        The rows (n, i) with 0 <= i < n, for n up to the days of the follow-up.

    Returns
    -------
    LazyFrame
        ``person``, ``site``, ``arm``; ``entered``; ``value`` (1 or 0, days, weeks, months, hundredths of hours, øre;
        null where it is not known); ``censored`` (true where it may still change, or no first job was seen);
        ``followed_days``.

    Raises
    ------
    OtherWork
        Where the definition asks for what registers do not tell.
    """
    value = _values(people, files, definition, days)
    told = people.join(value, on="person_id", how="left")
    known, early = nw.col("until") > nw.col("due"), flag(nw.col("until") < nw.col("due"))
    if definition.measure == "first_job":
        told = told.with_columns(censored=flag(nw.col("value").is_null()))
    elif definition.measure == "on_day":
        told = told.with_columns(censored=1 - flag(known))
        told = told.with_columns(value=nw.when(nw.col("censored") == 0).then(nw.col("value").fill_null(0)))
    else:
        told = told.with_columns(value=nw.col("value").fill_null(0))
        done = flag(nw.col("value") == 1) if definition.measure in YES_OR_NO else nw.lit(0)
        told = told.with_columns(censored=early * (1 - done))
    told = told.with_columns(
        value=nw.col("value").cast(nw.Int64),
        censored=nw.col("censored") == 1,
        followed_days=(nw.col("end") - nw.col("entered")).cast(nw.Int32),
    )
    return told.select("person_id", "person", "site", "arm", "entered", "value", "censored", "followed_days")


def counted_work(files: dict[str, Frame], definition: OutcomeDefinition) -> Frame:
    """The periods that count as work by a definition, and as education where it counts."""
    if definition.work.id not in (SUBTRACTING, REGISTERED):
        raise OtherWork(definition.work.id)
    work = files["work"]
    if definition.work.id == SUBTRACTING:
        work = work.filter(nw.col("ordinary") == 1)
    work = work.select("person_id", "job_id", "start", "stop", "hours")
    if definition.education:
        zero = {"job_id": nw.lit(-1).cast(nw.Int64), "hours": nw.lit(0).cast(nw.Int64)}
        studied = closed(files["education"]).with_columns(**zero).select(work.collect_schema().names())
        work = nw.concat([work.with_columns(nw.col("hours").cast(nw.Int64)), studied])
    return work


def closed(periods: Frame) -> Frame:
    """Delivered periods, whose end is their last day, as ``[start, stop)``; one without an end goes on."""
    return periods.with_columns(stop=(nw.col("end") + 1).fill_null(2**20))


def _values(people: Frame, files: dict[str, Frame], definition: Definition, days: Frame) -> Frame:
    if not isinstance(definition, OutcomeDefinition):
        return _told_by_registers(people, files, definition.measure)
    counted = counted_work(files, definition)
    if definition.measure == "on_day":
        held = counted.join(people.select("person_id", "due"), on="person_id", how="inner")
        held = held.filter((nw.col("start") <= nw.col("due")) & (nw.col("due") < nw.col("stop")))
        return _people_of(held)
    work = within(counted, people)
    match definition.measure:
        case "any":
            return _any(work, definition)
        case "days":
            return _length(union(work, "person_id"), "person_id")
        case "weeks":
            first = (nw.col("start") - nw.col("entered")) // 7
            after = (nw.col("stop") - 1 - nw.col("entered")) // 7 + 1
            return _length(union(work.with_columns(start=first, stop=after), "person_id"), "person_id")
        case "hours":
            sevenths = work.with_columns(value=nw.col("hours").cast(nw.Int64) * (nw.col("stop") - nw.col("start")))
            total = sevenths.group_by("person_id").agg(nw.col("value").sum())
            return total.with_columns(value=(2 * nw.col("value") + 7) // 14)  # rounded half up
        case "longest_job":
            education = nw.col("job_id") < 0
            jobs = work.with_columns(held=nw.when(education).then(-1 - nw.col("person_id")).otherwise(nw.col("job_id")))
            jobs = _length(union(jobs, "held"), "person_id", "held")
            return jobs.group_by("person_id").agg(nw.col("value").max())
        case "first_job":
            return (
                work.with_columns(value=nw.col("start") - nw.col("entered"))
                .group_by("person_id")
                .agg(nw.col("value").min())
            )
        case "steady":
            return is_steady(work, people, definition, days)


def _any(work: Frame, definition: OutcomeDefinition) -> Frame:
    if definition.min_hours is not None:
        sevenths = work.with_columns(total=nw.col("hours").cast(nw.Int64) * (nw.col("stop") - nw.col("start")))
        total = sevenths.group_by("person_id").agg(nw.col("total").sum())
        work = total.filter(nw.col("total") >= 700 * definition.min_hours)
    elif definition.min_hours_per_week:
        begun = work.select("person_id", day="start", change=nw.col("hours").cast(nw.Int64))
        ended = work.select("person_id", day="stop", change=-nw.col("hours").cast(nw.Int64))
        changes = nw.concat([begun, ended]).group_by("person_id", "day").agg(nw.col("change").sum())
        changes = changes.with_columns(hours=nw.col("change").cum_sum().over("person_id", order_by="day"))
        work = changes.filter(nw.col("hours") >= 100 * definition.min_hours_per_week)
    return _people_of(work)


def _told_by_registers(people: Frame, files: dict[str, Frame], measure: str) -> Frame:
    if measure == "education":
        return _people_of(within(closed(files["education"]), people))
    if measure == "benefit_months":
        paid = within(closed(files["benefits"].filter(nw.col("kind").is_in(BENEFITS))), people)
        months = paid.with_columns(start=month_of(nw.col("start")), stop=month_of(nw.col("stop") - 1) + 1)
        return _length(union(months, "person_id"), "person_id")
    whose = people.select(
        "person_id",
        entered=month_of(nw.col("entered")),
        due=month_of(nw.col("due")),
        end=month_of(nw.col("end") - 1),
    )
    paid = files["pay"].join(whose, on="person_id", how="inner")
    paid = paid.filter(
        (nw.col("month") >= nw.col("entered")) & (nw.col("month") < nw.col("due")) & (nw.col("month") <= nw.col("end"))
    )
    paid = paid.with_columns(value=nw.col("regular") + nw.col("extra") + nw.col("holiday"))
    return paid.group_by("person_id").agg(nw.col("value").sum())


def _length(parts: Frame, *of: str) -> Frame:
    return parts.with_columns(value=nw.col("stop") - nw.col("start")).group_by(*of).agg(nw.col("value").sum())


def _people_of(rows: Frame) -> Frame:
    return rows.select("person_id").unique().with_columns(value=nw.lit(1))
