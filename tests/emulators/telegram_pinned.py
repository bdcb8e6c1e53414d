"""The part of the Bot API that is always checked: methods and parameters this server plays.

Bot API 10.1 (June 11, 2026), https://core.telegram.org/bots/api#available-methods. One line a method or type:
`name parameter:Type|Type`, `!` = required, `[]` = array. Types without a line are any JSON object.
"""

from __future__ import annotations

_SENDING = (
    "business_connection_id:String chat_id!:Integer|String message_thread_id:Integer "
    "direct_messages_topic_id:Integer disable_notification:Boolean protect_content:Boolean "
    "allow_paid_broadcast:Boolean message_effect_id:String "
    "suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters "
    "reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
)
_EDITING = (
    "business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String "
    "reply_markup:InlineKeyboardMarkup"
)
_CAPTION = "caption:String parse_mode:String caption_entities:MessageEntity[] show_caption_above_media:Boolean"
_TEXT = "parse_mode:String entities:MessageEntity[] link_preview_options:LinkPreviewOptions"

METHODS = f"""
getMe
getUpdates offset:Integer limit:Integer timeout:Integer allowed_updates:String[]
deleteWebhook drop_pending_updates:Boolean
getWebhookInfo
setMyCommands commands!:BotCommand[] scope:BotCommandScope language_code:String
deleteMyCommands scope:BotCommandScope language_code:String
getMyCommands scope:BotCommandScope language_code:String
setMyDescription description:String language_code:String
setMyShortDescription short_description:String language_code:String
sendMessage {_SENDING} text!:String {_TEXT}
sendPhoto {_SENDING} photo!:InputFile|String has_spoiler:Boolean {_CAPTION}
sendDocument {_SENDING} document!:InputFile|String thumbnail:InputFile|String \
disable_content_type_detection:Boolean caption:String parse_mode:String caption_entities:MessageEntity[]
sendChatAction business_connection_id:String chat_id!:Integer|String message_thread_id:Integer action!:String
editMessageText {_EDITING} text:String rich_message:InputRichMessage {_TEXT}
editMessageCaption {_EDITING} {_CAPTION}
editMessageReplyMarkup {_EDITING}
deleteMessage chat_id!:Integer|String message_id!:Integer
answerCallbackQuery callback_query_id!:String text:String show_alert:Boolean url:String cache_time:Integer
getChat chat_id!:Integer|String
getChatMember chat_id!:Integer|String user_id!:Integer
getChatAdministrators chat_id!:Integer|String return_bots:Boolean
getFile file_id!:String
"""

TYPES = """
InlineKeyboardMarkup inline_keyboard!:InlineKeyboardButton[][]
InlineKeyboardButton text!:String icon_custom_emoji_id:String style:String url:String callback_data:String \
web_app:WebAppInfo login_url:LoginUrl switch_inline_query:String switch_inline_query_current_chat:String \
switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat copy_text:CopyTextButton \
callback_game:CallbackGame pay:Boolean
CopyTextButton text!:String
ReplyKeyboardMarkup keyboard!:KeyboardButton[][] is_persistent:Boolean resize_keyboard:Boolean \
one_time_keyboard:Boolean input_field_placeholder:String selective:Boolean
ReplyKeyboardRemove remove_keyboard!:Boolean selective:Boolean
ForceReply force_reply!:Boolean input_field_placeholder:String selective:Boolean
LinkPreviewOptions is_disabled:Boolean url:String prefer_small_media:Boolean prefer_large_media:Boolean \
show_above_text:Boolean
ReplyParameters message_id!:Integer chat_id:Integer|String allow_sending_without_reply:Boolean quote:String \
quote_parse_mode:String quote_entities:MessageEntity[] quote_position:Integer checklist_task_id:Integer \
poll_option_id:String
MessageEntity type!:String offset!:Integer length!:Integer url:String user:User language:String \
custom_emoji_id:String unix_time:Integer date_time_format:String
BotCommand command!:String description!:String
"""
