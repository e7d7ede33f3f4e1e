"""Random terms and claims, as the parser returns them, and a small catalogue to read them with.

`values`, `functions` and `claims` are for any test that needs surface terms; for each of them,
parse(print(t)) is t.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from symact.language.claims import Claim, Membership, Predicate, RealSet, Relation
from symact.language.parser import parse_term
from symact.language.terms import Term, add, call, const, div, mul, name, neg, num, power, term
from symact.language.vocabulary import (
    FUNCTIONS,
    INTERVALS,
    PREDICATES,
    VECTOR_FUNCTIONS,
    Definition,
    Parameter,
    TableVocabulary,
)

BARE = TableVocabulary()
"""No catalogue at all."""


def _define(word: str, body: str, *parameters: Parameter) -> Definition:
    return Definition(word, "x", parameters, parse_term(body, BARE))


VOCABULARY = TableVocabulary(
    [
        _define("identity", "x"),
        _define("relu", "max(0, x)"),
        _define("sigmoid", "1/(1 + exp(-x))"),
        _define("softplus", "log(1 + exp(x))"),
        _define("step", "piecewise((1, x > 0), (0, True))"),
        _define("tanh", "(exp(x) - exp(-x))/(exp(x) + exp(-x))"),
        _define(
            "elu",
            "piecewise((x, x > 0), (alpha*(exp(x) - 1), True))",
            Parameter("alpha", Fraction(1), "alpha > 0"),
        ),
        _define("prelu", "piecewise((x, x > 0), (a*x, True))", Parameter("a", None, "")),
        _define(
            "threshold",
            "piecewise((x, x > theta), (value, True))",
            Parameter("theta", Fraction(0), ""),
            Parameter("value", Fraction(0), ""),
        ),
    ],
    aliases={"logistic": "sigmoid"},
)
PLAIN = ("identity", "relu", "sigmoid", "logistic", "softplus", "step", "tanh")
ONE_ARGUMENT = tuple(word for word, shape in FUNCTIONS.items() if shape.takes(1))

words = st.sampled_from(["x", "y", "z", "a", "b", "n", "W1", "alpha", "lambda_", "x_1", "_", "on"])
names = words.map(name)
small = st.fractions(min_value=-99, max_value=99, max_denominator=12)
large = st.fractions(max_denominator=10**30)
numbers = st.one_of(small, st.integers(-9, 9), large).map(num)
leaves = st.one_of(numbers, names, st.sampled_from([const("pi"), const("E")]))
exponents = st.one_of(
    st.integers(-3, 3).map(num),
    st.just(num(Fraction(1, 2))),
    names,
    names.map(neg),
    names.map(lambda n: add(n, num(-1))),
)
orders = st.integers(0, 4)
comparisons = st.sampled_from(["==", "!=", "<=", ">=", "<", ">"])


def several(items: st.SearchStrategy[Term], least: int = 2) -> st.SearchStrategy[tuple[Term, ...]]:
    """A few of them, as a tuple."""
    return st.lists(items, min_size=least, max_size=3).map(tuple)


def _scalars(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """No lists: what may stand in a list."""
    return inner.filter(lambda t: t.op != "list")


def _lists(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Vectors, and matrices with rows of one length."""
    row = several(_scalars(inner), 1).map(lambda entries: term("list", entries))
    pair = st.tuples(_scalars(inner), _scalars(inner)).map(lambda entries: term("list", entries))
    return st.one_of(row, several(pair, 1).map(lambda rows: term("list", rows)))


