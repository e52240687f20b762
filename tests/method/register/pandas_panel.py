"""A second opinion: the panel by all rules, written plainly in pandas with a row for each month of each job."""

import numpy as np
import pandas as pd

START_2015 = pd.Timestamp("2015-01-01")
PAY_MONTH = 2015 * 12
JOB = ["person_id", "job_id"]
WEEKS = pd.DataFrame({"sixteenth": pd.date_range("1990-01-01", "2040-12-01", freq="MS") + pd.Timedelta(days=15)})
WEEKS["month"] = WEEKS["sixteenth"].dt.year * 12 + WEEKS["sixteenth"].dt.month - 1
WEEKS["monday"] = WEEKS["sixteenth"] - pd.to_timedelta(WEEKS["sixteenth"].dt.day_of_week, unit="D")
WEEKS["sunday"] = WEEKS["monday"] + pd.Timedelta(days=6)
WEEKS = WEEKS.set_index("month")


def pandas_panel(files, first, last):
    """The panel from ``first`` to ``last`` (month numbers) of files as ``read_folder`` types them."""
    window_end = pd.Timestamp(year=last // 12, month=last % 12 + 1, day=1) + pd.offsets.MonthEnd(1)
    jobs = _jobs(files, window_end)
    months = _by_week(jobs, "start", "end", first, last)
    months["last_day"] = np.minimum(months["end"], WEEKS["sunday"].loc[months["month"]].to_numpy())
    months = months.sort_values("start").drop_duplicates([*JOB, "month"], keep="last")
    months["ordinary"] = _ordinary(months, files["measures"], window_end)
    counted = months[_counted(months, files, window_end, first, last)]
    return _people(counted)


def _jobs(files, window_end):
    jobs = files["jobs"].merge(files["participants"][["person_id", "death_date"]], on="person_id")
    jobs = jobs[jobs["type"] != "no_employment"]
    reported = jobs["reported_at"].fillna(pd.Timestamp("1900-01-01"))
    jobs = jobs[reported == reported.groupby([jobs[c] for c in JOB]).transform("max")].copy()
    jobs["end"] = jobs["end"].fillna(window_end).clip(upper=window_end)
    jobs["end"] = np.minimum(jobs["end"], jobs["death_date"].fillna(window_end))
    jobs["job_start"] = jobs.groupby(JOB)["start"].transform("min")
    benefits = files["benefits"]
    registered = benefits.loc[benefits["kind"] == "full_unemployment", ["person_id", "start"]]
    both = jobs[[*JOB, "job_start"]].drop_duplicates().merge(registered, on="person_id")
    cuts = both[both["start"] > both["job_start"]].groupby(JOB)["start"].min().rename("cut").reset_index()
    jobs = jobs.merge(cuts, on=JOB, how="left")
    jobs["end"] = np.minimum(jobs["end"], jobs["cut"].fillna(window_end + pd.Timedelta(days=1)) - pd.Timedelta(days=1))
    jobs = jobs[jobs["end"] >= jobs["start"]].copy()
    jobs["hours"] = (jobs["percent"] * jobs["fulltime_hours"] + 5000) // 10000
    days = (jobs.groupby(JOB)["end"].transform("max") - jobs["job_start"]).dt.days + 1
    unseen = (days <= 6) | (jobs["hours"] <= 400) | (jobs["type"] == "freelance")
    jobs["start"] = jobs["start"].where(~unseen, jobs["start"].clip(lower=START_2015))
    jobs[["hours", "percent"]] = jobs[["hours", "percent"]].fillna(0).astype("int64")
    return jobs[jobs["end"] >= jobs["start"]].reset_index(drop=True)


def _by_week(frame, start, end, first, last):
    """A row for each month of the window whose reference week the period holds a day of."""
    frame = frame.reset_index(drop=True)
    begin = (frame[start].dt.year * 12 + frame[start].dt.month - 1).to_numpy()
    finish = (frame[end].dt.year * 12 + frame[end].dt.month - 1).to_numpy()
    begin, finish = np.maximum(begin, first), np.minimum(finish, last)
    length = np.maximum(finish - begin + 1, 0)
    row = np.repeat(np.arange(len(frame)), length)
    month = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length) + np.repeat(begin, length)
    frame = frame.iloc[row].assign(month=month)
    monday, sunday = WEEKS["monday"].loc[month].to_numpy(), WEEKS["sunday"].loc[month].to_numpy()
    return frame[(frame[start].to_numpy() <= sunday) & (frame[end].to_numpy() >= monday)].reset_index(drop=True)


