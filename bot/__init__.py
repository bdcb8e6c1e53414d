"""Topicwire's engine: what is news, for whom, and how it is owed and delivered.

Decisions are pure functions that take values and `now`; use cases talk to the ports in `bot.ports`.
Platforms live in `adapters`, the database in `storage`; only bootstrap, runner, cli and __main__ see them.
"""

__version__ = "0.1.0"