def _indices(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """v[0], A[i][1]; a written list has the entry."""
    open_ended = inner.filter(lambda t: t.op not in ("num", "list", "index"))
    place = st.one_of(st.integers(0, 9).map(num), names)
    once = st.tuples(open_ended, place).map(lambda parts: term("index", parts))
    twice = st.tuples(once, place).map(lambda parts: term("index", parts))
    listed = _lists(inner).map(lambda entries: term("index", (entries, num(0))))
    return st.one_of(once, twice, listed)


def _calls(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Arithmetic, vector and catalogue functions, with parameters in order or by keyword."""

    def named(parts: tuple[Term, ...]) -> Term:
        keywords = ("theta", "value")[: len(parts) - 1]
        return call("threshold", *parts, keywords=keywords)

    vector = sorted(VECTOR_FUNCTIONS.keys() - {"dot"})
    return st.one_of(
        st.builds(call, st.sampled_from(ONE_ARGUMENT + PLAIN), inner),
        st.builds(call, st.sampled_from(vector), inner),
        st.builds(call, st.sampled_from(["min", "max", "dot", "elu", "prelu"]), inner, inner),
        several(inner, 1).map(named),
        several(inner, 1).map(lambda parts: call("threshold", *parts)),
        st.tuples(inner, inner).map(lambda p: call("threshold", p[0], p[1], keywords=("value",))),
    )


def _conditions(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """x > 0, a < x <= b."""
    pair = st.tuples(inner, inner), st.tuples(comparisons)
    triple = st.tuples(inner, inner, inner), st.tuples(comparisons, comparisons)
    return st.one_of(
        st.builds(lambda sides, ops: term("cmp", sides, ops), *pair),
        st.builds(lambda sides, ops: term("cmp", sides, ops), *triple),
    )


def _piecewise(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Up to two guarded values, then the rest."""
    pairs = st.lists(st.tuples(inner, _conditions(inner)), max_size=2)
    return st.builds(
        lambda guarded, last: term(
            "piecewise", (*(part for pair in guarded for part in pair), last, term("true"))
        ),
        pairs,
        inner,
    )


def ends(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """A value or ±oo."""
    return st.one_of(inner, st.sampled_from([const("oo"), neg(const("oo"))]))


def _calculus(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """diff, limit, series, integral."""
    act = st.tuples(inner, names)
    return st.one_of(
        st.builds(lambda a, n: term("diff", a, n), act, orders),
        st.builds(lambda a, p: term("limit", (*a, p), ""), act, ends(inner)),
        st.builds(lambda a, p, s: term("limit", (*a, p), s), act, inner, st.sampled_from("+-")),
        st.builds(lambda a, p, n: term("series", (*a, p), n), act, inner, orders),
        st.builds(lambda a, p, q: term("integral", (*a, p, q)), act, ends(inner), ends(inner)),
    )


def _lambdas(inner: st.SearchStrategy[Term], least: int, most: int) -> st.SearchStrategy[Term]:
    """Functions of least to most arguments."""
    parameters = st.lists(words, min_size=least, max_size=most, unique=True).map(tuple)
    return st.builds(lambda names, body: term("lambda", (body,), names), parameters, inner)


def functions_over(
    inner: st.SearchStrategy[Term], in_stack: bool = False, rounds: int = 2
) -> st.SearchStrategy[Term]:
    """Functions of one argument whose parameters and bodies come from `inner`."""
    bare = ["flatten", "dropout", *(["dense"] if in_stack else [])]
    simple = st.one_of(
        st.sampled_from(PLAIN + ONE_ARGUMENT + ("elu", "threshold")).map(
            lambda word: term("function", (), (word, ()))
        ),
        inner.map(lambda v: term("function", (v,), ("elu", ("alpha",)))),
        inner.map(lambda v: term("function", (v,), ("prelu", ("a",)))),
        _lambdas(inner, 1, 1),
        st.sampled_from(bare).map(lambda word: term("layer", (), word)),
        st.tuples(inner, inner).map(lambda parts: term("layer", parts, "dense")),
    )
    if not rounds:
        return simple
    deeper = functions_over(inner, in_stack, rounds - 1)
    stacked = functions_over(inner, True, rounds - 1)
    count = st.one_of(st.integers(0, 1000).map(num), names, names.map(lambda n: add(n, num(1))))
    return st.one_of(
        simple,
        several(deeper).map(lambda parts: term("compose", parts)),
        deeper.map(lambda f: term("layer", (f,), "residual")),
        st.tuples(count, stacked).map(lambda parts: term("stack", parts)),
    )


def _applications(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """A function value at a point; a bare name would be a call."""
    unary = functions_over(inner).filter(lambda f: f.args)
    binary = _lambdas(inner, 2, 2)
    return st.one_of(
        st.tuples(unary, inner).map(lambda parts: term("apply", parts)),
        st.tuples(binary, inner, inner).map(lambda parts: term("apply", parts)),
    )


def _larger(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Every operator once over `inner`."""
    return st.one_of(
        several(inner).map(lambda parts: add(*parts)),
        several(inner).map(lambda parts: mul(*parts)),
        several(inner).map(lambda parts: term("matmul", parts)),
        inner.map(neg),
        st.builds(div, inner, inner),
        st.builds(power, inner, exponents),
        _calls(inner),
        _lists(inner),
        _indices(inner),
        _piecewise(inner),
        _calculus(inner),
        _applications(inner),
    )


values = st.recursive(leaves, _larger, max_leaves=12)
"""Surface terms that stand for numbers, vectors or matrices."""

functions = functions_over(st.recursive(leaves, _larger, max_leaves=4))
"""Surface terms that stand for functions of one argument."""

arithmetic = st.recursive(
    st.one_of(names, st.integers(0, 20).map(num)),
    lambda inner: st.one_of(
        several(inner).map(lambda parts: add(*parts)),
        several(inner).map(lambda parts: mul(*parts)),
        inner.map(neg),
        st.builds(div, inner, inner),
        st.builds(power, inner, st.integers(-2, 3).map(num)),
    ),
    max_leaves=15,
)
"""Surface terms of + - * / ** alone."""

sets = st.one_of(
    st.sampled_from(["Reals", "Naturals", "Integers"]).map(RealSet),
    st.builds(
        lambda a, b, kind: RealSet("Interval", a, b, *INTERVALS[kind]),
        ends(leaves),
        ends(leaves),
        st.sampled_from(sorted(INTERVALS)),
    ),
)


def _chains(
    side: st.SearchStrategy[Term], op: st.SearchStrategy[str]
) -> st.SearchStrategy[Relation]:
    sides = st.lists(side, min_size=2, max_size=4)
    return sides.flatmap(
        lambda found: st.lists(op, min_size=len(found) - 1, max_size=len(found) - 1).map(
            lambda ops: Relation(tuple(found), tuple(ops))
        )
    )


def _predicates() -> st.SearchStrategy[Predicate]:
    """Every predicate with every number of arguments that it takes."""
    shapes = [
        (word, count)
        for word, shape in sorted(PREDICATES.items())
        for count in shape.counts
        if (word, count) != ("bounded", 2)
    ]
    on = st.one_of(st.none(), sets)
    return st.one_of(
        st.sampled_from(shapes).flatmap(
            lambda shape: st.builds(
                lambda f, rest, where: Predicate(shape[0], (f, *rest), where),
                functions,
                st.lists(leaves, min_size=shape[1] - 1, max_size=shape[1] - 1),
                on,
            )
        ),
        st.builds(lambda f, image: Predicate("range", (f,), image), functions, sets),
    )


relations = _chains(values, comparisons)
conditions = st.one_of(_chains(leaves, comparisons), st.builds(Membership, words, sets))
claims = st.builds(
    Claim,
    st.one_of(relations, _chains(functions, st.just("==")), _predicates()),
    st.lists(conditions, max_size=3).map(tuple),
    st.booleans(),
)
"""Whole claims of every form."""
