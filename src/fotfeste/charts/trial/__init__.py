"""Figures of a trial, in bokmål and English."""

from fotfeste.charts.saving import save
from fotfeste.charts.trial.effects import effect_over_time, subgroup_forest
from fotfeste.charts.trial.flow import flow_chart
from fotfeste.charts.trial.survival import survival_curve

__all__ = ["effect_over_time", "flow_chart", "save", "subgroup_forest", "survival_curve"]
