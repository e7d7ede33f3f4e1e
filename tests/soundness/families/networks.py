"""Small networks with known weights: what layers of weights do is worked out here in fractions.

Above: `families`. Below: `words`.
"""

from __future__ import annotations

from fractions import Fraction

from tests.soundness.families.words import Chance, Draft, number, pick, say, tiny, where
from tests.soundness.judge import FALSE, TRUE

Matrix = list[list[Fraction]]


def _matrix(chance: Chance, rows: int, columns: int) -> Matrix:
    return [[number(chance) for _ in range(columns)] for _ in range(rows)]


def _product(left: Matrix, right: Matrix) -> Matrix:
    columns = list(zip(*right, strict=True))
    return [[sum(map(_times, row, column), Fraction(0)) for column in columns] for row in left]


def _times(a: Fraction, b: Fraction) -> Fraction:
    return a * b


def _said(matrix: Matrix) -> str:
    return f"[{', '.join(map(_vector, matrix))}]"


def _vector(values: list[Fraction]) -> str:
    return f"[{', '.join(map(say, values))}]"


def collapse(chance: Chance) -> Draft:
    """Two layers without an activation are one, with these weights and this bias."""
    sizes = [chance.randint(1, 2) for _ in range(3)]
    first, second = _matrix(chance, sizes[1], sizes[0]), _matrix(chance, sizes[2], sizes[1])
    b, c = [number(chance) for _ in range(sizes[1])], [number(chance) for _ in range(sizes[2])]
    weights = _product(second, first)
    bias = [row[0] + d for row, d in zip(_product(second, [[v] for v in b]), c, strict=True)]
    wrong = chance.random() < 0.4
    if wrong:
        spoiled = chance.choice(weights)
        spoiled[chance.randrange(len(spoiled))] += Fraction(1, 10 ** chance.choice((1, 9, 30)))
    x = f"[{', '.join(['x', 'y'][: sizes[0]])}]"
    layers = f"(dense({_said(first)}, {_vector(b)}) >> dense({_said(second)}, {_vector(c)}))({x})"
    return f"{layers} == dense({_said(weights)}, {_vector(bias)})({x})", FALSE if wrong else TRUE


def stacked(chance: Chance) -> Draft:
    """n scalar layers a x + b, for a number n and for every n."""
    a, b, n = number(chance, nonzero=True), number(chance), chance.randint(0, 5)
    value, bias = a**n, sum((b * a**k for k in range(n)), Fraction(0))
    little = f" + {tiny(chance)}" if chance.random() < 0.4 else ""
    truth = FALSE if little else TRUE
    scaling = f"stack(n, lambda x: {say(a)}*x)(x) == {say(a)}**n*x{little}"
    forms = [
        (f"stack({n}, lambda x: {say(a)}*x + {say(b)})(x) == {say(value)}*x + {say(bias)}{little}",
         truth),
        (where(scaling, "n in Naturals"), truth),
        (where(f"stack(n, relu)(x) == relu(x){little}", "n in Naturals"), FALSE),
        (where("stack(n, relu)(x) == relu(x)", "n in Naturals, n > 0"), TRUE),
        (where("affine(stack(n, lambda x: a*x + b))", "n in Naturals"), TRUE),
        (where(f"stack(n, lambda x: x + {say(b)})(x) == x + n*{say(b)}{little}", "n in Naturals"),
         truth),
    ]  # fmt: skip
    return chance.choice(forms)


def hidden(chance: Chance) -> Draft:
    """A network with one hidden unit is affine only when its activation does nothing."""
    a, b = (number(chance, nonzero=True) for _ in range(2))
    c = number(chance)
    f = pick(chance, "relu", "tanh", "gelu", "softplus", "abs", "leaky_relu", "elu", "identity")
    kind = pick(chance, "affine", "linear", "additive")
    body = f"{say(b)}*{f}({say(a)}*x + {say(c)})"
    if kind == "affine":
        return f"affine(lambda x: {body} + {say(c)})", TRUE if f == "identity" else FALSE
    truth = TRUE if f == "identity" and c == 0 else FALSE
    return f"{kind}(lambda x: {body})", truth
