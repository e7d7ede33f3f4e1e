"""The claim language: text to claims and back. Standard library only; nothing here evaluates text.

Below: nothing. Above: the catalogue, the checker, the prover.
"""

from symact.language.claims import Claim, Membership, Predicate, RealSet, Relation
from symact.language.errors import ClaimError
from symact.language.parser import parse_block, parse_claim, parse_term
from symact.language.printer import print_claim, print_term
from symact.language.terms import Term
from symact.language.vocabulary import Definition, Parameter, TableVocabulary, Vocabulary

__all__ = [
    "Claim",
    "ClaimError",
    "Definition",
    "Membership",
    "Parameter",
    "Predicate",
    "RealSet",
    "Relation",
    "TableVocabulary",
    "Term",
    "Vocabulary",
    "parse_block",
    "parse_claim",
    "parse_term",
    "print_claim",
    "print_term",
]
