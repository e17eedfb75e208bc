"""The whole script in the order in which it is played."""

from typing import Final

from bot.story.act_one import ACT_ONE
from bot.story.act_three import ACT_THREE
from bot.story.act_two import ACT_TWO
from bot.story.deeds import Act

# Sorting is stable: what happens at one instant keeps the order of its act.
SCRIPT: Final[tuple[Act, ...]] = tuple(sorted((*ACT_ONE, *ACT_TWO, *ACT_THREE), key=lambda act: act.at))
