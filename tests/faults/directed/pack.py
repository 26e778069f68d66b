"""A pack for games of two seconds: one round, revealed at its end; in each solution a word that nobody could guess."""

import json
from pathlib import Path
from random import Random

RIGHT = "yes"
"""What a team says to be right; the other accepted word is the secret, and stands in nobody's answer."""

RULES = {"reveal": "round_end", "reading_seconds": 0, "grace_ms": 0, "last_call_seconds": 60}
COLOURS = {"accent": "#8fcdf3", "accent_ink": "#0b1722", "field": "#a6d2ee", "field_2": "#87bfe3", "field_ink": "#0b1e30"}
QUESTIONS = 2


def write(folder: Path, seed: int = 1) -> list[str]:
    """The secrets, in the order of the questions."""
    random = Random(seed)
    secrets = [f"z{random.getrandbits(120):030x}" for _ in range(QUESTIONS)]
    questions = [
        {"kind": "text", "ask": f"Is it number {number}?", "accept": {"en": [secret, RIGHT]}, "reject": ["no"]}
        for number, secret in enumerate(secrets, 1)
    ]
    rounds = [{"title": "Only", **RULES, "questions": questions}]
    folder.mkdir(parents=True)
    pack = {"pack": folder.name, "title": "Directed", "languages": ["en"], "theme": COLOURS, "rounds": rounds}
    (folder / "pack.yaml").write_text(json.dumps(pack), encoding="utf-8")  # JSON is YAML
    return secrets
