"""Matrices of any size as sums of words: products of atoms, with real terms as coefficients.

    M = Σ c_i · A_i1 A_i2 … A_ik       atoms: A, transpose(A), the vector of ones, f(N) by entries

    associativity, distributivity     words are lists, sums are expanded
    transpose(M N) = transpose(N) transpose(M)
    c M = M c                         real factors go into the coefficient
    f(N) = a N + d·1                  when f(v) - a v - d has the form 0, a = f(1) - f(0), d = f(0)
    f(N) = f'(N')                     when the forms of f, f' and of the words of N, N' are equal

Two such sums are equal if equal words have equal coefficients: those relations between real terms
are what is left to prove, for all values of the real names, together with the relation t = t for
every real term t that may be undefined: it is noted as it enters a matrix, and so never lost.

Nothing is known here of sizes: `shapes` has shown that the claim has some. Only vectors may have a
summand or an argument whose size is known from its surroundings alone (the ones): as a vector ends
its word, the atom before it says the size, or the sum that the word stands in.

Above: `matrix_judge`. Below: `normal_form`, language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from symact.checker.derivatives import depends, substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.normal_form import NormalForm
from symact.language.elementary import negative
from symact.language.functions import Array, Value
from symact.language.predicates import Triple
from symact.language.strictness import Strictness
from symact.language.terms import Term, add, is_num, mul, name, num

# Words in one sum, and atoms in one word: a thousand layers, and more than a person can read.
MAX_WORDS = 500
MAX_ATOMS = 3_000

Word = tuple[int, ...]


@dataclass(frozen=True)
class Atom:
    """A factor of a word. `kind` is name, ones or map; `inner` is what a map is applied to."""

    kind: str
    key: Any = None
    transposed: bool = False
    inner: Matrix | None = field(default=None, compare=False, hash=False)


class Atoms:
    """The atoms of one claim by number, and the real terms that have to be defined."""

    def __init__(self, used: Iterable[str]) -> None:
        taken, entry = set(used), "entry"
        while entry in taken:
            entry += "_"
        self.entry = name(entry)  # stands for any entry of a matrix in `required`
        self.normal_form = NormalForm()
        self.required: dict[Term, None] = {}
        self.table: list[Atom] = []
        self._index: dict[Atom, int] = {}
        self._strictness = Strictness()

    def index(self, atom: Atom) -> int:
        """The number of the atom, a new one at first sight."""
        if atom not in self._index:
            self._index[atom] = len(self.table)
            self.table.append(atom)
        return self._index[atom]

    def matrix(self, text: str, is_vector: bool) -> Matrix:
        """The matrix or vector of that name."""
        return Matrix(self, {(self.index(Atom("name", text)),): num(1)}, is_vector)

    def require(self, term: Term) -> None:
        """Notes that the term has to be defined, unless it certainly is."""
        if self._strictness.is_partial(term):
            self.required[term] = None

    def flipped(self, index: int) -> int:
        """The transposed atom."""
        atom = self.table[index]
        if atom.inner is not None:
            inner = atom.inner.transposed()
            return self.index(Atom("map", (atom.key[0], inner.key()), False, inner))
        return self.index(replace(atom, transposed=not atom.transposed))

    def key(self, term: Term) -> Any:
        """Equal for terms with equal forms; terms without a form are equal only to themselves."""
        try:
            return self.normal_form.form(term).key()
        except (CannotJudge, Rejected):
            return term


class Matrix(Array):
    """Σ coefficient · word; immutable by convention."""

    def __init__(self, atoms: Atoms, words: dict[Word, Term], is_vector: bool) -> None:
        if len(words) > MAX_WORDS or any(len(word) > MAX_ATOMS for word in words):
            raise CannotJudge("matrix form too large")
        self.atoms, self.words, self.is_vector = atoms, words, is_vector

    def key(self) -> frozenset[tuple[Word, Any]]:
        """Determines the words whose coefficient is not 0, and their coefficients."""
        keys = {word: self.atoms.key(c) for word, c in self.words.items()}
        zero = self.atoms.key(num(0))
        return frozenset((word, key) for word, key in keys.items() if key != zero)

    def _made(self, words: dict[Word, Term]) -> Matrix:
        return Matrix(self.atoms, words, self.is_vector)

    # -- the operations of matrices -----------------------------------------------------------
    def times(self, right: Value) -> Matrix:
        """(Σ c u) (Σ d v) = Σ c d u v."""
        if not isinstance(right, Matrix) or self.is_vector:
            raise CannotJudge("no matrix form for this product")
        if len(self.words) * len(right.words) > MAX_WORDS:
            raise CannotJudge("matrix form too large")
        words: dict[Word, Term] = {}
        for u, c in self.words.items():
            for v, d in right.words.items():
                _add_to(words, u + v, _product(c, d))
        return right._made(words)

    def transposed(self) -> Matrix:
        """transpose(Σ c A1 … Ak) = Σ c transpose(Ak) … transpose(A1)."""
        if self.is_vector:
            raise CannotJudge("no matrix form for a transposed vector")
        flipped = self.atoms.flipped
        return self._made({tuple(map(flipped, reversed(w))): c for w, c in self.words.items()})

    def scaled(self, factor: Term) -> Matrix:
        """factor · M."""
        self.atoms.require(factor)
        return self._made({word: _product(factor, c) for word, c in self.words.items()})

    def plus(self, other: Matrix) -> Matrix:
        """M + N, word by word."""
        words = dict(self.words)
        for word, c in other.words.items():
            _add_to(words, word, c)
        return self._made(words)

    def constant(self, value: Term) -> Matrix:
        """The matrix of this shape with `value` in every entry."""
        self.atoms.require(value)
        if self.is_vector:
            return self._made({(self.atoms.index(Atom("ones")),): value})
        if is_num(value, 0):
            return self._made({})
        raise CannotJudge("no matrix form for a real number added to a matrix")

    def needing(self, terms: Sequence[Term]) -> Matrix:
        """The matrix itself; the terms have to be defined."""
        for needed in terms:
            self.atoms.require(needed)
        return self

    def equations(self, other: Value) -> Iterator[Triple]:
        """The coefficients of equal words are equal."""
        if not isinstance(other, Matrix) or self.is_vector != other.is_vector:
            raise CannotJudge("no matrix form for this comparison")
        for word in self.words | other.words or ((),):
            yield self.words.get(word, num(0)), "==", other.words.get(word, num(0))

    # -- functions entry by entry -------------------------------------------------------------
    def broadcast(self, rule: Callable[..., Term], operands: Sequence[Value]) -> Matrix:
        """rule with a fresh name in place of every matrix, read as a matrix again."""
        holes: dict[Term, Matrix] = {}
        args: list[Term] = []
        for operand in operands:
            if isinstance(operand, Matrix):
                known = (hole for hole, m in holes.items() if m.words == operand.words)
                args.append(next(known, name(f"'entry{len(holes)}")))
                holes[args[-1]] = operand
            elif isinstance(operand, Term):
                args.append(operand)
            else:
                raise CannotJudge("no matrix form for lists beside matrices")
        if any(matrix.is_vector != self.is_vector for matrix in holes.values()):
            raise CannotJudge("no matrix form for vectors beside matrices")
        return self._read(rule(*args), holes)

    def _read(self, term: Term, holes: Mapping[Term, Matrix]) -> Matrix:
        """The matrix whose entries are `term`, the holes being the entries of their matrices."""
        inside = [hole for hole in holes if depends(term, hole)]
        if not inside:
            return self.constant(term)
        if term in holes:
            return holes[term]
        if term.op == "add":
            total, *rest = (self._read(arg, holes) for arg in term.args)
            for summand in rest:
                total = total.plus(summand)
            return total
        varying = [arg for arg in term.args if any(depends(arg, hole) for hole in inside)]
        if term.op == "mul" and len(varying) == 1:
            factor = mul(*(arg for arg in term.args if arg is not varying[0]))
            return self._read(varying[0], holes).scaled(factor)
        if len(inside) > 1:
            raise CannotJudge("no matrix form for a function of several matrices")
        entry = self.atoms.entry
        return holes[inside[0]].mapped(substitute(term, inside[0], entry))

    def mapped(self, body: Term) -> Matrix:
        """f(M) entry by entry, for the function entry -> body."""
        atoms, entry = self.atoms, self.atoms.entry
        atoms.require(body)
        start = substitute(body, entry, num(0))
        slope = add(substitute(body, entry, num(1)), negative(start))
        if self._is_affine(body, start, slope):
            return self.scaled(slope).plus(self.constant(start))
        inner = self.key()
        if not inner and not self.is_vector:
            raise CannotJudge("no matrix form for a function of a zero matrix")
        atom = atoms.index(Atom("map", (atoms.key(body), inner), False, self))
        return self._made({(atom,): num(1)})

    def _is_affine(self, body: Term, start: Term, slope: Term) -> bool:
        """Whether entry -> body is entry -> slope·entry + start, in a form that `constant` has."""
        if not self.is_vector and not is_num(start, 0):
            return False
        try:
            straight = add(mul(slope, self.atoms.entry), start)
            return self.atoms.normal_form.equal(body, straight)
        except (CannotJudge, Rejected):
            return False


def _add_to(words: dict[Word, Term], word: Word, coefficient: Term) -> None:
    known = words.get(word)
    words[word] = coefficient if known is None else add(known, coefficient)


def _product(left: Term, right: Term) -> Term:
    """left · right; factors 1 are left out, nothing else is."""
    if is_num(left, 1):
        return right
    return left if is_num(right, 1) else mul(left, right)
