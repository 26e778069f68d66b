"""The command `quizserver rehearse`: only its options, so that the command line stays quick; `program` does the work."""

from pathlib import Path
from typing import Annotated

import typer

Online = Annotated[int, typer.Option(min=0, help="Teams on phones.")]
Paper = Annotated[int, typer.Option(min=0, help="Teams on paper. Without any, the pack's online-only rules hold.")]
Venues = Annotated[int, typer.Option(min=1, max=100, help="Venues that the paper teams sit in.")]
Seed = Annotated[int, typer.Option(help="The evening is a function of it.")]
Pack = Annotated[str, typer.Option(help="Folder name of a pack; `evening`: all of them, in short rounds.")]
Pace = Annotated[int, typer.Option(min=1, max=60, help="How many times faster than life.")]
Url = Annotated[str | None, typer.Option(help="A server to play against; without it one is started for this evening.")]
Key = Annotated[str, typer.Option(help="That server's host key: what stands behind the # of the console's address.")]
Data = Annotated[Path, typer.Option(envvar="QUIZ_DATA", help="That server's folder, where the evening is exported from.")]
Json = Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")]
Standing = Annotated[Path | None, typer.Option(help="Where to write the standing, the same for the same seed.")]
Export = Annotated[Path | None, typer.Option(help="Where to keep the whole evening.")]
VenueTrouble = Annotated[bool, typer.Option(help="Venues lose their networks; the standing stays the same.")]
Edge = Annotated[bool, typer.Option(help="Answer around the cut-offs as well.")]


def rehearse(
    online: Online = 175,
    paper: Paper = 54,
    venues: Venues = 6,
    seed: Seed = 1,
    pack: Pack = "",
    pace: Pace = 10,
    url: Url = None,
    key: Key = "",
    data: Data = Path("var"),
    json: Json = None,
    standing: Standing = None,
    export: Export = None,
    edge: Edge = False,
    venue_trouble: VenueTrouble = False,
) -> None:
    """Play an evening with made-up teams and see whether everything arrives, once and in time."""
    from quizserver.rehearsal import program
    from quizserver.rehearsal.script import Wish

    if url and not key:
        raise typer.BadParameter("a server's host key is needed: `quizserver key` prints it behind the #", param_hint="--key")
    if venue_trouble and not paper:
        raise typer.BadParameter("without teams on paper there is no venue to be in trouble", param_hint="--venue-trouble")
    pack = pack or ("tupolev" if url else "evening")
    where = program.Where(url, key, data) if url else None
    files = program.Files(json, standing, export)
    wish = Wish(pack, online, paper, venues, seed, edge)
    raise typer.Exit(program.run(wish, pace, where, files, typer.echo, venue_trouble))
