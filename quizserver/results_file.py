"""What `quizserver results` does: a battle's standing or masks in a file, recomputed from every entry of its ledger or archive."""

import asyncio
import tempfile
from pathlib import Path

from quizserver import exports
from quizserver.results.files import FORMATS
from quizserver.results.outcome import results_of
from quizserver.services.verifying import Differs


async def write(
    wanted: str, file: Path, form: str, data: Path, redis_url: str | None = None, database_url: str | None = None
) -> str:
    """Writes it, and says what. `form`: one of FORMATS, "" for the one that the file's name ends in. Raises CannotExport."""
    form = form or file.suffix.lstrip(".").lower()
    if form not in FORMATS:
        raise exports.CannotExport(f"There is no format {form!r}: say --format {', '.join(FORMATS)}.")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "battle"
        exported = await exports.export(wanted, whole, data, redis_url, database_url)
        try:
            verified = await asyncio.to_thread(exports.verify_file, whole)
        except Differs as difference:
            raise exports.CannotExport(f"The battle's ledger does not hold: {difference}") from difference
    results = results_of(verified.state)
    try:
        await asyncio.to_thread(file.write_bytes, FORMATS[form][0](results))
    except OSError as fault:
        raise exports.CannotExport(f"{file} could not be written ({fault.strerror}): choose another place.") from fault
    when = "provisional" if results.provisional else "final"
    return f"Battle {exported.pin}: {len(results.teams)} teams, {when}, code {verified.code}, read from {exported.source}."
