"""Figures of a fidelity review."""

from fotfeste.charts.fidelity.profile import fidelity_profile

__all__ = ["fidelity_profile"]
