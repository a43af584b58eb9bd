"""Personal data is masked in whatever this program and its libraries write to a log."""

import logging
from typing import Any

from assistant.personal_data import masked

_UNPACKED = ("uvicorn.access",)
"""Loggers whose formatters take the arguments apart, so that these are masked one by one and stay as many."""


class _Masking:
    """Makes records of a log as the maker before it does, and masks them."""

    def __init__(self, make: Any):
        self._make = make

    def __call__(self, *arguments: Any, **named: Any) -> logging.LogRecord:
        record: logging.LogRecord = self._make(*arguments, **named)
        mask(record)
        return record


def mask_logs() -> None:
    """Mask every record that is made from now on, for handlers that are added later too. Doing it again changes nothing."""
    make = logging.getLogRecordFactory()
    if not isinstance(make, _Masking):
        logging.setLogRecordFactory(_Masking(make))


def mask(record: logging.LogRecord) -> None:
    """Mask a record's message and its traceback. A message that does not fit its arguments is left to the handler, its arguments masked."""
    if record.exc_info:
        record.exc_text = masked(logging.Formatter().formatException(record.exc_info))
    if record.name not in _UNPACKED:
        try:
            record.msg, record.args = masked(record.getMessage()), ()
            return
        except (TypeError, ValueError, KeyError):
            pass
    record.msg = masked(str(record.msg))
    if isinstance(record.args, tuple):
        record.args = tuple(masked(value) if isinstance(value, str) else value for value in record.args)
