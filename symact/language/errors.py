"""The one exception for bad input: what, where, what was expected, an example that works."""

from __future__ import annotations


class ClaimError(ValueError):
    """A claim that cannot be read.

    `line` and `column` count from 1 in the text as given; `expected` and `example` may be empty.
    """

    def __init__(
        self, message: str, line: int = 1, column: int = 1, expected: str = "", example: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.expected = expected
        self.example = example

    def __str__(self) -> str:
        parts = [f"line {self.line}, column {self.column}: {self.message}"]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.example:
            parts.append(f"for example: {self.example}")
        return "; ".join(parts)
