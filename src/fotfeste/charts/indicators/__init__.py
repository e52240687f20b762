"""Figures of the indicators of a service."""

from fotfeste.charts.indicators.quarters import by_quarter

__all__ = ["by_quarter"]
