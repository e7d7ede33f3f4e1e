"""Parts of certificates: each function makes one JSON object of the format, with usual fields that
can be replaced.

Above: `shape_certificates`, `property_certificates`, tests. Below: nothing.
"""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]

HOLDS: Node = {"step": "holds"}


# -- whole certificates ---------------------------------------------------------------------------
def _certificate(kind: str, body: Node) -> Node:
    return {"format": 1, "kind": kind, "body": body}


def at(**values: str) -> Node:
    """A point, as an inhabitant."""
    return {"values": values, "laws": []}


def proof(*trees: Node, inhabitant: Node | None = None) -> Node:
    """A proof with one tree for each relation."""
    return _certificate("proof", {"relations": list(trees), "inhabitant": inhabitant})


def of_property(inhabitant: Node | None = None, **fields: Any) -> Node:
    """A proof of a property of a whole function."""
    return _certificate("proof", {"property": fields, "inhabitant": inhabitant})


def denial(reason: str, fields: Node, **values: str) -> Node:
    """A denial of a property, for these values of the free names."""
    return _certificate("denial", {"values": values, "laws": [], "because": {reason: fields}})


def false_relation(values: Node | None = None, **fields: Any) -> Node:
    """A denial of the first relation: `proof` of the opposite, or what is `missing`."""
    because = {"relation": 0, **fields}
    return _certificate("denial", {"values": values or {}, "laws": [], "because": because})


# -- parts ----------------------------------------------------------------------------------------
def facts(*derive: Node, then: Node = HOLDS) -> Node:
    """The step `facts`."""
    return {"step": "facts", "derive": list(derive), "then": then}


def product(term: str, sign: str, coefficient: str, *factors: list[Any]) -> Node:
    """The fact `term sign 0` as one product."""
    return {"term": term, "sign": sign, "by": {"products": [[coefficient, list(factors)]]}}


def total(term: str, sign: str, *summands: str) -> Node:
    """The fact `term sign 0` as a sum."""
    return {"term": term, "sign": sign, "by": {"products": [["1", [[s, 1]]] for s in summands]}}


def laws(*given: Node, then: Node = HOLDS) -> Node:
    """The step `laws`."""
    return {"step": "laws", "laws": list(given), "then": then}


def bound(term: str, sign: str, function: str, of: str, side: int) -> Node:
    """The fact `term sign 0` by the range of a function."""
    return {
        "term": term,
        "sign": sign,
        "by": {"range": {"function": function, "of": of, "side": side}},
    }


def tail(term: str, sign: str, start: str, side: int, name: str = "y") -> Node:
    """The fact `term sign 0` by a tail."""
    cells = {"name": name, "term": term, "of": name, "bits": 64, "order": 4, "from": start}
    return {"term": term, "sign": sign, "by": {"cells": cells | {"cells": [["T", None, side, 4]]}}}


def split(on: str, negative: Node, zero: Node, positive: Node) -> Node:
    """The step `split`."""
    return {"step": "split", "on": on, "negative": negative, "zero": zero, "positive": positive}


def cover(*cuts: str) -> Node:
    """cuts and the pieces between them, of which nothing needs to be said."""
    return {"cuts": list(cuts), "pieces": [{} for _ in range(len(cuts) + 1)]}


def join() -> Node:
    """That both pieces at a cut take the function's value there."""
    return {"left": HOLDS, "right": HOLDS}


def on(lower: Any = None, upper: Any = None) -> Node:
    """from and to: each none, or open or closed and an end."""
    return {"from": lower, "to": upper}


def mean_value(function: str, **fields: Any) -> Node:
    """The step `mean value` between x and y, on all reals without cuts unless said otherwise."""
    usual = {"function": function, "name": "z", **on(), **cover(), "joins": []}
    usual |= {"points": ["x", "y"], "values": ["fx", "fy"], "lower": None, "upper": None}
    return {"step": "mean value", **usual, "strict": 0, "then": HOLDS, **fields}


def convexity(function: str, **fields: Any) -> Node:
    """The step `convexity` between x and y, on all reals without cuts unless said otherwise."""
    usual = {"function": function, "name": "z", **on(), **cover(), "joins": []}
    usual |= {"points": ["x", "y"], "values": ["fx", "fy", "fw"]}
    usual |= {"weight": "t", "between": "t*x + (1 - t)*y", "sign": 1, "strict": 0}
    usual |= {"curvatures": [HOLDS], "corners": [], "then": HOLDS}
    return {"step": "convexity", **usual, **fields}


