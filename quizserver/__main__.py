"""Command line. Imports nothing heavy by itself: a command that only prints a line must not wait for a web server."""

import shutil
import sys
from pathlib import Path
from typing import Annotated, Literal, Never

import typer

from quizserver.rehearsal.command import rehearse
from quizserver.settings import CannotStart, Settings

cli = typer.Typer(help="A quiz battle server.", no_args_is_help=True, add_completion=False)

cli.command()(rehearse)

Data = Annotated[Path, typer.Option(envvar="QUIZ_DATA", help="Folder for everything worth keeping.")]

RedisUrl = Annotated[
    str | None, typer.Option(envvar=["QUIZ_REDIS_URL", "REDIS_URL"], help="A Redis of your own instead of the bundled one.")
]
DatabaseUrl = Annotated[
    str | None, typer.Option(envvar=["QUIZ_DATABASE_URL", "DATABASE_URL"], help="A PostgreSQL for the archive instead of SQLite.")
]


@cli.command()
def run(
    port: Annotated[int, typer.Option(envvar="QUIZ_PORT", min=0, max=65535)] = Settings.port,
    host: Annotated[str, typer.Option(envvar="QUIZ_HOST", help="Interface to listen on.")] = Settings.host,
    data: Data = Settings.data,
    pack: Annotated[str, typer.Option(envvar="QUIZ_PACK", help="Pack that waits in the lobby.")] = Settings.pack,
    public_url: Annotated[
        str | None, typer.Option(envvar="QUIZ_PUBLIC_URL", help="Address people use, if not this machine's own.")
    ] = None,
    redis_url: RedisUrl = None,
    database_url: DatabaseUrl = None,
    password_over_http: Annotated[
        bool,
        typer.Option(
            "--password-over-http", envvar="QUIZ_PASSWORD_OVER_HTTP", help="Take passwords on a public address without HTTPS too."
        ),
    ] = Settings.password_over_http,
    transport: Annotated[
        Literal["lazy", "eager", "asgi"], typer.Option(envvar="QUIZ_TRANSPORT", help="How sockets are served; lazy is fastest.")
    ] = Settings.transport,
) -> None:
    """Start the server and show where everybody goes."""
    from quizserver import app

    stores = redis_url or None, database_url or None
    settings = Settings(port, host, data, pack, *stores, public_url or None, password_over_http, transport)
    try:
        app.run(settings, command_as_typed())
    except CannotStart as sentence:
        fail(str(sentence))


@cli.command()
def key(data: Data = Settings.data) -> None:
    """Print the console's address with the key of the server that is running."""
    from quizserver import banner, host_key

    running = host_key.of_running_server(data)
    if running is None:
        fail(f"No server is running on the folder {data}: start one with `{command_as_typed()} run`.")
    typer.echo(banner.console_with_key(running.console, running.secret))


@cli.command()
def password(
    data: Data = Settings.data,
    name: Annotated[str, typer.Option(help="Whose password: how the list of consoles tells several hosts apart.")] = "",
    stdin: Annotated[bool, typer.Option("--stdin", help="Read it from one line of standard input and ask nothing.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the password away.")] = False,
) -> None:
    """Set the password by which a host signs in on the console's page; the printed key opens it as well."""
    from quizserver import host_password

    try:
        if remove:
            typer.echo(host_password.remove(data, name))
        else:
            whose = host_password.named(name)
            typer.echo(host_password.set_to(data, whose, sys.stdin.readline().rstrip("\r\n") if stdin else _typed_twice()))
    except host_password.CannotSet as sentence:
        fail(str(sentence))


def _typed_twice() -> str:
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    return typed


@cli.command()
def check(pack: Annotated[str, typer.Argument(help="A pack's name, or the path of its folder.")]) -> None:
    """Check a pack: every mistake with its file, line and field."""
    from rounds.check import check as findings_of
    from rounds.findings import PackError, format, has_errors
    from rounds.library import find

    try:
        findings = findings_of(find(pack))
    except PackError as nowhere:
        fail(str(nowhere))
    typer.echo(format(findings))
    raise typer.Exit(1 if has_errors(findings) else 0)


