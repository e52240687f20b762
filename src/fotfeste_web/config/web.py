"""The web process: `python -m fotfeste_web.config.web MODULE:APPLICATION HOST PORT`, started by `serve`."""

import gc
import multiprocessing
import sys
from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from fotfeste_web.config.databases import THREADS
from fotfeste_web.config.leash import end_with_parent


def load(target: str) -> Any:
    """Called in the process that answers; the one above it only watches."""
    end_with_parent()
    module, _, name = target.partition(":")
    try:
        application = getattr(import_module(module), name)
    except ImproperlyConfigured as error:  # a sentence for the operator, without the way to it
        sys.exit(str(error))
    except OperationalError:
        sys.exit("Nettstedet får ikke tak i databasen, og prøver igjen.")
    leave_the_program_alone()
    return application


def leave_the_program_alone() -> None:
    """Let the search for garbage look at what a page makes, and not at the program each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def main(target: str, host: str, port: str) -> None:
    end_with_parent()
    multiprocessing.set_start_method("spawn")  # a fork would take the thread of the leash without running it
    Server(
        target,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        websockets=False,
        blocking_threads=THREADS,
        workers_kill_timeout=3,
        log_level=LogLevels.error,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main(*sys.argv[1:])
