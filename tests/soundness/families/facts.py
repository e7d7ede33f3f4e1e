"""What is known of activations: the ground truth of claims made by rules about functions.

Above: the families. Below: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

# name  order  bend  parity  range  Lipschitz constant  smoothness
#   order   I strictly increasing, i increasing with flat parts
#   bend    V strictly convex, v convex, C strictly concave, l a line
#   parity  o odd, e even
#   range   the image exactly; with ? only an interval that holds it
#   smooth  s smooth, d differentiable but not smooth, c continuous with a kink, j with a jump
_TABLE = """
sigmoid          I - -  (0,1)              1/4          s
tanh             I - o  (-1,1)             1            s
softplus         I V -  (0,oo)             1            s
exp              I V -  (0,oo)             -            s
identity         I l o  (-oo,oo)           1            s
relu             i v -  [0,oo)             1            c
leaky_relu       I v -  (-oo,oo)           1            c
elu              I v -  (-1,oo)            1            d
celu             I v -  (-1,oo)            1            d
arctan           I - o  (-pi/2,pi/2)       1            s
erf              I - o  (-1,1)             2/sqrt(pi)   s
log_sigmoid      I C -  (-oo,0)            1            s
softsign         I - o  (-1,1)             1            d
hard_tanh        i - o  [-1,1]             1            c
abs              - v e  [0,oo)             1            c
gaussian         - - e  (0,1]              -            s
cos              - - e  [-1,1]             1            s
sin              - - o  [-1,1]             1            s
log_cosh         - V e  [0,oo)             1            s
squareplus       I V -  (0,oo)             1            s
arcsinh          I - o  (-oo,oo)           1            s
symlog           I - o  (-oo,oo)           1            d
isru             I - o  (-1,1)             1            s
bent_identity    I V -  (-oo,oo)           3/2          s
normal_cdf       I - -  (0,1)              1/sqrt(2*pi) s
hard_sigmoid     i - -  [0,1]              1/6          c
relu6            i - -  [0,6]              1            c
quadratic        - V e  [0,oo)             -            s
cubic            I - o  (-oo,oo)           -            s
tanhshrink       I - o  (-oo,oo)           1            s
snake            I - -  (-oo,oo)           2            s
cloglog          I - -  (0,1)              exp(-1)      s
log_log          I - -  (0,1)              exp(-1)      s
softshrink       i - o  (-oo,oo)           1            c
hard_shrink      i - o  (-oo,oo)?          -            j
step             i - -  [0,1]?             -            j
sign             i - o  [-1,1]?            -            j
floor            i - -  (-oo,oo)?          -            j
smelu            i v -  [0,oo)             1            d
sparse_plus      i v -  [0,oo)             1            d
nlrelu           i - -  [0,oo)             1            c
isrlu            I - -  (-1,oo)            1            d
squared_relu     i v -  [0,oo)             -            d
sqnl             i - o  [-1,1]             1            d
plu              I - o  (-oo,oo)           1            c
slu              I v -  (-2*log(2),oo)     1            d
bipolar_sigmoid  I - o  (-1,1)             1/2          s
elliott          I - -  (0,1)              1/2          d
sparse_sigmoid   i - -  [0,1]              1/2          c
lisht            - - e  [0,oo)             -            s
"""


@dataclass(frozen=True)
class Known:
    """A row of the table; "" where nothing is said."""

    name: str
    order: str
    bend: str
    parity: str
    low: str
    high: str
    low_closed: bool
    high_closed: bool
    exact: bool
    slope: str
    smooth: str


def _known(row: str) -> Known:
    name, order, bend, parity, image, slope, smooth = row.split()
    exact, image = not image.endswith("?"), image.removesuffix("?")
    low, high = image[1:-1].split(",")
    order, bend, parity, slope = ("" if u == "-" else u for u in (order, bend, parity, slope))
    low, high = ("" if end.endswith("oo") else end for end in (low, high))
    closed = image[0] == "[", image[-1] == "]"
    return Known(name, order, bend, parity, low, high, *closed, exact, slope, smooth)


FACTS: tuple[Known, ...] = tuple(map(_known, _TABLE.strip().splitlines()))
