### Who may use the bot.

not-let-in = This bot is for invited chats. If you would like to be one of them, tell whoever runs it that this chat is { $chat }.
ban-summary = ban a chat, or list those banned
ban-arguments = <destination|list>
allow-summary = let a chat in, or lift its ban
allow-arguments = <destination>
ban-admin = That is an admin's own chat; it stays.
access-banned = { $chat } is banned: it gets no answers, and nothing is sent there any more. /allow lifts that.
access-allowed = { $chat } may use the bot.
access-list-banned = Banned: { $chats }.
access-none-banned = Nobody is banned.
access-list-allowed = Let in: { $chats }.
access-none-allowed = Nobody is let in yet.
access-which = { $given ->
    [yes] { $typed } is no chat. Write it like <code>telegram:12345</code>, <code>telegram:-100123</code> or <code>web:anna</code>.
   *[no] Which chat? Write it like <code>telegram:12345</code>, <code>telegram:-100123</code> or <code>web:anna</code>.
}
