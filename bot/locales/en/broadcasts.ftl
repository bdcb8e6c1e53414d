### The editors' desk: what admins see when they send to many. Only admins read this.

broadcast-arguments = <link, title, file or text>
broadcast-summary = Send a story or your own words to many
broadcast-on-message = Broadcast
broadcast-more =
    <code>/broadcast https://…</code> or a title or file name: a story, however old. As a reply to a card, or on Discord in the menu of its message: that story. <b>All coverage</b> of a card has a button for it too.
    <code>/broadcast text: Your own words</code>: a text, where <code>text:</code> may be left out if no story is called like that; <code>[words](https://…)</code> becomes a link, and the address of a picture alone on the last line becomes the picture.
    Then the draft is shown with the audience and all numbers, and nothing is sent before you confirm it.
    <code>/broadcast to ai, space</code> or <code>to everyone</code> chooses the audience of the newest draft, <code>/broadcast at tomorrow 9:00</code> sends it then, in your time zone.
broadcast-how =
    What is to be sent? Write <code>/broadcast</code> with a link, the title or the file name of a story, or with your own words. Or begin from a card: { $card }.
    Nothing leaves before you have seen whom it reaches.
broadcast-from-telegram = answer it with <code>/broadcast</code>
broadcast-from-discord = in its menu, <b>Apps</b>, <b>Broadcast</b>
broadcast-from-web = <b>All coverage</b>, then <b>Broadcast</b>
broadcast-picture-none = There is no picture at { $address }: what comes from there is none, or it is elsewhere by now. Give the address of a JPEG, PNG, GIF or WebP file itself.
broadcast-picture-large = The picture at { $address } is larger than 5 MB, which Telegram does not take. Give the address of a smaller one.
broadcast-picture-away = The picture at { $address } cannot be fetched now. Look at the address, or try again later.
broadcast-picture-private = { $address } is not an address on the internet, so nobody could see the picture. Give a public one.
broadcast-attached = I cannot pass on an attached picture or file: Telegram would keep it from the other platforms. Put the address of a picture (https://…) alone on the last line of the text instead.
broadcast-empty = There are no words to send. Write them behind <code>/broadcast text:</code>.
broadcast-private = Broadcasts are made in our private chat, where only you read along. Write me there.
broadcast-which = I know { $count } articles like that. Which one? For words of your own write <code>/broadcast text:</code> before them.
broadcast-unknown = I know no article { $typed }. Give me its link, its title or its file name; a text of your own needs more than one word.
broadcast-article-gone = This article is not stored any more. Name another one.
broadcast-retracted = This article was withdrawn by its publisher, so it is not sent. Name another one, or write your own words.
broadcast-no-topic = I know no topic { $typed }. Write <code>/topics</code> to see them all, or <code>/broadcast to everyone</code>.
broadcast-no-draft = There is no draft to send. Begin one with <code>/broadcast</code>.
broadcast-no-time = I cannot read a time in { $typed }. Write it like <code>tomorrow 9:00</code>, <code>friday 18:30</code>, <code>2026-12-01 18:30</code> or <code>in 2 hours</code>.
broadcast-past = { $typed } is over already in your time zone ({ $zone }). Choose a later time.
broadcast-too-far = { $typed } is more than a year ahead. Choose an earlier time.
broadcast-gone = This broadcast is not stored any more. <code>/broadcasts</code> lists those that are.
broadcast-elsewhere = That cannot be done: this broadcast is { $stage } by now. <code>/broadcasts</code> shows all.
broadcast-no-copies = There is no copy of it that could be changed: none was sent, or they are older than what I keep.
broadcast-none-missed = It arrived everywhere.

platform-telegram = Telegram
platform-discord = Discord
platform-web = Web

broadcast-draft = <b>Draft { $id }</b> · { $title }
broadcast-to = To { $audience }
broadcast-everyone = everyone
broadcast-followers = those who follow { $topics }{ $below ->
        [1] {" "}or a topic below
       *[other] {""}
    }
broadcast-on = on { $platforms }
broadcast-in = in { $languages }
broadcast-name = { $name }
broadcast-urgent = urgent
broadcast-again = also those who know the story
broadcast-count = { $name } { $count }
broadcast-reaches = <b>Reaches { $count ->
        [0] nobody
        [one] one chat
       *[other] { $count } chats
    }</b>
broadcast-left-out = Left out: { $reasons }
broadcast-left-told = { $count ->
    [one] 1 knows the story
   *[other] { $count } know the story
}
broadcast-left-muted = { $count } muted it
broadcast-left-paused = { $count } paused
broadcast-left-parked = { $count } closed to me
broadcast-left-barred = { $count } barred
broadcast-quiet = Quiet hours hold it for { $count } of them; urgent does not wait.
broadcast-takes = Takes { $minutes ->
        [0] less than a minute
        [one] about a minute
       *[other] about { $minutes } minutes
    }; alerts go first.
broadcast-nobody = Nobody would get it now. Choose another audience.
broadcast-type = Type <b>SEND</b> to send it to { $count } chats.
broadcast-type-command = Type <code>/broadcast SEND</code> to send it to { $count } chats.
broadcast-press = Nothing is sent before you press Send.
broadcast-changed = <b>The audience has changed:</b> you agreed to { $before }, now it would be { $now }. Look again, then confirm again.
broadcast-other = <b>Another audience was chosen since that button was shown.</b> Look again, then confirm again.
broadcast-begun = <b>Broadcast { $id } has begun:</b> { $title }, to { $count ->
        [one] one chat
       *[other] { $count } chats
    }. Its progress follows.
broadcast-scheduled = It leaves on { $at }; the audience is counted again then.
broadcast-later = When? Write <code>/broadcast at tomorrow 9:00</code>, or a day and a time like <code>2026-12-01 18:30</code>. Your time zone is { $zone }.
broadcast-later-change = When? Write <code>/broadcasts { $id } at tomorrow 9:00</code>, or a day and a time like <code>2026-12-01 18:30</code>. Your time zone is { $zone }.
broadcast-cancelled = Broadcast { $id } is cancelled: { $title }
    Nobody got it.
broadcast-as = <b>As { $platform } shows it</b>, its words cut to what fits there:

broadcast-paused = { $count ->
    [one] Paused: 1 waits. What is on its way still arrives.
   *[other] Paused: { $count } wait. What is on its way still arrives.
}
broadcast-resumed = It goes on where it was.
broadcast-stopped = Stopped for good. The receipt follows.
broadcast-recall-sure =
    <b>Take back { $title }?</b>
    { $count ->
        [0] No copy has arrived yet; the rest is not sent.
        [one] One copy is deleted.
       *[other] { $count } copies are deleted.
    } Where the platform does not allow that any more, the message is replaced by a note that it was withdrawn.
broadcast-recalling = Taking back { $count ->
        [one] one copy
       *[other] { $count } copies
    } of { $title }
    Progress and receipt follow.
broadcast-correcting = Correcting { $count ->
        [one] one copy
       *[other] { $count } copies
    } of broadcast { $id }. Progress and receipt follow.
broadcast-missed = { $count ->
        [one] The place that was missed, and why.
       *[other] The { $count } places that were missed, and why.
    }

## What stands in the place of a message that was taken back

broadcast-withdrawn = <i>This message was withdrawn by its editors.</i>
article-retracted = <i>The publisher has withdrawn this article:</i> { $title }

## Progress and receipt

broadcast-progress-running =
    <b>Broadcast { $id }</b> · { $title }
    { $bar } { $percent } %
    { $sent } sent, { $failed } failed, { $left } to go{ $quiet ->
        [0] {""}
       *[other] , { $quiet } held by quiet hours
    }
    { $minutes ->
        [-3] Nothing leaves at the moment: alerts go first, or a platform takes no messages
        [-2] What is held leaves when the quiet hours of its chat are over
        [-1] Just begun
        [one] { $rate } a second, about a minute left
       *[other] { $rate } a second, about { $minutes } minutes left
    }
    { $reasons }
broadcast-progress-paused =
    <b>Broadcast { $id } is paused</b> · { $title }
    { $bar } { $percent } %
    { $sent } sent, { $failed } failed, { $left } wait
    { $reasons }
broadcast-progress-correcting =
    <b>Correcting { $id }</b> · { $title }
    { $bar } { $percent } %
    { $sent } corrected, { $failed } failed, { $left } to go
    { $reasons }
broadcast-progress-recalling =
    <b>Taking back { $id }</b> · { $title }
    { $bar } { $percent } %
    { $sent } taken back, { $failed } failed, { $left } to go
    { $reasons }
broadcast-progress-stopped =
    <b>Broadcast { $id } is being stopped</b> · { $title }
    { $bar } { $percent } %
    { $sent } sent, { $failed } failed
    { $reasons }
broadcast-progress-over =
    <b>Broadcast { $id } is over</b> · { $title }
    { $bar } { $percent } %
    { $sent } done, { $failed } failed
    { $reasons }

broadcast-receipt-running =
    <b>Broadcast { $id } is done:</b> { $title }
    { $sent } sent, { $failed } failed, in { $minutes ->
        [0] less than a minute
        [one] one minute
       *[other] { $minutes } minutes
    }.
    { $places }
broadcast-receipt-stopped =
    <b>Broadcast { $id } was stopped:</b> { $title }
    { $sent } sent, { $failed } failed; nobody else gets it.
    { $places }
broadcast-receipt-correcting =
    <b>Broadcast { $id } is corrected:</b> { $title }
    { $sent } messages show the new words, { $failed } could not be changed.
    { $places }
broadcast-receipt-recalling =
    <b>Broadcast { $id } is taken back:</b> { $title }
    { $sent } messages are gone or say that they were withdrawn, { $failed } could not be changed.
    { $places }
broadcast-orphan = <b>Broadcast { $id } was not sent:</b> { $title }. Its time came, but who planned it is no admin any more. Make it again with <code>/broadcast</code> if it is still wanted.
broadcast-pulled = <b>Broadcast { $id } was not sent:</b> { $title }. Its publisher has withdrawn the article. Write your own words with <code>/broadcast text: …</code> if readers should hear of it.

## The list and the trail

broadcasts-arguments = [number]
broadcasts-summary = See what was sent to many, and change it
broadcasts-more =
    <code>/broadcasts 12</code> shows one with all that was done to it. Behind the number may stand <code>pause</code>, <code>resume</code>, <code>stop</code>, <code>cancel</code>, <code>recall</code>, <code>at tomorrow 9:00</code>, or <code>correct</code> with other words or another story.
broadcasts-none = Nothing was sent to many yet. <code>/broadcast</code> begins.
broadcasts-list = <b>Broadcasts</b>, the newest first:
broadcasts-line = { $id }. { $title } · { $stage } · { $count }
broadcasts-line-due = { $id }. { $title } · on { $at } · to about { $count }
broadcasts-which = There is no broadcast { $typed }. <code>/broadcasts</code> lists them.
broadcasts-how = Behind the number of a broadcast may stand pause, resume, stop, cancel, recall, at with a time, or correct with other words: <code>/broadcasts { $id } pause</code>.
broadcast-itself = Topicwire

stage-draft = a draft
stage-scheduled = planned
stage-running = being sent
stage-paused = paused
stage-stopped = stopped
stage-done = done
stage-cancelled = cancelled
stage-correcting = being corrected
stage-recalling = being taken back
stage-recalled = taken back

deed-send = { $when } · { $who } sent it to { $count }
deed-schedule = { $when } · { $who } planned it for { $count }
deed-cancel = { $when } · { $who } cancelled it
deed-pause = { $when } · { $who } paused it
deed-resume = { $when } · { $who } let it go on
deed-stop = { $when } · { $who } stopped it
deed-finish = { $when } · { $count } sent
deed-correct = { $when } · { $who } corrects { $count }
deed-corrected = { $when } · { $count } corrected
deed-recall = { $when } · { $who } takes { $count } back
deed-recalled = { $when } · { $count } taken back
deed-retract = { $when } · its article was withdrawn

button-broadcast-everyone = Everyone
button-broadcast-below = Topics below too
button-broadcast-urgent = Urgent
button-broadcast-again = Also who knows it
button-broadcast-as = As on { $platform }
button-broadcast-send = Send to { $count }
button-broadcast-later = Send later
button-broadcast-cancel = Cancel
button-broadcast-pause = Pause
button-broadcast-resume = Go on
button-broadcast-stop = Stop
button-broadcast-recall = Take back
button-broadcast-take = Yes, take back { $count }
button-broadcast-missed = All that were missed
button-broadcast-show = { $id }

## Why a copy did not arrive, by the reason that is stored

missed-blocked-by-the-user = blocked me
missed-the-account-is-deleted = the account is deleted
missed-never-started = never began to talk with me
missed-a-bot = is a bot
missed-removed-from-the-chat = I was removed from the chat
missed-the-chat-is-deleted = the chat is deleted
missed-closed-to-the-bot = closed to me
missed-chat-not-found = there is no such chat
missed-the-topic-is-closed = the topic is closed
missed-the-topic-is-deleted = the topic is deleted
missed-no-right-to-write = I may not write there
missed-removed-from-the-channel = I was removed from the channel
missed-the-channel-is-deleted = the channel is deleted
missed-removed-from-the-server = I was removed from the server
missed-the-thread-is-locked = the thread is locked
missed-closed-for-a-while = closed for a while
missed-no-such-person = there is no such person
missed-the-forum-wants-a-tag-on-every-post-and-has-none-to-give = the forum wants a tag on every post, and has none to give
missed-the-webhook-is-deleted = the webhook is deleted
missed-no-server-in-common = no server in common
missed-the-person-takes-no-messages-from-the-bot = takes no messages from me
missed-the-thread-is-archived = the thread is archived
missed-not-a-channel-for-messages = not a channel for messages
missed-stopped-by-the-server-s-moderation-rules = stopped by the server's moderation rules
missed-paused = paused meanwhile
missed-no-answer = no answer, so perhaps it arrived
missed-refused = refused by the platform
