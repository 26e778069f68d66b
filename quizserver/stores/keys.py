"""Every key of ours in Redis, one function a key. No other module writes a key's name.

All keys of a battle share the tag `{<battle id>}`; scripts that need the time read `{quiz}:clock` beside them, so one Redis holds
all. Nothing of a battle expires that the archive may not have yet: what has a lifetime here can be made again. Question ids, team
ids and answer ids hold no spaces (the wire sees to that); values of answers are opaque. Sizes are of 10,000 teams and 54
questions, one box a question.

key                                    type    written by       lifetime          size at 10,000 teams
-------------------------------------  ------  ---------------  ----------------  ------------------------------------------
{quiz}:battles                         hash    register.lua     for ever          85 B a battle: id -> "<number> <pin>"
{quiz}:pins                            hash    register.lua     for ever          60 B a battle: PIN -> id
{quiz}:hosts                           hash    keyring.py       until signed out  160 B a console: "<since> <browser>\\n<name>"
{quiz}:hosts:seen                      zset    keyring.py       a week unused     80 B a console: token hash -> last seen
{quiz}:hosts:out                       zset    keyring.py       a week            80 B a console: token hash -> signed out at
{quiz}:clock                           string  put_right.lua    for ever          20 B: ms that our time is ahead of the machine's
{quiz}:seats                           stream  seats.py         a minute          60 B a device that comes back, 100 batches
{b}:ledger                             stream  append.lua       for ever          as the archive: 110 B an answer, 60 MB
{b}:ledger:without names               stream  blanking.py      while it is made  as the ledger
{b}:head                               hash    append, offer    for ever          180 B: epoch version hash, number of batches
{b}:answers                            stream  offer.lua        1,000 batches     140 B an answer, 20 MB
{b}:box:<question>:<opening>           hash    append, offer *  for ever          190 B: rules, greatest stamp, teams
{b}:rows:<question>:<opening>          hash    offer, drop *    for ever          1.4 MB, 1.0 MB once dropped: id -> revision
{b}:teams:<question>:<opening>         hash    offer.lua *      until dropped     1.4 MB: team -> which revision stands
{b}:missed:<question>:<opening>        hash    offer.lua        for ever          70 KB at most: 500 rows
{b}:leases                             zset    lease.lua        a minute          100 B a process: process -> end of its lease
{b}:drained:<digest of the clock>      set     presence.py      ten minutes       100 B a process
{b}:alive                              hash    alive.lua        for ever          140 B
{b}:secret                             string  battle_secrets   for ever          32 B
{b}:standing:<which>                   string  standing_switch  a day             the version that is read
{b}:standing:<which>:<version>         zset    standings.py     a day             0.9 MB: team -> place
{b}:standing:<which>:<version>:points  hash    standings.py     a day             0.6 MB: team -> points and possible places

* and put_back.lua, when a battle is restored from the archive.
"""

from hashlib import sha256

from quizserver.battle.ids import BattleId, QuestionId

BATTLES = "{quiz}:battles"
PINS = "{quiz}:pins"
HOSTS = "{quiz}:hosts"
HOSTS_SEEN = "{quiz}:hosts:seen"
HOSTS_OUT = "{quiz}:hosts:out"
CLOCK = "{quiz}:clock"
SEATS = "{quiz}:seats"


def ledger(battle: BattleId) -> str:
    """Entries under the ids `<version>-0`, with the fields body, hash, beside."""
    return f"{{{battle}}}:ledger"


def without_names(battle: BattleId) -> str:
    """A copy of the ledger that will take its place."""
    return f"{{{battle}}}:ledger:without names"


def head(battle: BattleId) -> str:
    """Fields epoch, version, hash; `answers` is the number of the last entry of the stream of answers."""
    return f"{{{battle}}}:head"


def answers(battle: BattleId) -> str:
    """What was recorded, an entry a batch, ids `<number>-0` without holes, fields: see offer.lua."""
    return f"{{{battle}}}:answers"


def box(battle: BattleId, question: QuestionId, opening: int) -> str:
    """Fields counts, opens_at, cut_off ("" not known), paused, closed, sealed, dropped (0|1), greatest (stamp), teams (number),
    late (number) and `late <answer id>` for each answer that was refused as late before the seal."""
    return f"{{{battle}}}:box:{question}:{opening}"


def rows(battle: BattleId, question: QuestionId, opening: int) -> str:
    """Answer id -> "<revision> <stamp> <team> <value>"; once dropped "<revision> <stamp> =<stands> <digest>"."""
    return f"{{{battle}}}:rows:{question}:{opening}"


def teams(battle: BattleId, question: QuestionId, opening: int) -> str:
    """Team -> "<latest revision> <stamp> <id> <device> <other>": stamp and id of the revision that stands; the device of the latest
    revision, and the latest revision of any other device."""
    return f"{{{battle}}}:teams:{question}:{opening}"


def missed(battle: BattleId, question: QuestionId, opening: int) -> str:
    """Answer id -> "0 <stamp> <team> <value>"."""
    return f"{{{battle}}}:missed:{question}:{opening}"


def leases(battle: BattleId) -> str:
    """Process -> when its lease ends, in milliseconds of Redis's clock."""
    return f"{{{battle}}}:leases"


def drained(battle: BattleId, clock: str) -> str:
    """Processes that hold no answer any more. A clock's name may be long, so its digest stands for it."""
    return f"{{{battle}}}:drained:{sha256(clock.encode()).hexdigest()[:16]}"


def alive(battle: BattleId) -> str:
    """Fields at (the last sign of life), before (the one before it), token (of the call that gave it)."""
    return f"{{{battle}}}:alive"


def secret(battle: BattleId) -> str:
    return f"{{{battle}}}:secret"


def standing(battle: BattleId, which: str) -> str:
    """The version that is read now."""
    return f"{{{battle}}}:standing:{which}"


def places(battle: BattleId, which: str, version: int) -> str:
    """The score is the place."""
    return f"{{{battle}}}:standing:{which}:{version}"


def points(battle: BattleId, which: str, version: int) -> str:
    return f"{{{battle}}}:standing:{which}:{version}:points"
