### Why a chat cannot be written to: the platforms' reasons, as they are kept, made into words.

closed-otherwise = the platform did not say why
closed-blocked-by-the-user = the bot was blocked there
closed-removed-from-the-chat = the bot was removed from the chat
closed-removed-from-the-channel = the bot was removed from the channel
closed-removed-from-the-server = the bot was removed from the server
closed-no-right-to-write = the bot has no right to write there
closed-the-account-is-deleted = the account is deleted
closed-the-chat-is-deleted = the chat is deleted
closed-the-channel-is-deleted = the channel is deleted
closed-the-topic-is-closed = the topic is closed
closed-the-topic-is-deleted = the topic is deleted
closed-the-thread-is-archived = the thread is archived
closed-the-thread-is-locked = the thread is locked
closed-the-webhook-is-deleted = the webhook is deleted
closed-chat-not-found = there is no such chat
closed-no-such-person = there is no such person
closed-never-started = the bot was never started there
closed-a-bot = it is a bot
closed-closed-to-the-bot = it is closed to the bot
closed-no-server-in-common = there is no server in common
closed-not-a-channel-for-messages = it is no channel for messages
closed-not-a-channel-id = it is no channel
closed-the-person-takes-no-messages-from-the-bot = the person takes no messages from the bot
closed-the-forum-wants-a-tag-on-every-post-and-has-none-to-give = the forum wants a tag on every post, and has none to give
closed-stopped-by-the-server-s-moderation-rules = the server's moderation rules stopped it
