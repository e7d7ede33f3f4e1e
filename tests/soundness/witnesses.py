"""Whether a witness refutes: its exact values put into the claim as this package reads it.

Above: `judge`. Below: `goals`.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import ctx

from tests.soundness.balls import Number, Undefined, Unknown
from tests.soundness.goals import Statement
from tests.soundness.lists import Unreadable
from tests.soundness.reading import closed

LEVELS = (200, 1000, 4000)


def confirmed(statement: Statement, witness: Mapping[str, object]) -> bool | None:
    """True: the statement fails there. False: it does not. None: the balls do not tell.

    Fails with Unreadable when the witness is no list of numbers for the statement's names.
    """
    if not set(statement.names) <= set(witness):
        raise Unreadable("names of the witness")
    for bits in LEVELS:
        with ctx.workprec(bits):
            point = _point(witness)
            if point is None:
                continue
            if statement.applies(point) is False:
                return False
            good = statement.holds(point)
        if good is not None:
            return not good
    return None


def _point(witness: Mapping[str, object]) -> dict[str, Number] | None:
    """The values as numbers at the present precision."""
    try:
        return {name: closed(str(text)) for name, text in witness.items()}
    except (Undefined, Unknown):
        return None
    except KeyError:
        raise Unreadable("a witness has names in its values") from None
