"""Interactions: acknowledged once and in time, answered by message, follow-up, choices or a form.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding.
"""

from __future__ import annotations

from tests.emulators.discord_acts import (
    ACKS,
    ON_MESSAGE,
    Ack,
    AckKind,
    Interaction,
    callback_body,
    fits,
    loading_body,
)
from tests.emulators.discord_command_rules import check_choices
from tests.emulators.discord_errors import check_length, form_error, refusal
from tests.emulators.discord_http import Reply
from tests.emulators.discord_members import APPLICATION_ID
from tests.emulators.discord_messages import Message, Messages
from tests.emulators.discord_records import Call, Json
from tests.emulators.discord_rules import EPHEMERAL, Rules


class Interactions:
    """The callbacks and follow-ups of interactions; whoever acts begins one (`discord_people`)."""

    def __init__(self, messages: Messages, rules: Rules) -> None:
        self.messages = messages
        self.rules = rules
        self.known: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def begin(self, interaction: Interaction) -> None:
        self.known[interaction.id] = self._by_token[interaction.token] = interaction

    def forget(self) -> None:
        self.known.clear()
        self._by_token.clear()

    # ---------------------------------------------------------------- the acknowledgement

    def callback(self, call: Call) -> Reply:
        """#create-interaction-response: within 3 s, once. Raises Refused: 10062, 40060, 50035."""
        interaction = self.known.get(call.id("interaction_id"))
        if interaction is None or interaction.token != call.ids["interaction_token"]:
            raise refusal(10062)
        if interaction.ack:
            raise refusal(40060)
        seconds = (call.at - interaction.at).total_seconds()
        if seconds > self.rules.ack_seconds:
            raise refusal(10062)
        body: Json = call.body or {}
        kind = ACKS.get(body.get("type", 0))
        if kind is None or not fits(kind, interaction):
            message = f"Value {body.get('type')!r} is not possible for this interaction."
            raise form_error(("type",), "INTERACTION_CALLBACK_TYPE_INVALID", message)
        data: Json = body.get("data") or {}
        ephemeral = bool((data.get("flags") or 0) & EPHEMERAL)
        self._acknowledge(interaction, kind, data, call)
        interaction.ack = Ack(kind, call.at, seconds, ephemeral)
        if call.query.get("with_response", "").lower() not in {"1", "true"}:
            return Reply(204)
        return Reply(200, callback_body(interaction, body["type"]))

    def _acknowledge(self, interaction: Interaction, kind: AckKind, data: Json, call: Call) -> None:
        if kind == "message":
            interaction.holder = self._write(interaction, data, call)
            interaction.responses.append(interaction.holder.sent)
        elif kind in ON_MESSAGE:
            interaction.holder = self._pressed(interaction)
            if kind == "update" and interaction.holder:
                sent = self.messages.rewrite(interaction.holder, data, call.files, call.at)
                interaction.edits.append(sent)
        elif kind == "choices":
            choices: list[Json] = data.get("choices") or []
            check_choices(choices, ("data", "choices"))
            interaction.choices = choices
        elif kind == "modal":
            check_length(data.get("title"), 45, "data", "title", least=1)
            check_length(data.get("custom_id"), 100, "data", "custom_id", least=1)
            check_length(data.get("components"), 5, "data", "components", least=1)
            interaction.modal = data

    def _pressed(self, interaction: Interaction) -> Message | None:
        sent = interaction.pressed
        return self.messages.standing.get((sent.channel_id, sent.message_id)) if sent else None

    # ---------------------------------------------------------------- afterwards, for 15 minutes

    def follow_up(self, call: Call) -> Reply:
        """#create-followup-message; the first one after a deferral takes its place, and whether it is ephemeral."""
        interaction = self._acked(call)
        ack = interaction.ack
        if ack and ack.kind == "deferred" and interaction.holder is None and not interaction.responses:
            interaction.holder = self._write(interaction, call.body, call, ephemeral=ack.ephemeral)
            interaction.responses.append(interaction.holder.sent)
            return Reply(200, dict(interaction.holder.sent.body))
        if "0" not in interaction.owners and len(interaction.followups) >= self.rules.user_followups:
            raise refusal(40094)
        message = self._write(interaction, call.body, call)
        interaction.followups.append(message.sent)
        return Reply(200, dict(message.sent.body))

    def get_original(self, call: Call) -> Reply:
        interaction = self._acked(call)
        if interaction.original:
            return Reply(200, dict(interaction.original.body))
        if interaction.ack and interaction.ack.kind == "deferred" and not interaction.responses:
            return Reply(200, loading_body(interaction))
        raise refusal(10008)

    def edit_original(self, call: Call) -> Reply:
        """#edit-original-interaction-response; after a deferral this is the answer."""
        interaction = self._acked(call)
        ack = interaction.ack
        if interaction.holder is None and ack and ack.kind == "deferred" and not interaction.responses:
            interaction.holder = self._write(interaction, call.body, call, ephemeral=ack.ephemeral)
            interaction.responses.append(interaction.holder.sent)
            return Reply(200, dict(interaction.holder.sent.body))
        if interaction.holder is None:
            raise refusal(10008)
        return self._edit(interaction, interaction.holder, call)

    def delete_original(self, call: Call) -> Reply:
        interaction = self._acked(call)
        if interaction.holder:
            self.messages.remove(interaction.holder, call.at)
            interaction.holder = None
        return Reply(204)

    def get_message(self, call: Call) -> Reply:
        return Reply(200, dict(self._of(self._acked(call), call).sent.body))

    def edit_message(self, call: Call) -> Reply:
        interaction = self._acked(call)
        return self._edit(interaction, self._of(interaction, call), call)

    def delete_message(self, call: Call) -> Reply:
        self.messages.remove(self._of(self._acked(call), call), call.at)
        return Reply(204)

    def _acked(self, call: Call) -> Interaction:
        """Raises Refused: 10015 (nobody's token, not acknowledged), 50027 (older than 15 minutes)."""
        interaction = self._by_token.get(call.ids["webhook_token"])
        if interaction is None or call.id("webhook_id") != APPLICATION_ID or interaction.ack is None:
            raise refusal(10015)
        if (call.at - interaction.at).total_seconds() > self.rules.token_seconds:
            raise refusal(50027)
        return interaction

    def _of(self, interaction: Interaction, call: Call) -> Message:
        """A message of this interaction. Raises Refused: 10008."""
        message = self.messages.standing.get((interaction.channel.id, call.id("message_id")))
        if message is None or (message.sent.interaction_id != interaction.id and message is not interaction.holder):
            raise refusal(10008)
        return message

    def _edit(self, interaction: Interaction, message: Message, call: Call) -> Reply:
        sent = self.messages.rewrite(message, call.body, call.files, call.at)
        interaction.edits.append(sent)
        return Reply(200, dict(sent.body))

    def _write(
        self, interaction: Interaction, data: Json | None, call: Call, *, ephemeral: bool | None = None
    ) -> Message:
        """`ephemeral` None: as the flags of the message say."""
        body = dict(data or {})
        if ephemeral is not None:
            body["flags"] = (body.get("flags") or 0) & ~EPHEMERAL
        return self.messages.write(
            interaction.channel,
            body,
            call.files,
            call.at,
            kind="interaction",
            interaction_id=interaction.id,
            ephemeral=bool(ephemeral),
        )
