"""Text to claims and terms. Every failure is a ClaimError that points into the text as typed.

Above: everything. Below: `statements`, `reading`, `grammar`, `tokens`, `spelling`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from symact.language.callables import function, is_function
from symact.language.claims import Claim, Membership, Predicate, Relation
from symact.language.errors import ClaimError
from symact.language.forms import operators
from symact.language.grammar import depths
from symact.language.limits import MAX_CONDITIONS
from symact.language.reading import Reader
from symact.language.spelling import Spelled, spell
from symact.language.statements import condition, relation, statement
from symact.language.terms import Term
from symact.language.tokens import COMPARISONS, Token, tokenise
from symact.language.vocabulary import Vocabulary

_JOINTS = COMPARISONS | {"where", "not", "in"}


def parse_claim(text: str, vocabulary: Vocabulary) -> Claim:
    """The one claim that the text states; a chain is one claim, however many lines it takes.

    Fails with ClaimError, and with nothing else, when the text is not a claim.
    """
    try:
        parts = _Parts(text, vocabulary)
        return Claim(
            parts.statement(), parts.conditions(), parts.negated, " ".join(parts.remarks())
        )
    except RecursionError:
        raise ClaimError("nested too deeply to be read here") from None


def parse_term(text: str, vocabulary: Vocabulary) -> Term:
    """The one value or function that the text writes.

    Fails with ClaimError, and with nothing else, when it is not a term.
    """
    try:
        spelled = spell(text)
        tokens = tokenise(spelled)
        _require(spelled, tokens, "a term")
        _lines(spelled, tokens, depths(spelled, tokens))
        reader = Reader(spelled, tokens, vocabulary)
        node = reader.tree(tokens, len(spelled.text))
        return function(reader, node) if is_function(node, vocabulary) else reader.value(node)
    except RecursionError:
        raise ClaimError("nested too deeply to be read here") from None


def parse_block(text: str, vocabulary: Vocabulary) -> list[tuple[int, str, Claim]]:
    """The claims of a block: one, or the steps of a derivation (a chain over several lines).

    Gives (line from 0, text, claim) for each; the text is a claim by itself, on one line, and the
    conditions after `where` belong to every step. Fails with ClaimError, and with nothing else.
    """
    try:
        parts = _Parts(text, vocabulary)
        return parts.steps() if parts.is_derivation() else parts.single()
    except RecursionError:
        raise ClaimError("nested too deeply to be read here") from None


class _Span(NamedTuple):
    """Tokens that form one expression, and the place where an error about its end points."""

    tokens: Sequence[Token]
    end: int


class _Parts:
    """A text cut at `not`, `where` and commas; nothing is read yet."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        spelled = spell(text)
        tokens = tokenise(spelled)
        _require(spelled, tokens, "a claim")
        depth = depths(spelled, tokens)
        _lines(spelled, tokens, depth)
        self.spelled = spelled
        self.negated = tokens[0].text == "not"
        start = 1 if self.negated else 0
        wheres = [i for i, token in enumerate(tokens) if token.text == "where" and depth[i] == 0]
        stop = wheres[0] if wheres else len(tokens)
        self.body = _Span(tokens[start:stop], self._place(tokens, stop))
        self.joints = [
            i - start for i in range(start, stop) if depth[i] == 0 and tokens[i].text in COMPARISONS
        ]
        self.wheres = self._cut(tokens, depth, stop + 1) if wheres else []
        self.where_text = spelled.excerpt(tokens[stop].start, tokens[-1].end) if wheres else ""
        self.reader = Reader(spelled, tokens, vocabulary)

    def _place(self, tokens: Sequence[Token], index: int) -> int:
        """Where token `index` begins, or where the text ends."""
        return tokens[index].start if index < len(tokens) else len(self.spelled.text)

    def _cut(self, tokens: Sequence[Token], depth: Sequence[int], start: int) -> list[_Span]:
        """The conditions: what stands between the commas after `where`."""
        commas = [i for i in range(start, len(tokens)) if depth[i] == 0 and tokens[i].text == ","]
        if len(commas) >= MAX_CONDITIONS:
            raise self.spelled.error(
                tokens[commas[-1]].start, "too many conditions", f"at most {MAX_CONDITIONS}"
            )
        edges = [start - 1, *commas, len(tokens)]
        return [_Span(tokens[a + 1 : b], self._place(tokens, b)) for a, b in pairwise(edges)]

    def _tree(self, span: _Span) -> ast.expr:
        return self.reader.tree(span.tokens, span.end)

    def statement(self) -> Relation | Predicate:
        """What the claim states."""
        return statement(self.reader, self._tree(self.body))

    def conditions(self) -> tuple[Relation | Membership, ...]:
        """What holds by assumption."""
        return tuple(condition(self.reader, self._tree(span)) for span in self.wheres)

    def remarks(self, first: int = 0, last: int | None = None) -> list[str]:
        """The remarks on the lines from first to last (inclusive; None: to the end)."""
        found = sorted(self.spelled.remarks.items())
        return [
            remark
            for line, remark in found
            if remark and first <= line and (last is None or line <= last)
        ]

    def is_derivation(self) -> bool:
        """Whether a chain of at least two comparisons breaks a line at one of them."""
        tokens = self.body.tokens
        breaks = any(
            tokens[max(i - 1, 0)].line != tokens[min(i + 1, len(tokens) - 1)].line
            for i in self.joints
        )
        return len(self.joints) > 1 and breaks

    def single(self) -> list[tuple[int, str, Claim]]:
        """The block as one claim."""
        claim = Claim(self.statement(), self.conditions(), self.negated, " ".join(self.remarks()))
        tokens = self.body.tokens
        text = f"{'not ' * self.negated}{self._text(tokens)}{self._where()}"
        return [(tokens[0].line, text, claim)]

    def steps(self) -> list[tuple[int, str, Claim]]:
        """The block as a derivation: one claim for each adjacent pair of sides."""
        tokens = self.body.tokens
        if self.negated:
            raise self.spelled.error(
                tokens[0].start, "a derivation is not negated", "one claim after 'not'"
            )
        tree = self._tree(self.body)
        if not isinstance(tree, ast.Compare):  # the joints stand outside all brackets, so it is one
            raise self.reader.fail(tree, "this is not a chain", "a chain of comparisons")
        nodes, conditions = (tree.left, *tree.comparators), self.conditions()
        whole = relation(self.reader, nodes, operators(self.reader, tree))
        sides = [tokens[a + 1 : b] for a, b in pairwise([-1, *self.joints, len(tokens)])]
        steps, begin = [], 0
        for (left, op, right), before, after in zip(
            whole.pairs(), sides[:-1], sides[1:], strict=True
        ):
            end = after[-1].line
            remarks = self.remarks(min(begin, end), None if after is sides[-1] else end)
            claim = Claim(Relation((left, right), (op,)), conditions, False, " ".join(remarks))
            text = f"{self._text(before)} {op} {self._text(after)}{self._where()}"
            steps.append((after[0].line, text, claim))
            begin = end + 1
        return steps

    def _text(self, tokens: Sequence[Token]) -> str:
        return self.spelled.excerpt(tokens[0].start, tokens[-1].end)

    def _where(self) -> str:
        return f" {self.where_text}" if self.where_text else ""


def _require(spelled: Spelled, tokens: Sequence[Token], what: str) -> None:
    """There is something to read."""
    if not tokens:
        raise spelled.error(0, "there is nothing to read", what, "relu(x) >= 0")


def _lines(spelled: Spelled, tokens: Sequence[Token], depth: Sequence[int]) -> None:
    """Outside brackets a line breaks only at a comparison, at `where`, or at a comma after it."""
    after_where = False
    for index, (before, token) in enumerate(pairwise(tokens)):
        after_where = after_where or before.text == "where"
        broken = (
            token.line != before.line and depth[index + 1] == 0 and token.text not in (")", "]")
        )
        if (
            broken
            and not {before.text, token.text} & _JOINTS
            and not (after_where and before.text == ",")
        ):
            raise spelled.error(
                token.start,
                "a new line goes on with a comparison or 'where'",
                "one claim, or parentheses around what goes on",
                "sigmoid(x)\n  == 1/(1 + exp(-x))",
            )