def _ordinary(months, measures, window_end):
    """Not in a measure on the last day of the job in the week."""
    measures = measures[measures["measure_type"].isin(["wage_subsidy", "vta", "work_practice"])]
    practice = (measures["measure_type"] == "work_practice") & measures["establishment_org"].isna()
    measures = measures[~practice].assign(end=measures["end"].fillna(window_end))
    both = (
        months[["person_id", "establishment_org", "last_day"]]
        .reset_index()
        .merge(measures[["person_id", "establishment_org", "start", "end"]], on="person_id", suffixes=("", "_of"))
    )
    place = both["establishment_org_of"].isna() | (both["establishment_org_of"] == both["establishment_org"])
    hit = both[place & (both["start"] <= both["last_day"]) & (both["last_day"] <= both["end"])]
    return (~months.index.isin(hit["index"])).astype("int64")


def _counted(months, files, window_end, first, last):
    """By pay and its exceptions; sets the pay of each month on the way."""
    pay = files["pay"].fillna(dict.fromkeys(("fixed", "hourly", "overtime", "other", "holiday"), 0))
    pay = pay[pay["month"] >= PAY_MONTH].copy()
    pay["regular"] = pay["fixed"] + pay["hourly"]
    pay["earned"] = pay["regular"] + pay["overtime"] + pay["other"]
    pay["pay"] = pay["earned"] + pay["holiday"]
    yearly = pay.groupby([*JOB, pay["month"] // 12])["pay"].transform("sum")
    pay = pay[~((yearly > 0) & (yearly <= 100_000))]
    merged = months[[*JOB, "month"]].merge(pay[[*JOB, "month", "pay", "earned", "regular"]], how="left").fillna(0)
    months["pay"] = merged["pay"].to_numpy().astype("int64")
    earned, steady = merged["earned"].to_numpy() > 0, merged["regular"].to_numpy() > 0
    keys = pd.MultiIndex.from_frame(months[[*JOB, "month"]])
    paid = pd.MultiIndex.from_frame(pay.loc[pay["earned"] > 0, [*JOB, "month"]])

    def paid_at(step):
        return pd.MultiIndex.from_frame(months[[*JOB, "month"]].assign(month=months["month"] + step)).isin(paid)

    start = months["job_start"]
    of_start = start.dt.year * 12 + start.dt.month - 1
    late = start.to_numpy() > WEEKS["sunday"].loc[of_start].to_numpy()
    fresh = months["month"].to_numpy() <= of_start.to_numpy() + late
    excused = paid_at(1) & (fresh | paid_at(-1))
    leave = files["leave"]
    days = (leave["end"] - leave["start"]).dt.days + 1
    leave = leave[(leave["kind"] == "parental") | (days < 90)].assign(end=leave["end"].fillna(window_end))
    away = _by_week(leave, "start", "end", first, last)
    excused |= keys.isin(pd.MultiIndex.from_frame(away[[*JOB, "month"]]))
    benefits = files["benefits"]
    benefits = benefits[benefits["kind"].isin(["sickness_benefit", "parental_benefit"])]
    ill = _by_week(benefits.assign(end=benefits["end"].fillna(window_end)), "start", "end", first, last)
    people = pd.MultiIndex.from_frame(months[["person_id", "month"]])
    excused |= people.isin(pd.MultiIndex.from_frame(ill[["person_id", "month"]]))
    before = pd.MultiIndex.from_frame(months[[*JOB, "month"]].assign(month=months["month"] - 1))
    freelance = (months["type"] == "freelance").to_numpy()
    after_work = paid_at(-1) | before.isin(keys[excused & ~earned & ~freelance])
    began_before_pay = (months["month"].to_numpy() == PAY_MONTH) & ~fresh
    holiday = (months["pay"].to_numpy() > 0) & (after_work | began_before_pay)
    by_pay = np.where(freelance, steady, earned | excused | holiday)
    return (months["month"].to_numpy() < PAY_MONTH) | by_pay


def _people(counted):
    counted = counted.assign(
        jobs=1, subsidised=1 - counted["ordinary"], ordinary_hours=counted["hours"] * counted["ordinary"]
    )
    sums = ["jobs", "percent", "hours", "ordinary_hours", "pay"]
    months = counted.groupby(["person_id", "month"]).agg(
        {**dict.fromkeys(sums, "sum"), "ordinary": "max", "subsidised": "max"}
    )
    place = ["person_id", "month", "establishment_org"]
    counted["main_hours"] = counted.groupby(place)["hours"].transform("sum")
    best = counted.sort_values("job_id").assign(most=counted.groupby(place)["hours"].transform("max"))
    best = best[best["hours"] == best["most"]].drop_duplicates(place)  # the establishment's own: the lowest of the most
    best = best.sort_values(["main_hours", "job_id"], ascending=[False, True]).drop_duplicates(["person_id", "month"])
    best = best.rename(columns={"job_id": "main_job", "establishment_org": "establishment"})
    best = best.set_index(["person_id", "month"])[["main_job", "establishment", "main_hours"]]
    return months.join(best).reset_index().sort_values(["person_id", "month"])
