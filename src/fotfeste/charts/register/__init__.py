"""Figures of register follow-up, in bokmål and English."""

from fotfeste.charts.register.curves import effect_curve
from fotfeste.charts.register.event_study import event_study
from fotfeste.charts.saving import save

__all__ = ["effect_curve", "event_study", "save"]
