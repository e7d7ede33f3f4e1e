"""Unicode spellings mean their ASCII forms, and what would be a guess is an error."""

from __future__ import annotations

import pytest

from symact.language.errors import ClaimError
from symact.language.parser import parse_claim, parse_term
from symact.language.spelling import GREEK, spell
from symact.language.vocabulary import is_reserved
from tests.language.strategies import VOCABULARY

CLAIMS = {
    "σ(x) ≤ 1/4": "sigmoid(x) <= 1/4",
    "x ≥ y ≠ z": "x >= y != z",
    "x ⩾ y": "x >= y",
    "a − b – c == a·b × c ÷ d": "a - b - c == a*b*c/d",
    "limit(tanh(x), x, −∞) == −1": "limit(tanh(x), x, -oo) == -1",
    "√(2·π) == √2 * √π": "sqrt(2*pi) == sqrt(2)*sqrt(pi)",
    "√x == √12.5": "sqrt(x) == sqrt(12.5)",
    "x² == x⁻¹": "x**2 == x**(-1)",
    "x¹⁰ == xⁿ": "x**10 == x**n",
    "−x² == (x + 1)³": "-x**2 == (x + 1)**3",
    "2**x² == 1": "2**(x**2) == 1",
    "x^2 == y": "x**2 == y",
    "α + λ == Φ": "alpha + lambda_ == Phi",
    "x₁ + α₂ == W_1": "x1 + alpha2 == W_1",
    "α1 == α_i + λ_1": "alpha1 == alpha_i + lambda_1",
    "x == y where x ∈ ℝ, n ∈ ℕ, m ∈ ℤ": "x == y where x in Reals, n in Naturals, m in Integers",
    "¬ odd(relu)": "not odd(relu)",
    "x\u00a0==\u2009y": "x == y",
    "x == y # ≈ any remark, |with| 'anything' ∀": "x == y",
}


@pytest.mark.parametrize("text", CLAIMS)
def test_spellings(text: str) -> None:
    """Both spellings are one claim."""
    assert parse_claim(text, VOCABULARY) == parse_claim(CLAIMS[text], VOCABULARY)


# text, column, a part of the message
GUESSES = [
    ("2π == x", 2, "'2' runs into 'π'"),
    ("xπ == 1", 2, "'x' runs into 'π'"),
    ("πx == 1", 2, "'π' runs into 'x'"),
    ("αβ == 1", 2, "'α' runs into 'β'"),
    ("σ2(x) == 1", 2, "'σ' runs into '2'"),
    ("x√2 == 1", 2, "'x' runs into '√'"),
    ("√2x == 1", 3, "how far does the root reach?"),
    ("√x² == 1", 3, "how far does the root reach?"),
    ("√f(x) == 1", 3, "how far does the root reach?"),
    ("√x^2 == 1", 3, "how far does the root reach?"),
    ("√-1 == 1", 1, "what is under the root?"),
    ("√", 1, "what is under the root?"),
    ("x²**3 == 1", 4, "what does '²' apply to here?"),
    ("x² ^3 == 1", 4, "what does '²' apply to here?"),
    ("sin²(x) == 1", 5, "what does '²' apply to here?"),
    ("xⁿ[0] == 1", 3, "what does 'ⁿ' apply to here?"),
    ("x²3 == 1", 3, "a sign is missing"),
    ("x²y == 1", 3, "a sign is missing"),
    ("+ ₁ == 1", 3, "'₁' has no name before it"),
    ("₁ == 1", 1, "'₁' has no name before it"),
    ("² == 1", 1, "unexpected '**'"),
    ("x ≈ y", 3, "unexpected character '≈'"),
    ("∑x == 1", 1, "unexpected character '∑'"),
    ("x == 1\u200b", 7, "unexpected character"),
    ("é == 1", 1, "unexpected character 'é'"),
    ("x == \x00", 6, "character U+0000 cannot be read"),
    ("x == y # \ud800", 10, "character U+D800 cannot be read"),
    ("x == y # \u202e", 10, "character U+202E cannot be read"),
    ("x \x1b[31m", 3, "character U+001B cannot be read"),
    ("𝑥 == 1", 1, "unexpected character '𝑥'"),
    ("ｘ == 1", 1, "unexpected character 'ｘ'"),
]


@pytest.mark.parametrize(("text", "column", "part"), GUESSES, ids=range(len(GUESSES)))
def test_no_guessing(text: str, column: int, part: str) -> None:
    """An unclear or invisible spelling is an error at its place."""
    with pytest.raises(ClaimError) as caught:
        parse_claim(text, VOCABULARY)
    assert (caught.value.line, caught.value.column) == (1, column)
    assert part in caught.value.message


@pytest.mark.parametrize("letter", GREEK)
def test_greek_letters_are_names(letter: str) -> None:
    """Every Greek letter reads as a name that the language does not use."""
    read = parse_term(letter, VOCABULARY)
    assert read.op == "name"
    assert not is_reserved(read.value)


def test_every_character_knows_its_origin() -> None:
    """The origins rise, one for each ASCII character and one for the end."""
    text = "σ(x₁)² ≤ √2 − α # ∞\n^"
    spelled = spell(text)
    assert spelled.text == "sigmoid(x1)**2  <= sqrt(2) - alpha \n**"
    assert len(spelled.origins) == len(spelled.text) + 1
    assert list(spelled.origins) == sorted(spelled.origins)
    assert spelled.origins[-1] == len(text)
    assert spelled.remarks == {0: "∞"}
    assert spelled.excerpt(0, 14) == "σ(x₁)²"
