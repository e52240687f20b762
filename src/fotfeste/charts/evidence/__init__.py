"""Figures of evidence synthesis, in bokmål and English."""

from fotfeste.charts.evidence.boxes import flow_lines, prisma, traffic_light
from fotfeste.charts.evidence.forest import forest
from fotfeste.charts.evidence.posterior import posterior
from fotfeste.charts.evidence.scatter import baujat, bubble, funnel, gosh_cells, gosh_density, labbe, radial
from fotfeste.charts.saving import save

__all__ = [
    "baujat",
    "bubble",
    "flow_lines",
    "forest",
    "funnel",
    "gosh_cells",
    "gosh_density",
    "labbe",
    "posterior",
    "prisma",
    "radial",
    "save",
    "traffic_light",
]
