"""Why a line of a file is not taken."""


class Failed(Exception):
    """`code` is a word that the pages have a sentence for, `detail` fills it; `proposal`: the team that may be meant."""

    def __init__(self, code: str, detail: str = "", proposal: str = "") -> None:
        super().__init__(code, detail, proposal)
        self.code, self.detail, self.proposal = code, detail, proposal
