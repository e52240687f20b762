"""Randomisation that nobody can foresee and everybody can check: ``docs/methods/trial-randomisation.md``."""

from fotfeste.trial.randomisation.allocation import Departure, DoesNotFollow, randomise, verify
from fotfeste.trial.randomisation.commitment import BadSeed, commitment, read_seed, write_seed
from fotfeste.trial.randomisation.records import (
    Allocation,
    BadLog,
    BadRequest,
    Request,
    csv_rows,
    header,
    read_log,
    read_requests,
    told,
)
from fotfeste.trial.randomisation.schemes import allocate
from fotfeste.trial.randomisation.stream import ALGORITHM

__all__ = [
    "ALGORITHM",
    "Allocation",
    "BadLog",
    "BadRequest",
    "BadSeed",
    "Departure",
    "DoesNotFollow",
    "Request",
    "allocate",
    "commitment",
    "csv_rows",
    "header",
    "randomise",
    "read_log",
    "read_requests",
    "read_seed",
    "told",
    "verify",
    "write_seed",
]
