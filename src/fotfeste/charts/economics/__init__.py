"""Figures of economic evaluation, in bokmål."""

from fotfeste.charts.economics.cohort import states
from fotfeste.charts.economics.horizon import break_even_curve, horizon
from fotfeste.charts.economics.plane import acceptability, plane
from fotfeste.charts.economics.tornado import tornado
from fotfeste.charts.saving import save, svg

__all__ = ["acceptability", "break_even_curve", "horizon", "plane", "save", "states", "svg", "tornado"]
