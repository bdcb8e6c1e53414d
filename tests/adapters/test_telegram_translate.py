"""What comes along with the words of a private message: the buttons of the card it answers, an attachment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, PhotoSize, User

from adapters.telegram.translate import typed

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ANN = User(7, "Ann", is_bot=False)


def message(**parts: Any) -> Message:
    return Message(5, NOW, Chat(7, Chat.PRIVATE), from_user=ANN, **parts)


def test_an_answer_to_a_card_names_what_its_buttons_do() -> None:
    row = [
        InlineKeyboardButton("Why this?", callback_data="why:5"),
        InlineKeyboardButton("Read", url="https://a.example"),
    ]
    card = message(text="A card", reply_markup=InlineKeyboardMarkup([row]))
    request = typed(message(text="/broadcast", reply_to_message=card), "topicwire_test_bot")
    assert request is not None
    assert (request.replied, request.attached) == (("why:5",), False)


def test_a_picture_that_comes_along_is_known() -> None:
    photo = (PhotoSize("f", "u", 640, 360),)
    request = typed(message(caption="/broadcast Good day", photo=photo), "topicwire_test_bot")
    assert request is not None
    assert (request.text, request.replied, request.attached) == ("/broadcast Good day", (), True)
