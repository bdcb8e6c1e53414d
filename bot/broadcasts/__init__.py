"""Broadcasts: a story or a text that an admin sends to a chosen audience, and may correct or take back.

`stages` says which stage may follow which, `desk` carries out what an admin decides, `course` moves on by the clock
what is under way; the pure parts are `progress`, `when`, `wording` and `writing`.
"""