@cli.command()
def export(
    battle: Annotated[str, typer.Argument(help="A battle's PIN or id.")],
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    data: Data = Settings.data,
    redis_url: RedisUrl = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write a whole battle into one file that proves itself."""
    import asyncio

    from quizserver import exports

    try:
        exported = asyncio.run(exports.export(battle, file, data, redis_url or None, database_url or None))
    except exports.CannotExport as sentence:
        fail(str(sentence))
    typer.echo(str(exported))


@cli.command()
def results(
    battle: Annotated[str, typer.Argument(help="A battle's PIN or id.")],
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    form: Annotated[str, typer.Option("--format", help="xlsx, csv, json or masks; by default what the file's name ends in.")] = "",
    data: Data = Settings.data,
    redis_url: RedisUrl = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write a battle's standing or its masks, recomputed from its ledger."""
    import asyncio

    from quizserver import exports, results_file

    try:
        told = asyncio.run(results_file.write(battle, file, form, data, redis_url or None, database_url or None))
    except exports.CannotExport as sentence:
        fail(str(sentence))
    typer.echo(told)


@cli.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A file that `quizserver export` wrote.")],
    expect: Annotated[str | None, typer.Option(help="The code that a screen showed at a round's end.")] = None,
) -> None:
    """Recompute the standing of an exported battle, without a server; 1 if anything differs."""
    from quizserver import exports
    from quizserver.services.verifying import Differs

    try:
        verified = exports.verify_file(file, expect)
    except Differs as difference:
        fail(f"{file}: {difference}")
    typer.echo(exports.report(verified))


@cli.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder for the backup.")],
    data: Data = Settings.data,
    redis_url: RedisUrl = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write everything that another machine needs to go on with the battles, while they are played or not."""
    import asyncio

    from quizserver import backup as backups

    try:
        done = asyncio.run(backups.backup(folder, data, redis_url or None, database_url or None))
    except backups.CannotBackUp as sentence:
        fail(str(sentence))
    typer.echo(str(done))


@cli.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A backup that `quizserver backup` wrote.")],
    data: Data = Settings.data,
) -> None:
    """Verify a backup and make a new data folder of it; a server started on that goes on with the battles."""
    import asyncio

    from quizserver import restore as restoring

    try:
        done = asyncio.run(restoring.restore(folder, data))
    except restoring.CannotRestore as sentence:
        fail(str(sentence))
    typer.echo(str(done))


@cli.command()
def forget(
    battle: Annotated[str | None, typer.Argument(help="A battle's PIN or id.")] = None,
    older_than: Annotated[int | None, typer.Option(min=0, help="All battles that ended more than so many days ago.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Really do it; names do not come back.")] = False,
    data: Data = Settings.data,
    redis_url: RedisUrl = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Erase the names of teams from ledger and archive; the battle stays, and still proves itself."""
    import asyncio

    from quizserver import forget as forgetting

    if (battle is None) == (older_than is None):
        fail("Name a battle, or the age of those that are meant with --older-than DAYS.")
    wanted = forgetting.Wanted(battle, older_than)
    try:
        forgotten = asyncio.run(forgetting.forget(wanted, data, redis_url or None, database_url or None, yes))
    except forgetting.CannotForget as sentence:
        fail(str(sentence))
    if not forgotten:
        fail(f"There is no such battle in {data}.")
    if not yes:
        pins = ", ".join(each.pin for each in forgotten)
        fail(f"This would erase the names of all teams of battle {pins}, for ever: add --yes to do it.")
    typer.echo("Erased:\n" + "\n".join(map(str, forgotten)))
    typer.echo("A server that runs shows the names until its next start. Backups and exports made before still have them.")


@cli.command()
def announce(
    file: Annotated[Path, typer.Argument(help="A table of teams, XLSX or CSV.")],
    battle: Annotated[str, typer.Argument(help="A battle's PIN or id.")],
    take: Annotated[bool, typer.Option("--take", help="Really take them; without it, only say what is in the file.")] = False,
    data: Data = Settings.data,
    redis_url: RedisUrl = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Announce the teams of a file: name, captain, people, where, contact. The host approves them in the console."""
    import asyncio

    from quizserver import announced_file

    try:
        found = asyncio.run(announced_file.announce(file, battle, data, redis_url or None, database_url or None, take))
    except announced_file.CannotAnnounce as sentence:
        fail(str(sentence))
    typer.echo(str(found))
    raise typer.Exit(1 if found.told["failed"] and not take else 0)


@cli.command()
def doctor(data: Data = Settings.data, redis_url: RedisUrl = None, database_url: DatabaseUrl = None) -> None:
    """Look at everything an evening stands on and say what to do; 1 if anything is bad."""
    import asyncio

    from quizserver.doctor import battles, hosts, machine
    from quizserver.doctor.finding import Finding, Level

    async def told() -> list[Finding]:
        return [each async for each in battles.examined(data, redis_url or None, database_url or None)]

    findings = [*machine.examined(data), hosts.passwords(data), *asyncio.run(told())]
    for finding in findings:
        typer.echo(str(finding))
    raise typer.Exit(any(finding.level is Level.BAD for finding in findings))


def command_as_typed() -> str:
    """How to call us again: the bare name if the shell finds it, else the path that was used."""
    called = sys.argv[0]
    if called.endswith("__main__.py"):
        return "python -m quizserver"
    return "quizserver" if shutil.which("quizserver") == str(Path(called).resolve()) else called


def fail(sentence: str) -> Never:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