def apart(*points: str) -> list[Node]:
    """The field `strict`: a point inside each piece at which the derivative is not the bound."""
    return [{"at": point, "apart": HOLDS} for point in points]


def tends(name: str = "y") -> Node:
    """A join at a cut at which neither term is defined: |f| <= 1/y beside it, in this name."""
    return {side: {"limit": envelope(name=name)} for side in ("left", "right")}


def floor_law(of: str, whole: int) -> Node:
    """The law `floor`."""
    return {"law": "floor", "of": f"floor({of})", "whole": whole}


def envelope(below: Node = HOLDS, above: Node = HOLDS, **fields: Any) -> Node:
    """One side of a limit: L - 1/y <= f <= L + 1/y for y > 2 unless said otherwise."""
    usual = {"name": "y", "from": "2", "scale": "1", "rate": ["power", 1]}
    return {**usual, "below": below, "above": above, **fields}


def growth(sign: int = 1, proof: Node = HOLDS, **fields: Any) -> Node:
    """sign f >= y for y > 2 unless said otherwise."""
    usual = {"name": "y", "from": "2", "scale": "1", "rate": ["power", 1]}
    return {**usual, "sign": sign, "proof": proof, **fields}


def limit(value: str, *sides: Node, then: Node = HOLDS) -> Node:
    """The step `limit`."""
    return {"step": "limit", "value": value, "sides": list(sides), "then": then}


def primitive(antiderivative: str, lower: Any, upper: Any, **fields: Any) -> Node:
    """An antiderivative on an interval, without cuts unless said otherwise."""
    closed = [end is not None and end[0] == "closed" for end in (lower, upper)]
    joins = [{side: HOLDS} for side in ("right", "left")]
    usual = {"name": "z", "antiderivative": antiderivative, **on(lower, upper), **cover()}
    usual["joins"] = [given for given, is_there in zip(joins, closed, strict=True) if is_there]
    return {**usual, "slopes": [HOLDS], **fields}


def integral(antiderivative: str, lower: Any, upper: Any, **fields: Any) -> Node:
    """The step `integral`, between points of the interval unless said otherwise."""
    usual = primitive(antiderivative, lower, upper)
    return {"step": "integral", **usual, "ends": [None, None], "then": HOLDS, **fields}


def integral_bounds(**fields: Any) -> Node:
    """The step `integral bounds` on one piece, without a bound unless it is given."""
    usual = {"name": "z", "value": "q", **cover(), "lower": None, "upper": None, "then": HOLDS}
    return {"step": "integral bounds", **usual, **fields}


def on_a_piece(antiderivative: str, proof: Node = HOLDS) -> Node:
    """A `bound on a piece`."""
    return {"antiderivative": antiderivative, "proof": proof}


def missing(because: Node) -> Node:
    """A denial of a relation: its first limit or integral does not exist."""
    return false_relation(missing={"of": 0, "because": because})


def period(side: int, points: tuple[str, str], repeats: Node, differ: Node) -> Node:
    """The reason `period` on that side: f(y + 2 pi) = f(y) for y > 2, and two points."""
    fields = {"side": side, "name": "y", "from": "2", "period": "2*pi", "points": list(points)}
    return {"period": {**fields, "repeats": repeats, "differ": differ}}


def remainder(toward: str, *coefficients: str, above: Node = HOLDS) -> Node:
    """The reason `remainder`: |f - q| <= 1 beyond 2, and f - q differs at 0 and 1."""
    fields = {"polynomial": list(coefficients), "toward": toward, "name": "y", "from": "2"}
    shown = {"scale": "1", "below": HOLDS, "above": above, "points": ["0", "1"], "proof": HOLDS}
    return {"remainder": {**fields, **shown}}


def corner(order: int) -> Node:
    """The reason `corner`: derivatives of that order differ at the first cut."""
    return {"corner": {"cut": 0, "order": order, "proof": HOLDS}}


def values_of(*known: tuple[str, int]) -> list[Node]:
    """Laws `value`: each a call, and the multiple of pi/12 that it is taken at."""
    return [{"law": "value", "of": of, "multiple": multiple} for of, multiple in known]
