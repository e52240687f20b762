"""An analysis from its TOML file, with errors that name the key and the line."""

from fotfeste.economics.reading.analysis import read_analysis
from fotfeste.economics.reading.errors import BadAnalysis

__all__ = ["BadAnalysis", "read_analysis"]
