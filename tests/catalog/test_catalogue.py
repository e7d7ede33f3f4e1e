"""The catalogue loads lazily, every entry is well formed, and malformed files say what is wrong."""

from __future__ import annotations

from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path

import pytest

from symact.catalog import Catalogue, CatalogueError, catalogue
from symact.language.claims import Relation
from symact.language.parser import parse_claim
from symact.language.printer import print_term
from symact.language.terms import Term, postorder

SCALARS, VECTORS = 81, 3
COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}
NAMES = sorted(catalogue().canonical_names())

GOOD = {
    "name": '"bump"',
    "title": '"Bump"',
    "aliases": '["hill"]',
    "kind": '"scalar"',
    "variable": '"x"',
    "definition": '"exp(a*x**2)"',
}
PARAMETER = {"name": '"a"', "default": '"1/2"', "domain": '"a > 0"'}


def write(folder: Path, stem: str = "bump", parameter: str = "", **keys: str) -> None:
    """One file; a key given as "" is left out."""
    table = {**GOOD, "name": f'"{stem}"', "aliases": "[]", **keys}
    lines = [f"{key} = {value}" for key, value in table.items() if value]
    if "a*" in table["definition"]:
        entry = parameter or "\n".join(f"{key} = {value}" for key, value in PARAMETER.items())
        lines += ["[[parameters]]", entry]
    (folder / f"{stem}.toml").write_text("\n".join(lines), encoding="utf-8")


def value(term: Term, names: dict[str, Fraction]) -> Fraction:
    """A number or a parameter's default."""
    return names[term.value] if term.op == "name" else term.value


def test_the_number_of_entries_is_pinned() -> None:
    """A collector that loses files silently would fail here."""
    kinds = [catalogue().record(name).kind for name in NAMES]
    assert (kinds.count("scalar"), kinds.count("vector")) == (SCALARS, VECTORS)


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_is_defined(name: str) -> None:
    """Each file parses, is called like its entry, and its aliases mean the very same definition."""
    found = catalogue().lookup(name)
    assert found is not None
    assert found.name == name
    assert found.is_vector == (catalogue().record(name).kind == "vector")
    assert all(catalogue().lookup(alias) is found for alias in catalogue().record(name).aliases)


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_uses_its_variable_and_all_parameters(name: str) -> None:
    """Nothing is declared in vain."""
    found = catalogue().lookup(name)
    assert found is not None
    used = {part.value for part in postorder(found.body) if part.op == "name"}
    assert used == {found.variable, *(parameter.name for parameter in found.parameters)}


@pytest.mark.parametrize("name", NAMES)
def test_every_default_lies_in_its_domain(name: str) -> None:
    """Each domain is a condition on the parameters, which their defaults satisfy."""
    parameters = catalogue().record(name).parameters
    defaults = {p.name: p.default for p in parameters if p.default is not None}
    assert len(defaults) == len(parameters)
    for parameter in parameters:
        for condition in parse_claim(f"0 == 0 where {parameter.domain}", catalogue()).conditions:
            if isinstance(condition, Relation):
                for left, op, right in condition.pairs():
                    assert COMPARE[op](value(left, defaults), value(right, defaults))
            else:
                assert condition.name == parameter.name


def test_long_decimals_are_exact() -> None:
    """selu keeps all 31 published decimals."""
    alpha = catalogue().record("selu").parameters[0].default
    assert alpha == Fraction(16732632423543772848170429916717, 10**31)


def test_one_name_reads_one_file() -> None:
    """relu needs relu.toml only; variables need no file; silu needs sigmoid too."""
    fresh = Catalogue()
    assert fresh.lookup("relu") is not None
    assert not fresh.knows("x")
    assert set(fresh._records) == {"relu"}
    fresh.lookup("silu")
    assert set(fresh._records) == {"relu", "silu", "sigmoid"}


def test_canonical_names_read_no_file() -> None:
    """Listing and asking for canonical names is free."""
    fresh = Catalogue()
    assert "mish" in fresh.canonical_names()
    assert fresh.knows("mish")
    assert not fresh._records


def test_aliases_are_found() -> None:
    """An alias stands for its canonical name, an unknown word for none."""
    assert catalogue().canonical("logistic") == catalogue().canonical("expit") == "sigmoid"
    assert catalogue().canonical("sigmod") is None
    assert catalogue().lookup("sigmod") is None
    assert {"Phi", "normal_cdf", "heaviside"} <= set(catalogue().names())


def test_words_that_are_paths_are_unknown() -> None:
    """A name never becomes a path outside the folder."""
    assert not catalogue().knows("../activations/relu")
    assert not catalogue().knows("")


def test_an_unknown_record_is_a_key_error() -> None:
    """`record` is for canonical names."""
    with pytest.raises(KeyError):
        catalogue().record("logistic")


def test_a_good_file_loads(tmp_path: Path) -> None:
    """The file on which the malformed ones below are built is itself accepted."""
    write(tmp_path, aliases='["hill"]')
    found = Catalogue(tmp_path).lookup("hill")
    assert found is not None
    assert print_term(found.body) == "exp(a*x**2)"
    assert found.parameters[0].default == Fraction(1, 2)


