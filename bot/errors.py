"""Every error the engine knows, in one tree.

TopicwireError
 +- SettingsError        wrong settings, all of them at once
 +- UsageError           a command line that cannot be carried out as written
 +- SourceUnavailable    a source cannot be looked at now
 +- StorageError         the database cannot serve: unreachable, locked, full, of another version
 +- DeliveryError        what a platform answered to one send
     +- RetryLater       not sent; try again after a while
     +- Ambiguous        sent or not: nobody knows
     +- Gone             the destination cannot be reached until something changes there
     +- Moved            the destination has a new address
     +- Rejected         the platform will never take this message
     +- MessageGone      the one message that was to be changed is not there, or may not be changed any more
     +- Undeletable      a message may not be taken away any more, but may still be changed
     +- TokenDead        the platform refuses the token: nothing more can be sent with it
"""

from __future__ import annotations

from bot.model import Address


class TopicwireError(Exception):
    """Base of all; its text is for operators and names the thing, the cause and the next step."""


class SettingsError(TopicwireError):
    """One or more settings are wrong. `problems` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UsageError(TopicwireError):
    """What was asked for does not exist or cannot be combined; exit code 2."""


class SourceUnavailable(TopicwireError):  # noqa: N818 - states a condition, like the others of the tree
    """A source is gone or unreadable for now; what it held stays known.

    `gone` tells a source that is not there from one that only could not be read this time: what is in it when it
    is back is known, not owed.
    """

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


class StorageError(TopicwireError):
    """The database cannot serve. `away`: nobody is there now, which may pass without anybody mending it."""

    def __init__(self, reason: str, *, away: bool = False) -> None:
        super().__init__(reason)
        self.away = away


class DeliveryError(TopicwireError):
    """What became of one send, in our words."""


class RetryLater(DeliveryError):  # noqa: N818
    """Not sent. `after` is in seconds; None leaves the delay to the back-off.

    `flood` tells a rate-limit answer (429), which also slows the token, from an ordinary fault. `token`: whether
    it is about the token as a whole, or surely not; None where the platform does not say.
    """

    def __init__(
        self, reason: str, *, after: float | None = None, flood: bool = False, token: bool | None = None
    ) -> None:
        super().__init__(reason)
        self.after = after
        self.flood = flood
        self.token = token


class Ambiguous(DeliveryError):  # noqa: N818
    """The request may have been carried out: the answer was lost."""


class Gone(DeliveryError):  # noqa: N818
    """Park the destination with this reason."""


class Moved(DeliveryError):  # noqa: N818
    """The chat continues under another address (a group became a supergroup)."""

    def __init__(self, to: Address) -> None:
        super().__init__(f"moved to {to}")
        self.to = to


class Rejected(DeliveryError):  # noqa: N818
    """The platform refuses this message for good; a fault of ours, reported to the operator."""


class MessageGone(DeliveryError):  # noqa: N818
    """There is nothing to change: this copy only, the chat is as it was."""


class Undeletable(DeliveryError):  # noqa: N818
    """The platform lets nobody take this message away any more; it can still be edited."""


class TokenDead(DeliveryError):  # noqa: N818
    """The platform refuses the token itself."""


def answered(error: DeliveryError) -> bool:
    """Whether it was the platform itself that said this: it is there, if only with a refusal."""
    return error.flood if isinstance(error, RetryLater) else not isinstance(error, Ambiguous)
