"""What can't be separated: raised deep in a file, told with its page by the walk."""

from __future__ import annotations


class Unseparable(Exception):
    """Says what in the file no separation is known for, such as “a function of type 7 is unknown”, and what else to do
    where more is known than to take it out."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.remedy = remedy
