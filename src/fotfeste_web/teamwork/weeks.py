"""Weeks as people name them: «2026-47»."""

import re
from datetime import date, timedelta

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def slug_of(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-{week:02}"


def monday_of_slug(slug: str) -> date | None:
    """Read «2026-47»; None when it names no week."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", slug, re.ASCII)
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None


def in_words(monday: date) -> str:
    return f"uke {monday.isocalendar().week}"
