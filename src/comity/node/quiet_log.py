"""What a node's log may hold: which kind of error, never what was typed.

An exception's text and its traceback can hold what an officer wrote. The name of
the kind of error is kept, so that an administrator has something to report.
"""

import logging


class KindOnly(logging.Filter):
    """Keep the kind of an error and drop its text, its traceback and its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, with less in it."""
        if record.exc_info:
            kind = record.exc_info[0]
            record.msg = f"an error of the kind {kind.__name__ if kind else 'unknown'}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True
