"""Every command and every button, defined once."""

from __future__ import annotations

from bot.commands.admission import allow, ban
from bot.commands.broadcasts.buttons import press_broadcast
from bot.commands.broadcasts.command import broadcast
from bot.commands.broadcasts.listing import broadcasts
from bot.commands.card_buttons import press_bar, press_coverage
from bot.commands.clock.digest import digest, press_digest, press_digest_all
from bot.commands.clock.quieting import press_quiet, quiet
from bot.commands.clock.timezone import press_timezone, timezone
from bot.commands.filters.filtering import filter_, press_drop, press_wait
from bot.commands.greeting import help_, start
from bot.commands.languages import language, press_language
from bot.commands.latest import latest, press_latest
from bot.commands.pausing import pause, press_pause, resume, status
from bot.commands.privacy import export, forget, press_forget, privacy
from bot.commands.reasons.simulating import press_simulate, simulate
from bot.commands.reasons.why import press_why, why
from bot.commands.rights import managers
from bot.commands.rooms import check
from bot.commands.settings.changes import press_opt, press_see, settings
from bot.commands.stories import press_follow, press_mute, press_unfollow, press_unmute
from bot.commands.subscriptions.beginning import press_begin, press_take
from bot.commands.subscriptions.listing import press_subscriptions, press_topics, subscriptions, topics
from bot.commands.subscriptions.subscribing import (
    press_pick,
    press_put,
    press_set,
    press_show,
    press_sub,
    press_tune,
    quality,
    subscribe,
)
from bot.commands.subscriptions.unsubscribing import press_keep, press_unsub, press_unsubscribe_all, unsubscribe
from bot.commands.turn import Action, Command

COMMANDS = (
    Command("start", start, "", "start-summary", rooms=False),
    Command("help", help_, "help-arguments", "help-summary"),
    Command("topics", topics, "topics-arguments", "topics-summary", completes=True),
    Command(
        "subscribe",
        subscribe,
        "subscribe-arguments",
        "subscribe-summary",
        changes=True,
        details="subscribe-more",
        completes=True,
    ),
    Command(
        "unsubscribe", unsubscribe, "unsubscribe-arguments", "unsubscribe-summary", changes=True, completes=True
    ),
    Command("subscriptions", subscriptions, "topics-arguments", "subscriptions-summary", completes=True),
    Command(
        "quality",
        quality,
        "quality-arguments",
        "quality-summary",
        changes=True,
        details="quality-more",
        completes=True,
    ),
    Command(
        "simulate", simulate, "simulate-arguments", "simulate-summary", details="simulate-more", completes=True
    ),
    Command("settings", settings, "", "settings-summary"),
    Command("filter", filter_, "filter-arguments", "filter-summary", changes=True, details="filter-more"),
    Command("digest", digest, "digest-arguments", "digest-summary", details="digest-details"),
    Command("timezone", timezone, "timezone-arguments", "timezone-summary", details="timezone-more"),
    Command("quiet", quiet, "quiet-arguments", "quiet-summary", details="quiet-more"),
    Command("latest", latest, "latest-arguments", "latest-summary", completes=True),
    Command("why", why, "why-arguments", "why-summary", details="why-more"),
    Command("pause", pause, "pause-arguments", "pause-summary", changes=True, details="pause-more"),
    Command("resume", resume, "", "resume-summary", changes=True),
    Command("language", language, "language-arguments", "language-summary"),
    Command("status", status, "", "status-summary"),
    Command("managers", managers, "managers-arguments", "managers-summary", details="managers-more"),
    Command("check", check, "", "check-summary", details="check-more"),
    Command("privacy", privacy, "", "privacy-summary", rooms=False),
    Command("export", export, "", "export-summary", details="export-more", rooms=False),
    Command("forget", forget, "", "forget-summary", changes=True, rooms=False),
    Command(
        "broadcast",
        broadcast,
        "broadcast-arguments",
        "broadcast-summary",
        admin=True,
        details="broadcast-more",
        on_message="broadcast-on-message",
    ),
    Command(
        "broadcasts",
        broadcasts,
        "broadcasts-arguments",
        "broadcasts-summary",
        admin=True,
        details="broadcasts-more",
    ),
    Command("ban", ban, "ban-arguments", "ban-summary", admin=True),
    Command("allow", allow, "allow-arguments", "allow-summary", admin=True),
)
"""In the order in which menus and /help show them. A new command is one line here and its sentences."""

ACTIONS = (
    Action("cov", press_coverage),
    Action("why", press_why),
    Action("mute", press_mute, changes=True),
    Action("unmute", press_unmute, changes=True),
    Action("begin", press_begin),
    Action("take", press_take, changes=True),
    Action("follow", press_follow, changes=True),
    Action("unfollow", press_unfollow, changes=True),
    Action("see", press_see),
    Action("opt", press_opt, changes=True),
    Action("drop", press_drop, changes=True),
    Action("wait", press_wait, changes=True),
    Action("bar", press_bar, changes=True),
    Action("sub", press_sub, changes=True),
    Action("set", press_set, changes=True),
    Action("tune", press_tune, changes=True),
    Action("pick", press_pick, changes=True),
    Action("sim", press_simulate),
    Action("put", press_put, changes=True),
    Action("show", press_show),
    Action("unsub", press_unsub, changes=True),
    Action("unsuball", press_unsubscribe_all, changes=True),
    Action("keep", press_keep),
    Action("latest", press_latest),
    Action("subs", press_subscriptions),
    Action("topics", press_topics),
    Action("pause", press_pause, changes=True),
    Action("lang", press_language, changes=True),
    Action("dig", press_digest, changes=True),
    Action("digall", press_digest_all, changes=True),
    Action("tz", press_timezone, changes=True),
    Action("quiet", press_quiet, changes=True),
    Action("forget", press_forget, changes=True),
    Action("bc", press_broadcast, admin=True),
)
