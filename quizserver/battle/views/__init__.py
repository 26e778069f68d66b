"""What each role may see. Allow-lists: a view is built from named fields, never by leaving some out.

Views are plain maps without nulls, so that the difference of two is a JSON merge patch (RFC 7396). None holds a list that grows
with the number of teams: rows come in pages of at most 100 on request (`pages`).
"""

from quizserver.battle.views.desk import desk_view
from quizserver.battle.views.host import host_view
from quizserver.battle.views.mine import mine_view
from quizserver.battle.views.patch import apply_patch, merge_patch
from quizserver.battle.views.screen import screen_view
from quizserver.battle.views.team import team_view

__all__ = ["apply_patch", "desk_view", "host_view", "merge_patch", "mine_view", "screen_view", "team_view"]
