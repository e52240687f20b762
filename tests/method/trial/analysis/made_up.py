"""A made-up trial on the plan of the example: 410 people, with holes."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

PLAN = Path(__file__).parents[4] / "examples" / "trial" / "norwegian.toml"


def rows(seed: int = 7, n: int = 410) -> list[dict[str, Any]]:
    random = np.random.Generator(np.random.Philox(key=seed))
    sites, severities = ("nord", "midt", "vest", "sor", "ost", "indre"), ("moderate", "severe")
    told = []
    for i in range(n):
        arm = ("ips", "usual")[i % 2]
        job = random.random() < (0.47 if arm == "ips" else 0.33)
        first = int(random.integers(20, 500))
        weeks = int(random.integers(2, 70)) if job else 0
        still = job and random.random() < 0.8
        hads = [
            float(np.clip(round(random.normal(15.6 - 1.5 * k - (arm == "ips") * 0.7 * k, 7)), 0, 42)) for k in range(3)
        ]
        lost = random.random() < (0.04 if arm == "ips" else 0.07)
        start = date(2013, 2, 4) + timedelta(days=int(random.integers(0, 600)))
        row: dict[str, Any] = {
            "person": f"p{i:03d}",
            "arm": arm,
            "site": sites[int(random.integers(0, 6))],
            "severity": severities[int(random.random() < 0.4)],
            "age": int(random.integers(18, 62)),
            "education": ("no", "yes", "")[int(random.choice(3, p=(0.4, 0.55, 0.05)))],
            "included_on": start.isoformat(),
            "in_work@12": int(still and first < 365),
            "in_work@18": int(still),
            "one_day@18": int(job),
            "twenty_hours@18": int(job and random.random() < 0.6),
            "weeks@18": weeks,
            "hours@18": weeks * int(random.integers(8, 38)),
            "longest_job@18": weeks * 7,
            "first_job@18": first if job else 548,
            "first_job_event@18": int(job),
            "hads@0": hads[0],
            "hads@6": hads[1] if random.random() < 0.85 else "",
            "hads@12": hads[2] if random.random() < 0.75 else "",
            "withdrew_on": "",
            "died_on": "",
        }
        if lost:
            row |= {c: "" for c in row if "@" in c and not c.endswith("@0")}
            if random.random() < 0.3:
                row["withdrew_on"] = (start + timedelta(days=100)).isoformat()
        told.append(row)
    return told


def write(path: Path, told: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, list(told[0]))
        writer.writeheader()
        writer.writerows(told)
    return path
