"""Cross-checks in words: one short phrase for what floating point saw.

Above: `report`. Below: the data of `explain.crosscheck`.
"""

from __future__ import annotations

from typing import Any

LABEL = "float64 cross-check"


def observed(cross_check: dict[str, Any]) -> str:
    """`float64 cross-check: largest difference 3.3e-16 at x = 1 (36 points)`; never fails.

    A witness gives both sides; "" when nothing was evaluated.
    """
    relations = [r for r in cross_check.get("relations", ()) if isinstance(r, dict)]
    if not relations:
        return ""
    if cross_check.get("witness"):
        return f"{LABEL}: {'; '.join(map(_sides, relations))}"
    worst = max(relations, key=_size)
    points = cross_check.get("points", 0)
    return f"{LABEL}: {_difference(worst)} ({points} points)"


def _sides(relation: dict[str, Any]) -> str:
    seen = relation.get("float64") or {}
    return f"{seen.get('left')} {relation.get('relation')} {seen.get('right')}"


def _size(relation: dict[str, Any]) -> float:
    size = (relation.get("float64") or {}).get("absolute")
    return float(size) if isinstance(size, (int, float)) else -1.0


def _difference(relation: dict[str, Any]) -> str:
    seen = relation.get("float64") or {}
    size = seen.get("absolute")
    if not isinstance(size, (int, float)):
        return "no point could be evaluated"
    if not size:
        return f"no {str(relation.get('measure', 'difference')).removeprefix('largest ')}"
    where = ", ".join(f"{name} = {value}" for name, value in (seen.get("at") or {}).items())
    return f"{relation.get('measure', 'difference')} {size:.2g}" + (f" at {where}" if where else "")
