### What admins are told when something needs them. The command line and the log have the details.

alarm-quiet =
    <b>No new article.</b> Nothing in the source { $name } is new or changed for { $hours ->
        [one] an hour
       *[other] { $hours } hours
    }. If that is not usual, look whether its articles still reach this machine.
    QUIET_ALARM_HOURS sets after how many hours I say this.
alarm-quiet-over = <b>It is fine again:</b> articles are coming from the source { $name }.

alarm-source =
    <b>A source cannot be read:</b> { $name }.
    { $reason }
    What it held stays known, and I look again all the time.
alarm-source-over = <b>It is fine again:</b> the source { $name } can be read.

alarm-token =
    <b>Nothing can be sent over { $name }.</b>
    { $reason }
    What is owed is kept. Set the right token and start Topicwire again.
alarm-token-over = <b>It is fine again:</b> the token for { $name } is accepted.

alarm-parked =
    <b>Many chats were closed to the bot:</b> { $count } within an hour, with the same reason ({ $name }: { $closed }).
    Their subscriptions are kept, and they get their messages when they can be reached again. If nobody meant that, look at the bot's account and rights.
alarm-parked-over = <b>It is fine again:</b> no more chats are being closed in numbers ({ $name }: { $closed }).

alarm-uncertain =
    <b>{ $count ->
        [one] One message
       *[other] { $count } messages
    } may not have arrived</b> over { $name } within the last hour: the answer was lost each time. They are not tried again.
    <code>topicwire deliveries</code> with the chat's address shows them.
alarm-uncertain-over = <b>It is fine again:</b> every message over { $name } gets its answer.

alarm-rejected =
    <b>{ $count ->
        [one] One message was
       *[other] { $count } messages were
    } refused</b> by { $name } within the last hour. That is a fault of mine; please report it with the lines <code>not sent</code> of the log.
alarm-rejected-over = <b>It is fine again:</b> { $name } refuses no more messages.

alarm-reason-gone = Its folder is not there. Bring it back, or correct ARTICLES.
alarm-reason-refused = I may not read its folder. Give the account that Topicwire runs under the right to.
alarm-reason-token-telegram = Telegram refuses the token. Set TELEGRAM_TOKEN to the one @BotFather gave; where TELEGRAM_API_URL is set, it must be the root of a Bot API server.
alarm-reason-token-discord = Discord refuses the token. Set DISCORD_TOKEN to the one the developer portal shows under Bot; where DISCORD_API_URL is set, it must lead to Discord's API.
alarm-reason-other = The log has the details, in the line that begins with “alarm”.
