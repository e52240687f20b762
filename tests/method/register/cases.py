"""The worked cases written as register files, one person a case."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

CASES = tomllib.loads(Path(__file__).parents[1].joinpath("register_cases.toml").read_text(encoding="utf-8"))["case"]
FIRST, LAST = 2014 * 12, 2016 * 12 + 11
HEADS = {
    "participants": ("person_id", "inclusion_date", "death_date"),
    "jobs": (
        "person_id", "job_id", "type", "establishment_org", "start", "end", "percent", "fulltime_hours", "reported_at",
    ),
    "pay": ("person_id", "job_id", "month", "fixed", "hourly", "overtime", "other", "holiday"),
    "leave": ("person_id", "job_id", "kind", "start", "end"),
    "measures": ("person_id", "measure_type", "start", "end", "establishment_org"),
    "benefits": ("person_id", "kind", "start", "end"),
}  # fmt: skip


def write_cases(folder):
    """Every case as a delivery in CSV, the identifiers as text."""
    rows = {name: [] for name in HEADS}
    for number, case in enumerate(CASES):
        for name, told in _files(case).items():
            rows[name] += [{"person_id": f"p{number}"} | row for row in told]
    for name, head in HEADS.items():
        lines = [head] + [[str(row.get(column, "")) for column in head] for row in rows[name]]
        (folder / f"{name}.csv").write_text("\n".join(";".join(line) for line in lines) + "\n", encoding="utf-8")


def _files(case):
    establishments = {}
    jobs = []
    for number, job in enumerate(case["jobs"], 1):
        id = job.get("same", number)
        place = establishments.setdefault(id, 910000000 + job.get("establishment", 100 + id))
        told = {"type": "ordinary", "percent": 100, **job, "job_id": id, "establishment_org": place}
        jobs.append(told | {"fulltime_hours": job.get("fulltime", 37.5), "reported_at": job.get("reported", "")})
    pay = [{"month": one, "fixed": 30000} if isinstance(one, str) else one for one in case.get("pay", [])]
    plain = [one for one in pay if {"fixed", "hourly", "other", "holiday"} & one.keys()]
    filled = [one if one in plain else one | {"fixed": 30000} for one in pay]
    return {
        "participants": [{"inclusion_date": "2015-01-01", "death_date": case.get("death", "")}],
        "jobs": jobs,
        "pay": [{"fixed": 0, **one, "job_id": one.get("job", 1)} for one in filled],
        "leave": [one | {"job_id": one["job"]} for one in case.get("leave", [])],
        "measures": [
            one
            | {"measure_type": one["type"]}
            | ({"establishment_org": 910000000 + one["establishment"]} if "establishment" in one else {})
            for one in case.get("measures", [])
        ],
        "benefits": case.get("benefits", []),
    }


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def spelled_out(told):
    """The month numbers of a list of months and of months "to" months."""
    return [m for one in told for m in range(month(one.split(" to ")[0]), month(one.split(" to ")[-1]) + 1)]


def mondays(told):
    """The Mondays of a list of Mondays and of Mondays "to" Mondays."""
    ends = [(date.fromisoformat(one.split(" to ")[0]), date.fromisoformat(one.split(" to ")[-1])) for one in told]
    return [first + timedelta(days) for first, last in ends for days in range(0, (last - first).days + 1, 7)]
