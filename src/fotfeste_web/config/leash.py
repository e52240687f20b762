"""A process that ends when the one that started it is gone, also after kill -9."""

import ctypes
import os
import signal
import sys
import threading

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """End this process when its parent is gone.

    Standard input is a pipe that the first parent alone holds open, so its end is the parent's end. On Linux the
    kernel does it too, also when no thread of this process gets a turn.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_end_when_the_pipe_does, daemon=True).start()


def _end_when_the_pipe_does() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)
