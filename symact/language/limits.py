"""The limits of the claim language: named numbers, each with its reason.

With them, reading any text costs milliseconds.

Above: `spelling`, `tokens`, `grammar`, `sizes`, `reading`. Below: nothing.
"""

from __future__ import annotations

from typing import Final

MAX_LENGTH: Final = 10_000
"""Characters of one claim or block: ten times the longest lesson's; reading is linear in it."""

MAX_TOKENS: Final = 2_000
"""Numbers, names and signs of one claim: bounds the nodes of its term and the time to read it.
At most 1 000 operators are left for one chain, which Python's reader nests: it stops at 3 000
(3.11) or 1 500 (some builds of 3.12)."""

MAX_NESTING: Final = 80
"""Open brackets, signs and powers pending at one place. Python's own reader allows 200 brackets
and its stack 1 000 calls; reading one level takes at most five."""

MAX_POSTFIX: Final = 6
"""Calls and indices after one value, as in f(x)[0][1]; the language needs no more than three."""

MAX_NAME: Final = 64
"""Characters of a name: keeps messages readable and the search for the nearest name short."""

MAX_DIGITS: Final = 1_100
"""Decimal digits of a number once written out, its exponent of ten included: enough for constants
to a thousand digits and the exact weights of twenty collapsed layers, few enough for microseconds
of arithmetic."""

DIGITS_AT_ONCE: Final = 600
"""Digits converted in one step: below 640, the lowest limit that Python can be told to put on it,
so that no setting changes what can be read or printed."""

MAX_EXPONENT: Final = 10_000
"""Numerator and denominator of a constant exponent: room for 2**(-1074), the smallest double, and
for a thousand layers, while 9**9**9**9 is refused."""

MAX_CONSTANT_BITS: Final = 100_000
"""Bits of a value written with numbers and + - * / ** alone: about 30 000 digits."""

EXACT_BITS: Final = 2_000
"""Up to this size constant arithmetic is worked out exactly, as exponents must be."""

MAX_ORDER: Final = 100
"""The order of diff and the length of series: terms of a derivative grow with it."""

MAX_STACK: Final = 2_000
"""Layers of stack(n, f) for a number n: each is unfolded, and lessons ask for a thousand."""

MAX_LIST: Final = 1_000
"""Entries of one list."""

MAX_CONDITIONS: Final = 50
"""Conditions of one where-clause."""

MAX_PARAMETERS: Final = 20
"""Parameters of one lambda."""

MAX_PRINTED: Final = 200_000
"""Nodes of a term written out as a tree: shared parts repeat, so the text can be huge."""
