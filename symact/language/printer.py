"""Terms and claims to text: parse(print(t)) is t for every term the parser returns.

That holds within the limits: the text has more brackets than what was typed, never other meaning.

Above: everything that shows a term. Below: `terms`, `claims`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from symact.language.claims import Claim, Membership, Predicate, RealSet, Relation
from symact.language.errors import ClaimError
from symact.language.limits import DIGITS_AT_ONCE, MAX_PRINTED
from symact.language.terms import Term, fold
from symact.language.vocabulary import INTERVALS

LAMBDA, COMPARISON, COMPOSE, SUM, PRODUCT, SIGN, POWER, ATOM = range(8)
"""How tightly a text holds together; an operand looser than its place asks for gets parentheses."""


class Piece(NamedTuple):
    """The text of a term, how tightly it holds, its operator, and for -a the text of a."""

    text: str
    level: int
    op: str = ""
    negated: str = ""


def print_term(root: Term) -> str:
    """The term in the claim language.

    Fails with ClaimError on more than MAX_PRINTED nodes as a tree, and on an unknown operator.
    """
    return _printed(root).text


def print_claim(claim: Claim) -> str:
    """The claim in the claim language, without its remark. Fails as `print_term` does."""
    statement = claim.statement
    text = _relation(statement) if isinstance(statement, Relation) else _predicate(statement)
    conditions = ", ".join(_condition(condition) for condition in claim.conditions)
    return f"{'not ' * claim.negated}{text}{' where ' * bool(conditions)}{conditions}"


def digits(value: int) -> str:
    """The decimal digits of an integer of any size: no setting of Python limits it. Never fails."""
    if abs(value) < 10**DIGITS_AT_ONCE:
        return str(value)
    chunks, rest = [], abs(value)
    while rest:
        rest, chunk = divmod(rest, 10**DIGITS_AT_ONCE)
        chunks.append(str(chunk).zfill(DIGITS_AT_ONCE))
    return "-" * (value < 0) + "".join(reversed(chunks)).lstrip("0")


def _printed(root: Term) -> Piece:
    if (nodes := fold(root, _tree_size)) > MAX_PRINTED:
        raise ClaimError(
            "the term is too large to print",
            expected=f"at most {MAX_PRINTED} nodes, not {nodes:.3g}",
        )
    return fold(root, _piece)


def _tree_size(_: Term, sizes: list[int]) -> int:
    return min(1 + sum(sizes), 10**9)


def _relation(relation: Relation) -> str:
    """side op side op side."""
    first, *rest = (_within(_printed(side), COMPOSE) for side in relation.sides)
    return first + "".join(f" {op} {side}" for op, side in zip(relation.ops, rest, strict=True))


def _predicate(predicate: Predicate) -> str:
    """name(f, …, on=set), or range(f) == set."""
    args = ", ".join(print_term(argument) for argument in predicate.args)
    if predicate.name == "range" and predicate.on is not None:
        return f"range({args}) == {_set(predicate.on)}"
    on = f", on={_set(predicate.on)}" if predicate.on is not None else ""
    return f"{predicate.name}({args}{on})"


def _condition(condition: Relation | Membership) -> str:
    if isinstance(condition, Relation):
        return _relation(condition)
    return f"{condition.name} in {_set(condition.set)}"


def _set(real_set: RealSet) -> str:
    """Reals, Interval.open(a, b), …"""
    if real_set.lower is None or real_set.upper is None:
        return real_set.kind
    ends = (real_set.lower_open, real_set.upper_open)
    kind = next(kind for kind, open_ends in INTERVALS.items() if open_ends == ends)
    lower, upper = print_term(real_set.lower), print_term(real_set.upper)
    return f"Interval{'.' * bool(kind)}{kind}({lower}, {upper})"


def _piece(current: Term, parts: list[Piece]) -> Piece:
    """The text of one term from the texts of its arguments."""
    rule = _RULES.get(current.op)
    if rule is None:
        raise ClaimError(f"no spelling for the operator '{current.op}'")
    return rule(current, parts)


def _within(piece: Piece, level: int) -> str:
    """The text, in parentheses when it is looser than `level`."""
    return piece.text if piece.level >= level else f"({piece.text})"


def _listed(parts: list[Piece]) -> str:
    return ", ".join(part.text for part in parts)


def _operand(piece: Piece) -> str:
    """An operand of a sum after its first, or of a minus sign there: signs in parentheses."""
    return f"({piece.text})" if piece.level == SIGN else _within(piece, PRODUCT)


def _num(current: Term, _: list[Piece]) -> Piece:
    """3 · -3 · 1/3 · -1/3."""
    value: Fraction = current.value
    whole = value.denominator == 1
    text = digits(abs(value.numerator)) + ("" if whole else f"/{digits(value.denominator)}")
    if value < 0:
        return Piece(f"-{text}", SIGN, "neg", text)
    return Piece(text, ATOM) if whole else Piece(text, PRODUCT, "div")


def _add(_: Term, parts: list[Piece]) -> Piece:
    """a + b - c; a sum inside keeps its parentheses."""
    rest = (
        f" - {part.negated}" if part.op == "neg" else f" + {_operand(part)}" for part in parts[1:]
    )
    return Piece(_within(parts[0], PRODUCT) + "".join(rest), SUM, "add")


def _neg(_: Term, parts: list[Piece]) -> Piece:
    """-a: a product in parentheses, for -a*b is (-a)*b."""
    return Piece("-" + _within(parts[0], POWER), SIGN, "neg", _operand(parts[0]))


def _product(current: Term, parts: list[Piece]) -> Piece:
    """a*b*c · a/b · A @ B: a first operand of this level is bare unless that would flatten it."""
    sign = {"mul": "*", "div": "/", "matmul": " @ "}[current.op]
    first = parts[0]
    bare = first.level == PRODUCT and {first.op, current.op} in ({"mul", "div"}, {"div"})
    texts = [
        first.text if bare else _within(first, POWER),
        *(_within(part, POWER) for part in parts[1:]),
    ]
    return Piece(sign.join(texts), PRODUCT, current.op)


def _pow(_: Term, parts: list[Piece]) -> Piece:
    """a**b: both in parentheses unless they are atoms."""
    return Piece(f"{_within(parts[0], ATOM)}**{_within(parts[1], ATOM)}", POWER)


def _call(current: Term, parts: list[Piece]) -> Piece:
    """f(a, b, key=c); a function without arguments is its name."""
    function, keywords = current.value
    split = len(parts) - len(keywords)
    named = [f"{key}={part.text}" for key, part in zip(keywords, parts[split:], strict=True)]
    args = ", ".join([*(part.text for part in parts[:split]), *named])
    return Piece(f"{function}({args})" if args else function, ATOM)


def _apply(_: Term, parts: list[Piece]) -> Piece:
    """(f >> g)(x)."""
    return Piece(f"{_within(parts[0], ATOM)}({_listed(parts[1:])})", ATOM)


def _lambda(current: Term, parts: list[Piece]) -> Piece:
    """lambda x, y: body."""
    return Piece(f"lambda {', '.join(current.value)}: {parts[0].text}", LAMBDA)


def _compose(_: Term, parts: list[Piece]) -> Piece:
    """f >> g >> h; a composition inside keeps its parentheses."""
    return Piece(" >> ".join(_within(part, SUM) for part in parts), COMPOSE)


def _layer(current: Term, parts: list[Piece]) -> Piece:
    """dense(W, b) · dense."""
    return Piece(f"{current.value}({_listed(parts)})" if parts else current.value, ATOM)


def _index(_: Term, parts: list[Piece]) -> Piece:
    """v[i]."""
    return Piece(f"{_within(parts[0], ATOM)}[{parts[1].text}]", ATOM)


def _diff(current: Term, parts: list[Piece]) -> Piece:
    """diff(e, x) · diff(e, x, n); in the core, at a point: (lambda x: diff(e, x))(point)."""
    order = "" if current.value == 1 else f", {current.value}"
    text = f"diff({_listed(parts[:2])}{order})"
    if len(parts) > 2:
        text = f"(lambda {parts[1].text}: {text})({parts[2].text})"
    return Piece(text, ATOM)


def _limit(current: Term, parts: list[Piece]) -> Piece:
    """limit(e, x, point) · limit(e, x, point, "+")."""
    side = f', "{current.value}"' if current.value else ""
    return Piece(f"limit({_listed(parts)}{side})", ATOM)


def _piecewise(_: Term, parts: list[Piece]) -> Piece:
    """piecewise((value, condition), …, (value, True))."""
    pairs = (
        f"({value.text}, {condition.text})"
        for value, condition in zip(parts[::2], parts[1::2], strict=True)
    )
    return Piece(f"piecewise({', '.join(pairs)})", ATOM)


def _cmp(current: Term, parts: list[Piece]) -> Piece:
    """a < b <= c."""
    first, *rest = (_within(part, SUM) for part in parts)
    return Piece(
        first + "".join(f" {op} {side}" for op, side in zip(current.value, rest, strict=True)),
        COMPARISON,
    )


def _ite(current: Term, parts: list[Piece]) -> Piece:
    """The core's case split: piecewise((then, guard > 0), (else, True))."""
    guard, then, otherwise = (part.text for part in parts)
    return Piece(f"piecewise(({then}, {guard} {current.value} 0), ({otherwise}, True))", ATOM)