MALFORMED = [
    ({"title": ""}, "key 'title' is missing"),
    ({"colour": '"red"'}, "unknown key 'colour'"),
    ({"title": "3"}, "key 'title' must be a str"),
    ({"aliases": '"hill"'}, "key 'aliases' must be a list"),
    ({"aliases": "[1]"}, "1 is not a name"),
    ({"aliases": '["bump"]'}, "a name occurs twice"),
    ({"aliases": '["h"]'}, "one letter is a variable"),
    ({"aliases": '["exp"]'}, "'exp' is a word of the language"),
    ({"aliases": '["diff"]'}, "'diff' is a word of the language"),
    ({"name": '"hump"'}, "is not the name of the file"),
    ({"kind": '"matrix"'}, "kind 'matrix' is none of scalar, vector"),
    ({"variable": '"x y"'}, "'x y' is not a name"),
    ({"variable": '"sin"'}, "'sin' is a word of the language"),
    ({"variable": '"a"'}, "a name occurs twice"),
    ({"definition": '"exp(-a*x**"'}, "definition: line 1"),
    ({"definition": '"exp(-a*y)"'}, "'y' is neither the variable nor a parameter"),
    ({"definition": '"a*nosuch(x)"'}, "nosuch"),
    ({"definition": '"a*bump(x)"'}, "circular definition: bump -> bump"),
    ({"parameters": "[1]", "definition": '"x"'}, "key 'parameters' must be a list of tables"),
    ({"title": '"'}, "not a TOML file"),
]


@pytest.mark.parametrize(("keys", "message"), MALFORMED)
def test_a_malformed_file_says_what_is_wrong(
    tmp_path: Path, keys: dict[str, str], message: str
) -> None:
    """The message names the file and the reason."""
    write(tmp_path, **keys)
    with pytest.raises(CatalogueError) as caught:
        Catalogue(tmp_path).lookup("bump")
    assert str(caught.value).startswith("bump.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize("default", ["one", "1/0", "", "0x10", "nan", "1e9999", "2/3/4", " 1"])
def test_a_default_must_be_a_number(tmp_path: Path, default: str) -> None:
    """Defaults are exact numbers of the claim language, nothing else."""
    write(tmp_path, parameter=f'name = "a"\ndefault = "{default}"\ndomain = "a > 0"')
    with pytest.raises(CatalogueError, match=r"bump\.toml: parameter 'a'"):
        Catalogue(tmp_path).lookup("bump")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('name = "a"', "key 'domain' is missing"),
        ('domain = "a > 0"', "key 'name' is missing"),
        ('name = "a"\ndomain = "a > 0"\nstart = "1"', "unknown key 'start'"),
        ('name = "a"\ndomain = "a > 0"\ndefault = 1', "key 'default' must be a str"),
    ],
)
def test_a_parameter_has_its_keys(tmp_path: Path, entry: str, message: str) -> None:
    """Parameters are checked key by key too."""
    write(tmp_path, parameter=entry)
    with pytest.raises(CatalogueError, match="parameters: " + message):
        Catalogue(tmp_path).lookup("bump")


def test_a_parameter_may_have_no_default(tmp_path: Path) -> None:
    """Then it must be given in every call."""
    write(tmp_path, parameter='name = "a"\ndomain = "a > 0"')
    found = Catalogue(tmp_path).lookup("bump")
    assert found is not None
    assert found.parameters[0].default is None


def test_a_circle_of_definitions_is_named(tmp_path: Path) -> None:
    """one -> two -> one."""
    write(tmp_path, "one", definition='"two(x)"')
    write(tmp_path, "two", definition='"1 + one(x)"')
    with pytest.raises(CatalogueError, match="circular definition: one -> two -> one"):
        Catalogue(tmp_path).lookup("one")


def test_a_circle_is_named_again_at_the_second_look(tmp_path: Path) -> None:
    """A failure leaves nothing half done behind."""
    write(tmp_path, "one", definition='"one(x)"')
    broken = Catalogue(tmp_path)
    for _ in range(2):
        with pytest.raises(CatalogueError, match="circular"):
            broken.lookup("one")


@pytest.mark.parametrize("aliases", [('["peak"]', '["peak"]'), ('["two"]', "[]")])
def test_no_word_has_two_meanings(tmp_path: Path, aliases: tuple[str, str]) -> None:
    """An alias belongs to one file and is no other file's name."""
    write(tmp_path, "one", definition='"x"', aliases=aliases[0])
    write(tmp_path, "two", definition='"x"', aliases=aliases[1])
    with pytest.raises(CatalogueError, match="belongs to"):
        Catalogue(tmp_path).names()


@pytest.mark.parametrize(("stem", "aliases"), [("width", "[]"), ("wide", '["width"]')])
def test_no_entry_is_called_like_a_parameter(tmp_path: Path, stem: str, aliases: str) -> None:
    """Inside the other definition the word could mean either."""
    parameter = 'name = "width"\ndomain = "width > 0"'
    write(tmp_path, definition='"x/width + 0*a*x"', parameter=parameter)
    write(tmp_path, stem, definition='"x"', aliases=aliases)
    with pytest.raises(CatalogueError, match="width"):
        Catalogue(tmp_path).names()
