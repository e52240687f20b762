"""A log line names the place of a fault, never the values: those can hold a name, a note or a number."""

import logging
import traceback
from pathlib import Path


class WithoutPeople(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name}"
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            line += f" {request.method} {match.view_name if match else '?'} {getattr(record, 'status_code', '')}"
        elif record.args and isinstance(record.msg, str):
            line += f" {record.msg}"  # what is to be filled in is not
        else:  # the text may have been filled in already
            line += f" {_place(record.pathname, record.funcName, record.lineno)}"
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            where = " < ".join(_place(frame.filename, frame.name, frame.lineno) for frame in reversed(frames[-6:]))
            line += f" {record.exc_info[0].__name__} at {where}"
            if (cause := getattr(record.exc_info[1], "__cause__", None)) is not None:
                line += f" because of {type(cause).__name__}"  # such as DiskFull
        return line


def _place(file: str, function: str, line: int | None) -> str:
    return f"{Path(file).stem}.{function}:{line}"
