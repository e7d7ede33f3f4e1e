"""The command `symact`: reads its arguments, calls one function, prints, and leaves with a code
that means something.

Below: everything. Nothing heavier than click is imported before a command needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from enum import IntEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from symact.cli_find import KINDS
from symact.trust import EXTRAS, NotInstalled, require

if TYPE_CHECKING:
    from symact.render.report import Judged, Reporter
    from symact.runner import Bounds, Decide
    from symact.targets import Group


class Exit(IntEnum):
    """What the process leaves with: of several, the first in `WORST_FIRST` that occurred."""

    DECIDED = 0
    AGAINST = 1
    BAD_INPUT = 2
    UNDECIDED = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141


WORST_FIRST = (Exit.BAD_INPUT, Exit.AGAINST, Exit.UNDECIDED)
CHECK_EXIT = {"accept": Exit.DECIDED, "reject": Exit.AGAINST, "cannot judge": Exit.UNDECIDED}
CHECK_WORD = {"accept": "accepted", "reject": "rejected", "cannot judge": "cannot judge"}


def worst(codes: Iterable[Exit]) -> Exit:
    """The one code for many outcomes: 2 before 1 before 3 before 0; never fails."""
    seen = set(codes)
    return next((code for code in WORST_FIRST if code in seen), Exit.DECIDED)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="symact")
def cli() -> None:
    """Decide statements about activation functions and neural networks, with checked proofs."""


@cli.command(
    epilog="Exit code: 2 if any input could not be read; else 1 if any claim was refuted (or a "
    "lesson's block decided against what its fence says); else 3 if any stayed undecided; else 0. "
    "For an activation's facts, refuted is as good as proved."
)
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option(
    "--claims", metavar="FILE", help="Read one claim a line from FILE; - is standard input."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line, in order.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="Seconds for each claim.",
)
@click.option(
    "--certificate",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a certificate file for each decided claim, as `symact check` takes them.",
)
@click.option(
    "--cross-check/--no-cross-check", default=True, help="Show floating-point values too."
)
@click.option(
    "--trust",
    multiple=True,
    type=click.Choice(list(EXTRAS)),
    help="Take this solver's word where no proof is found; such verdicts are marked.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a core]")
def prove(
    targets: tuple[str, ...],
    claims: str | None,
    as_json: bool,
    timeout: float,
    folder: Path | None,
    cross_check: bool,
    trust: tuple[str, ...],
    jobs: int | None,
) -> None:
    """Judge each TARGET: a claim, a lesson (.md) or a folder of lessons, or a function (an
    activation's name, or an expression in one variable), of which everything is told.
    """
    from symact.runner import Bounds

    if not targets and claims is None:
        raise click.UsageError("Nothing to judge: give a TARGET or --claims FILE.")
    try:
        require(trust)
    except NotInstalled as problem:
        raise click.UsageError(str(problem)) from problem
    known, unreadable = _read_targets(targets)
    groups: Iterable[Group] = known
    total: int | None = sum(len(group.items) for group in known)
    if claims is not None:
        groups, total = chain(known, _claims(claims)), None
    reporter = _reporter(as_json, total)
    decide, warm = _deciding(cross_check, trust)
    with closing(_judged(groups, total, Bounds(timeout), jobs, decide, warm)) as judged:
        code = _report(judged, reporter, folder)
    sys.exit(worst([code, *unreadable]))


def _read_targets(targets: Sequence[str]) -> tuple[list[Group], list[Exit]]:
    """What the targets mean; those that cannot be read are named on standard error, and the rest is
    still judged.
    """
    from symact.lessons.collect import LessonError
    from symact.targets import groups_of

    groups: list[Group] = []
    unreadable: list[Exit] = []
    for target in targets:
        try:
            groups.extend(groups_of(target))
        except LessonError as error:
            click.echo(f"error: {error}", err=True)
            unreadable.append(Exit.BAD_INPUT)
    return groups, unreadable


def _claims(name: str) -> Iterator[Group]:
    """The claims of a file, or of standard input, one at a time. Fails with click.FileError when it
    cannot be read.
    """
    from symact.targets import Group, claims_in

    with _open(name) as lines:
        try:
            yield from (Group((claim,)) for claim in claims_in(lines))
        except OSError as error:
            raise click.FileError(name, error.strerror or str(error)) from error


def _open(name: str) -> BinaryIO:
    """The file `name`. Standard input gets a reader of its own: the workers close theirs when they
    start.
    """
    try:
        return open(0, "rb", closefd=False) if name == "-" else open(name, "rb")
    except (OSError, ValueError) as error:
        raise click.FileError(name, getattr(error, "strerror", None) or str(error)) from error


def _deciding(
    cross_check: bool, trust: tuple[str, ...]
) -> tuple[Decide, Callable[[], object] | None]:
    """What a worker decides a claim by, and what it calls before its first claim."""
    from symact import targets

    decide = targets.decide_and_cross_check if cross_check else targets.decide_only
    warm = targets.warm_with_cross_check if cross_check else targets.warm
    return partial(decide, trust=trust) if trust else decide, warm


def _judged(
    groups: Iterable[Group],
    total: int | None,
    bounds: Bounds,
    jobs: int | None,
    decide: Decide,
    warm: Callable[[], object] | None,
) -> Generator[Judged]:
    """The judged claims, by a pool that ends with this generator; without a pool when there is
    nothing to judge.
    """
    if total == 0:
        return
    from symact import targets
    from symact.runner.pool import BoundedPool

    workers = jobs or _cores()
    with BoundedPool(bounds, min(workers, total or workers), warm) as pool:
        yield from targets.judge(groups, pool, decide, bounds)


def _cores() -> int:
    """The cores this process may use; never fails."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _reporter(as_json: bool, total: int | None) -> Reporter:
    """The format that suits where the output goes."""
    if as_json:
        from symact.render.jsonl import JsonReporter

        return JsonReporter(sys.stdout)
    if _is_terminal(sys.stdout):
        from symact.render.terminal import TerminalReporter

        return TerminalReporter(sys.stdout, total)
    from symact.render.plain import PlainReporter

    return PlainReporter(sys.stdout)


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def _report(judged: Iterable[Judged], reporter: Reporter, folder: Path | None) -> Exit:
    """Shows every judged claim, writes the certificates, and says what to leave with."""
    from symact.certificate_files import FileError, write

    outcomes: list[tuple[str, tuple[str, ...]]] = []
    codes: set[Exit] = set()
    try:
        for index, each in enumerate(judged, start=1):
            reporter.show(each)
            outcomes.append((each.verdict.outcome, each.verdict.trusted))
            codes.add(_code(each))
            if folder is not None:
                write(folder, index, each.verdict)
    except FileError as error:
        raise click.ClickException(str(error)) from error
    finally:
        reporter.finish()
    _summary(outcomes)
    return worst(codes)


def _code(judged: Judged) -> Exit:
    """What one claim alone would make the process leave with."""
    match judged.verdict.outcome:
        case "error":
            return Exit.BAD_INPUT
        case _ if judged.ok:
            return Exit.DECIDED
        case "undecided":
            return Exit.UNDECIDED
    return Exit.AGAINST


def _summary(outcomes: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    """Counts the outcomes on standard error, when there is more than one; those that rest on a
    solver's word are counted apart.
    """
    counts = []
    for kind in ("proved", "refuted", "undecided", "error"):
        trusted = [solvers for outcome, solvers in outcomes if outcome == kind]
        if trusted:
            counts.append(f"{len(trusted)} {kind}")
        if any(trusted):
            names = ", ".join(dict.fromkeys(chain(*trusted)))
            counts.append(f"{sum(map(bool, trusted))} of them trusted: {names}")
    if len(outcomes) > 1:
        click.echo(f"{len(outcomes)} claims: {', '.join(counts)}", err=True)


@cli.command(
    epilog="Exit code: 2 on bad input; else 1 if a finding was refuted; else 3 if any is undecided "
    "or could not be worked out; else 0."
)
@click.argument("function")
@click.option(
    "--what",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="What to look for; may be given several times.  [default: all]",
)
@click.option("--crossings", "other", default="", metavar="FUNCTION", help="Where the two meet.")
@click.option("--digits", type=click.IntRange(1, 1000), default=30, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="Seconds for each claim.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one a core]")
def find(
    function: str,
    kinds: tuple[str, ...],
    other: str,
    digits: int,
    as_json: bool,
    timeout: float,
    jobs: int | None,
) -> None:
    """Find what is special about FUNCTION, an activation's name or an expression in x: zeros,
    extrema, inflections, kinks, limits, fixed points, the least Lipschitz constant. Every finding
    comes with the claims that establish it, and their verdicts.
    """
    from symact.cli_find import judged
    from symact.explain.find import answers
    from symact.language.errors import ClaimError
    from symact.render import findings

    try:
        rows = judged(answers(function, kinds, digits, other), timeout, jobs or _cores())
    except ClaimError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(Exit.BAD_INPUT)
    if as_json:
        findings.write_json(rows, sys.stdout)
    elif _is_terminal(sys.stdout):
        findings.write_table(rows, sys.stdout)
    else:
        findings.write_plain(rows, sys.stdout)
    codes = {"proved": Exit.DECIDED, "undecided": Exit.UNDECIDED, "refuted": Exit.AGAINST}
    sys.exit(worst(codes.get(row.outcome, Exit.BAD_INPUT) for row in rows))


@cli.command(
    epilog="Exit code: 2 if any file could not be read; else 1 if any certificate was rejected; "
    "else 3 if the checker could not judge one; else 0."
)
@click.argument("certificates", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(certificates: tuple[Path, ...]) -> None:
    """Check CERTIFICATES, as `symact prove --certificate` writes them, by the checker alone."""
    sys.exit(worst([_check(path) for path in certificates]))


def _check(path: Path) -> Exit:
    """Prints what the checker says about one file, with the statement it parsed and what it
    trusted.
    """
    from symact.certificate_files import FileError, check_file
    from symact.render.report import printable

    try:
        checked = check_file(path)
    except FileError as error:
        click.echo(f"error: {error}", err=True)
        return Exit.BAD_INPUT
    trusted = f"   (trusted: {', '.join(checked.trusted)})" if checked.trusted else ""
    message = f"   [{printable(checked.message)}]" if checked.message else ""
    word = CHECK_WORD[checked.outcome]
    click.echo(f"{checked.file}: {word:<9} {printable(checked.statement)}{message}{trusted}")
    return CHECK_EXIT[checked.outcome]


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def list_activations(as_json: bool) -> None:
    """List the activations of the catalogue: name, title, definition, parameters."""
    from symact.render import listing

    rows = listing.rows()
    if as_json:
        listing.write_json(rows, sys.stdout)
    elif _is_terminal(sys.stdout):
        listing.write_table(rows, sys.stdout)
    else:
        listing.write_plain(rows, sys.stdout)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with `arguments` (the process's own by default); the exit code. Never raises
    for a user's error.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(cli, arguments)
    except click.ClickException as error:
        error.show()
        return Exit.BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the flush at exit must not complain again
        return Exit.PIPE_CLOSED


def _run(command: Callable[..., object], arguments: Sequence[str] | None) -> int:
    """Runs a click command without click's own handling of errors and exit codes."""
    try:
        command(arguments, standalone_mode=False, prog_name="symact")
    except SystemExit as end:
        return int(end.code or 0)
    return Exit.DECIDED
