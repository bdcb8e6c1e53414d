"""The refusals of Discord by code, with the status and the words they come with.

Source: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes (codes); the
documentation words them for readers, the server shorter: its words are as clients' error reports quote them.
"""

from __future__ import annotations

from tests.emulators.discord_records import Json, Refused

CODES: dict[int, tuple[int, str]] = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10087: (404, "Unknown Tag"),
    20012: (403, "You are not authorized to perform this action on this application"),
    20016: (429, "This action cannot be performed due to slowmode rate limit."),
    20022: (429, "This message cannot be edited due to announcement rate limits."),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit."),
    20029: (429, "The write action you are performing on the server has hit the write rate limit."),
    30032: (400, "Maximum number of application commands reached (100)."),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    40003: (429, "You are opening direct messages too fast."),
    40005: (413, "Request entity too large"),
    40033: (400, "This message has already been crossposted."),
    40060: (400, "Interaction has already been acknowledged."),
    40067: (400, "A tag is required to create a forum post in this channel"),
    40094: (400, "This interaction has reached the maximum number of follow-up messages."),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    130000: (503, "API resource is currently overloaded. Try again a little later."),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "This thread is locked"),
    200000: (400, "Message was blocked by automatic moderation"),
    220001: (400, "Webhooks posted to forum channels must have a thread_name or thread_id"),
}

_STATUSES = {
    400: "400: Bad Request",
    401: "401: Unauthorized",
    403: "403: Forbidden",
    404: "404: Not Found",
    405: "405: Method Not Allowed",
    500: "500: Internal Server Error",
    502: "502: Bad Gateway",
    503: "503: Service Unavailable",
    504: "504: Gateway Timeout",
}


def refusal(code: int, *, commanded: bool = False) -> Refused:
    """The refusal with this code."""
    status, message = CODES[code]
    return Refused(status, code, message, commanded=commanded)


def http_error(status: int) -> Refused:
    """A refusal without a code of its own: `{"message": "401: Unauthorized", "code": 0}`."""
    return Refused(status, 0, _STATUSES.get(status, f"{status}: Error"))


def form_error(path: tuple[str | int, ...], code: str, message: str) -> Refused:
    """50035 with one fault, nested by field and index.

    Source: https://docs.discord.com/developers/reference#error-messages.
    """
    errors: Json = {"_errors": [{"code": code, "message": message}]}
    for name in reversed(path):
        errors = {str(name): errors}
    return Refused(400, 50035, "Invalid Form Body", errors=errors)


def check_length(
    value: object, most: int, *path: str | int, least: int = 0, what: str = "BASE_TYPE_BAD_LENGTH"
) -> None:
    """`least` to `most` characters of a text (spaces around it do not count) or items of a list.

    Raises Refused (50035). Trimming: https://docs.discord.com/developers/resources/message#embed-object-embed-limits.
    """
    held = "" if value is None else value
    length = len(held.strip()) if isinstance(held, str) else len(held) if isinstance(held, list) else 0
    if length > most:
        if least:
            raise form_error(path, what, f"Must be between {least} and {most} in length.")
        raise form_error(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    if length < least:
        if length == 0 and isinstance(held, str):
            raise form_error(path, "BASE_TYPE_REQUIRED", "This field is required")
        raise form_error(path, what, f"Must be between {least} and {most} in length.")
