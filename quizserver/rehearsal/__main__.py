"""`python -m quizserver.rehearsal` is `quizserver rehearse`."""

import typer

from quizserver.rehearsal.command import rehearse

if __name__ == "__main__":
    typer.run(rehearse)
