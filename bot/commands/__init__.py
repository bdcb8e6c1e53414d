"""The chat commands: one definition each, the same on every platform.

`Conversation` is what platforms call. From there: `registry` (every command and button), the handlers, and the
pure parts they share: `parsing` (the grammar), `explaining` (the gates behind /why), `wording`.
"""

from __future__ import annotations

from bot.commands.conversation import Conversation
from bot.commands.registry import COMMANDS
from bot.commands.turn import Command

__all__ = ["COMMANDS", "Command", "Conversation"]
