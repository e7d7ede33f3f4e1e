"""The search for points at which a claim fails finds needles, and nothing where there is none."""

from __future__ import annotations

import random

import pytest

from tests.soundness.search import Search
from tests.soundness.statements import read
from tests.support import require

FALSE = """
exp(x) >= 1 + x + 1e-30
gelu(x) >= -0.1699712074799036
gelu(x) > -0.16997120747990366
diff(silu(x), x) <= 1.09983932
sin(x) + sin(3*x/2) <= 1.90596
x**4 - x > -0.4724703937105774
increasing(lambda x: x**3 + x**2 + 0.3333333333*x)
increasing(silu)
convex(silu)
convex(lambda x: x**4 + x**3 + 3/8*x**2 - 1e-9*x**2)
concave(tanh, on=Interval(-1/1000, 5))
lipschitz(gelu, 1.1289)
lipschitz(tanh, 0.999999)
lipschitz(lambda x: leaky_relu(x, 3), 2.9999)
differentiable(lambda x: relu(3*x - 1))
continuous(lambda x: floor(x/7 - 1/3))
smooth(lambda x: relu(x - 1/3)**3)
relu(x - 1e-20) == relu(x)
log(x*y) == log(x) + log(y)
x/x == 1 where x in Interval(-1, 1)
(x + y)**2 >= 4*x*y + 1e-12
max(x, y) + min(x, y) == x + y + 1e-30
range(sigmoid) == Interval(0, 1/2)
odd(lambda x: x + 1e-20)
periodic(sin, 6.283185307179586476925)
x**n >= 0 where n in Naturals
additive(relu)
injective(relu)
even(lambda x: x**2 + 1e-9*x)
1/(x - 22/7) == 1/(x - 22/7)
tanh(x) <= 0.99999999999
sqrt(x)**2 == x where x > -1e-20
step(3*x - 1) == step(x - 1/3) + piecewise((1e-40, x == 1/3), (0, True))
16*x**2 + 24*x*y + (9 - 1e-9)*y**2 >= 0
stack(n, relu)(x) == relu(x) where n in Naturals
x*y < 1/4 where x + y == 1
limit(sin(x)/x, x, 0) == 1 + 1e-30
limit(step(x), x, 0) == 1
limit(1/x, x, 0) == 0
limit(x*exp(-x), x, oo) == 1e-20
integral(sin(x), x, 0, pi) == 2 + 1e-9
integral(abs(x - 1/3), x, 0, 1) == 0.2777777
""".strip().splitlines()
TRUE = """
exp(x) >= 1 + x
gelu(x) >= -0.16997120747990370
increasing(silu, on=Interval(-1.2784, 0))
lipschitz(gelu, 1.12890446)
convex(softplus)
relu == (lambda x: max(x, 0))
log(x*y) == log(x) + log(y) where x > 0, y > 0
(x + y)**2 >= 4*x*y
range(sigmoid) == Interval.open(0, 1)
differentiable(lambda x: relu(3*x - 1)**2)
continuous(lambda x: step(3*x - 1)*(3*x - 1))
x/x == 1 where x > 0
x > 1 where x > 2, x < 0
abs(sin(x) - sin(y)) <= abs(x - y)
sin(x)**2 + cos(x)**2 == 1
diff(relu(x), x) == step(x) where x != 0
tanh(x) < 1
1 - exp(-exp(x)) < 1
injective(lambda x: x**3)
limit(sin(x)/x, x, 0) == 1
limit(floor(x)/x, x, oo) == 1
limit(log(x), x, oo) == 3
integral(abs(x - 1/3), x, 0, 1) == 5/18
integral(1/(1 + x**2), x, -oo, oo) == pi
integral(1/x, x, -1, 1) == 0
""".strip().splitlines()


@pytest.mark.parametrize("text", FALSE)
def test_false_claims_are_seen_through(text: str) -> None:
    """A point is found, and it is one at 1000 bits too."""
    statement = read(text)
    point = Search(statement, random.Random(0)).failure()
    require(point is not None)
    require(statement.broken(point or {}, 1000) is True)


BEYOND_BALLS = """
softplus(x) > softplus(1/3) + sigmoid(1/3)*(x - 1/3)
injective(lambda x: x**3 - x/1000)
injective(lambda x: exp(x) - 1.0001*x)
x*log(x) > 4*log(4) + (1 + log(4))*(x - 4) where x > 0
""".strip().splitlines()


@pytest.mark.parametrize("text", BEYOND_BALLS)
def test_touching_and_turning_are_seen(text: str) -> None:
    """Equality to 900 digits where a function is not flat; slopes of both signs."""
    require(Search(read(text), random.Random(0)).failure() is not None)


@pytest.mark.parametrize("text", TRUE)
def test_true_claims_survive(text: str) -> None:
    """No point is found where there is none, or where nothing can be seen."""
    for seed in range(5):
        require(Search(read(text), random.Random(seed)).failure() is None)