_RULES: Final = MappingProxyType[str, Callable[[Term, list[Piece]], Piece]](
    {
        "num": _num,
        "name": lambda current, _: Piece(current.value.replace("'", "_"), ATOM),
        "const": lambda current, _: Piece(current.value, ATOM),
        "true": lambda _, __: Piece("True", ATOM),
        "add": _add,
        "neg": _neg,
        "mul": _product,
        "div": _product,
        "matmul": _product,
        "pow": _pow,
        "npow": _pow,
        "given": lambda _, parts: Piece(f"[{_listed(parts)}][0]", ATOM),
        "call": _call,
        "function": _call,
        "apply": _apply,
        "lambda": _lambda,
        "compose": _compose,
        "layer": _layer,
        "stack": lambda _, parts: Piece(f"stack({_listed(parts)})", ATOM),
        "list": lambda _, parts: Piece(f"[{_listed(parts)}]", ATOM),
        "index": _index,
        "diff": _diff,
        "limit": _limit,
        "series": lambda current, parts: Piece(f"series({_listed(parts)}, {current.value})", ATOM),
        "integral": lambda _, parts: Piece(f"integral({_listed(parts)})", ATOM),
        "piecewise": _piecewise,
        "cmp": _cmp,
        "ite": _ite,
    }
)
