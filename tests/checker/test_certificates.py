"""The certificates that are accepted, and the document that describes them."""

from __future__ import annotations

import ast
import importlib
import re
from types import ModuleType

import pytest

from symact.checker import check
from symact.checker.denials import DENIALS
from symact.checker.divergence import REASONS
from symact.checker.laws import LAWS
from symact.checker.matrix_judge import _RULES as MATRIX_RULES
from symact.checker.proofs import _RULES as SIGN_RULES
from symact.checker.properties import PROOFS
from symact.checker.tree import STEPS
from tests.checker.suite import CHECKER, ROOT, disagreements, documents, nodes
from tests.support import require

ACCEPTED = documents("accept")
FORMAT = (ROOT / "docs" / "certificate-format.md").read_text(encoding="utf-8")
TAGS = ("input", "re-derived", "ignored")
_SECTION = re.compile(r"^### (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\| `([a-z ]+)` \| ([^|]*) \| [^|]*\S[^|]* \|$", re.MULTILINE)


def test_the_checker_agrees_with_every_committed_certificate() -> None:
    """Accepted with the right verdict, or rejected with the right message."""
    found = disagreements(check)
    require(not found, "\n".join(found))


def test_no_certificate_is_lost() -> None:
    """The numbers of certificates are known: a collector that shrinks is noticed."""
    counts = {folder: len(documents(folder)) for folder in ("accept", "reject")}
    require(counts == {"accept": 167, "reject": 194}, str(counts))


def test_every_kind_step_law_and_rule_is_used() -> None:
    """Nothing of the format is without an accepted example."""
    objects = [node for node in nodes(ACCEPTED) if isinstance(node, dict)]
    used = {(field, value) for o in objects for field, value in o.items() if isinstance(value, str)}
    used |= {("by", rule) for o in objects if "sign" in o and "by" in o for rule in o["by"]}
    used |= {("because", word) for o in objects if "because" in o for word in o["because"]}
    used |= {("property", d["claim"].partition("(")[0]) for d in ACCEPTED.values()}
    wanted = {("kind", kind) for kind in ("proof", "witness", "denial", "matrix", "induction")}
    wanted |= {("step", step) for step in STEPS} | {("law", law) for law in LAWS}
    wanted |= {("because", word) for word in (*DENIALS, *REASONS, "corner", "remainder")}
    wanted |= {("property", kind) for kind in PROOFS}
    wanted |= {("by", rule) for rule in SIGN_RULES} | {("rule", rule) for rule in MATRIX_RULES}
    require(wanted <= used, f"not used: {sorted(wanted - used)}")


def test_every_verdict_has_certificates() -> None:
    """Proofs and refutations, of claims and of negations."""
    seen = {(d["verdict"], d["claim"].startswith("not ")) for d in ACCEPTED.values()}
    require(len(seen) == 4, str(seen))


@pytest.mark.parametrize("field", ["format", "kind", "body"])
def test_a_certificate_without_a_field_is_rejected(field: str) -> None:
    """None of the three can be left out, whatever the certificate."""
    for name, document in ACCEPTED.items():
        shorter = {x: v for x, v in document["certificate"].items() if x != field}
        require(check(document["claim"], shorter).outcome == "reject", name)


def test_a_certificate_is_for_its_claim() -> None:
    """The claim is not read out of the certificate: a false one stays unproved with any of them."""
    for name, document in ACCEPTED.items():
        for false in ("x == x + 1", "relu(x) == x", "A @ B == B @ A"):
            result = check(false, document["certificate"])
            require(result.verdict != "proved", f"{name} proves {false}")


# -- the document ---------------------------------------------------------------------------------
def _sections() -> dict[str, dict[str, str]]:
    """heading -> field -> tag, for every section of the document with a table of fields."""
    parts = _SECTION.split(FORMAT)
    tables = {h: dict(_ROW.findall(body)) for h, body in zip(parts[1::2], parts[2::2], strict=True)}
    return {heading: table for heading, table in tables.items() if table}


def _named(kind: str) -> dict[str, set[str]]:
    """name -> fields, for the headings 'kind `name`'."""
    titles = {h: re.fullmatch(rf"{kind} `([^`]+)`", h) for h in _SECTION.findall(FORMAT)}
    return {title[1]: set(_sections().get(h, {})) for h, title in titles.items() if title}


