"""Figures of speed: ``python -m benchmarks``."""

import fotfeste.register  # noqa: F401  # before Polars, whose memory it sets, for the yardsticks too
