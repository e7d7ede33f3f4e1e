"""The tables of words agree with each other, and a catalogue in memory answers."""

from __future__ import annotations

import keyword

import pytest

from symact.language.parser import parse_claim
from symact.language.terms import name
from symact.language.vocabulary import (
    CALCULUS,
    CONSTANTS,
    FUNCTIONS,
    LAYERS,
    LOOKALIKES,
    PREDICATES,
    PYTHON_WORDS,
    SETS,
    SYNONYMS,
    VECTOR_FUNCTIONS,
    Definition,
    TableVocabulary,
    is_reserved,
    nearest,
)
from tests.language.strategies import BARE, VOCABULARY

TABLES = [CALCULUS, CONSTANTS, FUNCTIONS, LAYERS, PREDICATES, PYTHON_WORDS, SETS, VECTOR_FUNCTIONS]
LANGUAGE = {
    "abs min max sqrt exp log sin cos tan sinh cosh asin acos atan asinh acosh atanh erf erfc sign "
    "floor": FUNCTIONS,
    "sum dot softmax log_softmax norm transpose": VECTOR_FUNCTIONS,
    "diff limit series integral piecewise": CALCULUS,
    "dense conv batchnorm avgpool residual flatten dropout": LAYERS,
    "additive homogeneous linear positively_homogeneous affine odd even periodic increasing "
    "decreasing strictly_increasing strictly_decreasing convex concave strictly_convex "
    "strictly_concave bounded lipschitz continuous differentiable smooth injective polynomial "
    "universal": PREDICATES,
    "Reals Naturals Integers Interval": SETS,
    "pi E oo": CONSTANTS,
}


@pytest.mark.parametrize("row", LANGUAGE)
def test_the_tables_hold_the_language(row: str) -> None:
    """Each table is the language document's row, no more and no less."""
    assert set(LANGUAGE[row]) == set(row.split())


def test_no_word_has_two_meanings() -> None:
    """The tables do not overlap."""
    words = [word for table in TABLES for word in table]
    assert len(words) == len(set(words))
    assert all(map(is_reserved, words))


def test_python_words_cannot_be_names() -> None:
    """Every keyword of this Python is reserved, so that no name confuses its reader."""
    assert set(keyword.kwlist) <= PYTHON_WORDS


def test_synonyms_and_lookalikes_lead_to_words_of_the_language() -> None:
    """What we suggest exists; what we replace does not."""
    assert all(is_reserved(word) for word in [*SYNONYMS.values(), *LOOKALIKES.values()])
    assert not any(is_reserved(word) for word in [*SYNONYMS, *LOOKALIKES])


@pytest.mark.parametrize("word", sorted(PREDICATES))
def test_every_predicate_states_something(word: str) -> None:
    """Each predicate is a claim with the arguments of its form."""
    shape = PREDICATES[word]
    rest = ", 1" * (shape.counts[-1] - 1)
    claim = parse_claim(f"{word}(relu{rest}, on=Reals)", VOCABULARY)
    assert claim.statement.name == word  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sigmod", "sigmoid"),
        ("TanH", "tanh"),
        ("ln", "log"),
        ("strictly_convx", "strictly_convex"),
        ("zzz", ""),
    ],
)
def test_nearest(word: str, expected: str) -> None:
    """The nearest known function, or none."""
    assert nearest(word, VOCABULARY) == expected


def test_a_vocabulary_in_memory() -> None:
    """Names and aliases are found, others are not, an alias of nothing fails."""
    definition = Definition("f", "x", (), name("x"))
    words = TableVocabulary([definition], {"g": "f"})
    assert words.lookup("g") is words.lookup("f") is definition
    assert words.lookup("h") is None
    assert [words.knows(word) for word in "fgh"] == [True, True, False]
    assert sorted(words.names()) == ["f", "g"]
    assert list(BARE.names()) == []
    with pytest.raises(KeyError):
        TableVocabulary([], {"g": "f"})
