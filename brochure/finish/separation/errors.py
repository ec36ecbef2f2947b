"""What can't be separated: raised deep in a file, told with its page by the walk."""

from __future__ import annotations


class Unseparable(Exception):
    """Says what in the file no separation is known for, such as “a function of type 7 is unknown”."""