def _texts(part: ast.expr, module: ModuleType) -> set[str] | None:
    """The texts in a tuple that names its texts, or tuples of the module; None for any other."""
    if isinstance(part, ast.Constant):
        return {str(part.value)}
    if isinstance(part, ast.Name):
        known = getattr(module, part.id, None)
        return set(known) if isinstance(known, tuple) else None
    if isinstance(part, ast.Starred):
        return _texts(part.value, module)
    if not isinstance(part, ast.Tuple):
        return None
    found = [_texts(entry, module) for entry in part.elts]
    known_ones = [texts for texts in found if texts is not None]
    return set().union(*known_ones) if len(known_ones) == len(found) else None


def _literal_fields() -> set[frozenset[str]]:
    """The fields of every call of `fields` in the checker that spells them out."""
    found = set()
    for path in CHECKER.glob("*.py"):
        module = importlib.import_module(f"symact.checker.{path.stem}")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("fields", "c.fields"):
                texts = [_texts(argument, module) for argument in call.args[1:]]
                if all(part is not None for part in texts):
                    found.add(frozenset(text for part in texts for text in part or ()))
    return found - {frozenset()}


# Objects whose fields depend on what else is there: a slope for each bound, a join for each side.
DEPENDENT = {frozenset({"lower", "upper"}), frozenset({"left", "right"})}


def _tabled_fields() -> set[frozenset[str]]:
    """The fields of the objects that stand in the checker's tables."""
    found = {frozenset({"step", *extra}) for extra, _ in STEPS.values()}
    found |= {frozenset({"law", "of", *extra}) for extra, _ in LAWS.values()}
    found |= {frozenset({"rule", *extra}) for extra, _ in MATRIX_RULES.values()}
    found |= {frozenset(wanted) for wanted, _ in (*PROOFS.values(), *REASONS.values())}
    found |= {frozenset(wanted) for _, wanted, _ in DENIALS.values()}
    return found | {frozenset(DENIALS), frozenset(REASONS)} | DEPENDENT


def test_every_field_has_one_tag() -> None:
    """input, re-derived or ignored: nothing else, and a meaning beside it."""
    rows = [row for row in FORMAT.splitlines() if row.startswith("| `")]
    tagged = [(f, tag) for table in _sections().values() for f, tag in table.items()]
    require(len(rows) == len(tagged), f"{len(rows)} rows, {len(tagged)} are fields with a meaning")
    require(all(tag in TAGS for _, tag in tagged), str(tagged))


def test_the_document_has_every_rule_with_its_fields() -> None:
    """Neither more nor fewer than the checker's tables."""
    require(_named("step") == {s: {"step", *extra} for s, (extra, _) in STEPS.items()})
    require(_named("law") == {law: {"law", "of", *extra} for law, (extra, _) in LAWS.items()})
    require(_named("property") == {kind: {*wanted} for kind, (wanted, _) in PROOFS.items()})
    require(_named("denial") == {word: {*wanted} for word, (_, wanted, _) in DENIALS.items()})
    require(_named("reason") == {word: {*wanted} for word, (wanted, _) in REASONS.items()})
    require(
        _named("kind `matrix`, rule") == {r: {"rule", *f} for r, (f, _) in MATRIX_RULES.items()}
    )


def test_the_document_has_every_sign_rule() -> None:
    """Neither more nor fewer than the checker's table."""
    require(_named("sign rule").keys() == SIGN_RULES.keys())
    require(_sections()["by"].keys() == SIGN_RULES.keys())


def test_the_document_has_every_other_object() -> None:
    """The objects whose fields the checker spells out are those described, field by field."""
    tables = {frozenset(table) for table in _sections().values()}
    code = _literal_fields()
    require(len(code) >= 9, "the calls of `fields` were not found")
    require(tables == code | _tabled_fields(), f"{tables ^ (code | _tabled_fields())}")


def test_the_document_says_which_exit_codes_there_are() -> None:
    """Those of the command."""
    from symact.checker.__main__ import BAD_INPUT, EXIT_CODES

    codes = {int(code) for code in re.findall(r"^\| (\d) \| ", FORMAT, re.MULTILINE)}
    require(codes == {*EXIT_CODES.values(), BAD_INPUT}, str(codes))


def test_the_examples_of_the_document_are_accepted() -> None:
    """Each JSON block, for the claim named before it."""
    import json

    blocks = re.findall(r"`([^`\n]+ == [^`\n]+)`[^`]*?```json\n(.*?)```", FORMAT, re.DOTALL)
    require(len(blocks) == 2, str(blocks))
    for claim, block in blocks:
        require(check(claim, json.loads(block)).outcome == "accept", claim)
