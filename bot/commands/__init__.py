"""The chat commands: one definition each, the same on every platform.

`Conversation` is what platforms call. From there: `registry` (every command and button), the handlers, in a folder
for each thing they are about, and the pure parts they share: `parsing` (the grammar) and `wording`.
"""

from __future__ import annotations

from bot.commands.conversation import Conversation
from bot.commands.registry import COMMANDS
from bot.commands.turn import Command

__all__ = ["COMMANDS", "Command", "Conversation"]
