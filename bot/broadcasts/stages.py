"""Which stage of a broadcast may follow which. Pure; the database compares and sets by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.ports import Stage


class Act(StrEnum):
    """What is done to a broadcast, by an admin or by its own course."""

    CHANGE = "change"
    SEND = "send"
    SCHEDULE = "schedule"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    FINISH = "finish"
    CORRECT = "correct"
    CORRECTED = "corrected"
    RECALL = "recall"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Way:
    """An act leads from any of these stages to another."""

    froms: tuple[Stage, ...]
    to: Stage


WAYS = {
    Act.CHANGE: Way((Stage.DRAFT,), Stage.DRAFT),
    Act.SEND: Way((Stage.DRAFT, Stage.SCHEDULED), Stage.RUNNING),
    Act.SCHEDULE: Way((Stage.DRAFT, Stage.SCHEDULED), Stage.SCHEDULED),
    Act.CANCEL: Way((Stage.DRAFT, Stage.SCHEDULED), Stage.CANCELLED),
    Act.PAUSE: Way((Stage.RUNNING,), Stage.PAUSED),
    Act.RESUME: Way((Stage.PAUSED,), Stage.RUNNING),
    Act.STOP: Way((Stage.RUNNING, Stage.PAUSED), Stage.STOPPED),
    Act.FINISH: Way((Stage.RUNNING, Stage.PAUSED), Stage.DONE),
    Act.CORRECT: Way((Stage.STOPPED, Stage.DONE), Stage.CORRECTING),
    Act.CORRECTED: Way((Stage.CORRECTING,), Stage.DONE),
    Act.RECALL: Way((Stage.RUNNING, Stage.PAUSED, Stage.STOPPED, Stage.DONE, Stage.CORRECTING), Stage.RECALLING),
    Act.RECALLED: Way((Stage.RECALLING,), Stage.RECALLED),
}


def allowed(stage: Stage, act: Act) -> bool:
    return stage in WAYS[act].froms
