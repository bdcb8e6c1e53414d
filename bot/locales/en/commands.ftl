### What is said in answer to commands and buttons.

## Bars in words

bar-alert = { $bar ->
    [0] every story, rated or not
   *[other] stories rated { $bar } and above
}
bar-digest = { $bar ->
    [0] every story in the digest
   *[other] from { $bar } in the digest
}
bar-short = { $bar ->
    [0] any
   *[other] from { $bar }
}
bar-short-digest = { $bar ->
    [0] digest any
   *[other] digest from { $bar }
}
bar-out-of-range = A bar is a whole number from 0 to { $highest }; 0, or the word any, means every story.
topic-with-bar = { $topic } ({ $bars })
between-names = { ", " }
between-bars = { "; " }
list-end = { $most } and { $last }
and-more = { $count } more

## Subscribing

subscribed = Subscribed to { $topic }{ $below }: { $bars }.
subscribed-already = You already follow { $topic }{ $below }: { $bars }.
rebarred = { $topic } from now on: { $bars }.
bar-now = { $topic } now: { $bars }.
covers-below = { $more ->
    [0] , with { $topic } below it
   *[other] , with { $topic } and { $more } more below it
}
parent-covers = { $parent } ({ $bars }) covers it too; for { $topic } the nearer bar, this one, decides.
children-keep = { $count ->
    [one] { $topics } keeps its own bar.
   *[other] { $topics } keep their own bars.
}
how-to-change = For another bar, use the buttons or type <code>{ $command }</code>.
but-paused = Alerts are paused here; /resume turns them on again.
examples = The best lately, so that you know what to expect:
examples-below = Nothing lately reaches { $bar }. The nearest below it:
examples-none = Nothing on it lately. The next one comes by itself.

subscribe-which = Which topic? Pick one, or type for example <code>/subscribe computer vision 70</code>.
group-new = New: { $topics }.
group-changed = Changed: { $topics }.
group-same = As it was: { $topics }.
group-beyond = No room for { $topics }: a chat can follow { $most } topics. /unsubscribe makes room.
group-not-followed = Not followed here: { $topics }.
group-dropped = { $count ->
    [one] One more topic was left out; send it in a second message.
   *[other] { $count } more topics were left out; send them in a second message.
}
too-many = This chat follows { $most } topics, which is the most. /unsubscribe makes room.
unknown-topics = I do not know { $names }. /topics shows what there is.
unknown-topics-near = I do not know { $names }. Did you mean:
quality-which = Which topic? A bar is a number, or one of the words any, good ({ $good }) and top.

unsubscribed = Unsubscribed from { $topics }.
unsubscribed-words = The words and outlets chosen for it are gone with it, also if you undo this.
unsubscribed-all = { $count ->
    [one] Done. The subscription has ended.
   *[other] Done. All { $count } subscriptions have ended.
}
unsubscribe-which = Which one?
unsubscribe-all-sure = { $count ->
    [one] End the only subscription of this chat?
   *[other] End all { $count } subscriptions of this chat?
}
not-followed = { $topic } is not among your topics.
not-followed-but-above = { $topic } is not among your topics; its stories come through { $parent }.
kept = Nothing was changed.

## Lists

nothing-followed = You follow no topics yet. Pick one, and news on it arrives here by itself.
subscriptions = { $pages ->
    [1] <b>Your topics</b> ({ $count })
   *[other] <b>Your topics</b> ({ $count }, page { $page } of { $pages })
}
subscriptions-hint = Where one topic stands below another, the nearer bar decides.
topics = { $pages ->
    [1] <b>All topics</b> ({ $count }), with this week's articles
   *[other] <b>All topics</b> ({ $count }, page { $page } of { $pages }), with this week's articles
}
topics-found = { $pages ->
    [1] <b>Topics</b> ({ $count }), with this week's articles
   *[other] <b>Topics</b> ({ $count }, page { $page } of { $pages }), with this week's articles
}
topics-line = { $topic } · { $count }
topics-line-followed = { $topic } · { $count } · ✓ yours
topics-hint = Pick one to subscribe:
topics-none = No topic looks like { $text }.
no-topics-yet = There are no topics yet: they appear with the first articles.

latest-topics = The newest on { $topics }:
latest-below = Nothing on { $topics } reached { $bar } in the last { $days } days. The strongest below it:
latest-nothing = Nothing on { $topics } in the last { $days } days.
latest-all = { $count ->
    [one] The newest on your topics:
   *[other] The { $count } newest on your topics:
}
latest-nothing-at-all = Nothing on your topics reached your bars in the last { $days } days.

## Under a card

coverage = { $count ->
    [one] <b>Only one outlet</b> has it so far.
   *[other] <b>{ $count } outlets</b> have it, the strongest first
}{ $pages ->
    [1] { "" }
   *[other] { " " }(page { $page } of { $pages })
}
coverage-around = <b>More around it</b>
coverage-line = { $outlet }: { $title } · { $facts }
coverage-quality = { $quality }
coverage-strongest = strongest
coverage-first = first
muted = You will hear no more of { $title }.
unmuted = The story may come again when something in it is new to you.

## Pause, status

paused = Paused until you send /resume. Nothing is kept for later; /latest shows what you missed.
paused-until = Paused until { $until }. Nothing is kept for later; /latest shows what you missed.
paused-dropped = { $count ->
    [one] One alert that was on its way was dropped.
   *[other] { $count } alerts that were on their way were dropped.
}
pause-unclear = For how long? For example <code>/pause 2h</code>, <code>/pause tomorrow</code>, <code>/pause 3 days</code> (at most { $days }), or just <code>/pause</code>.
resumed = Alerts are on again. Nothing that came in the meantime will be sent.
not-paused = Alerts are on; nothing was paused.
status-subscriptions = { $count ->
    [0] This chat follows no topics yet.
    [one] This chat follows one topic.
   *[other] This chat follows { $count } topics.
}
status-on = Alerts are on.
status-banned = Nothing is sent here: this chat is banned. An admin of the bot can lift that with { $order }.
status-uninvited = Nothing is sent here: this chat is not let in. An admin of the bot can do that with { $order }.
status-paused = Alerts are paused until /resume.
status-paused-until = Alerts are paused until { $until }.
status-last-alert = Last alert here: { $when }.
status-last-follow = Last news on a followed story here: { $when }.
status-last-digest = Last digest here: { $when }.
status-last-recap = Last recap here: { $when }.
date-and-time = { $date }, { $time }
today-at = today { $time }
yesterday-at = yesterday { $time }
status-no-alert = No news has been sent here yet.
status-looked = Sources were last looked at { $ago }.
status-not-looked = No source has been looked at yet.
status-faults = { $count ->
    [one] One source cannot be read at the moment.
   *[other] { $count } sources cannot be read at the moment.
}
status-queue = { $count ->
    [0] Nothing is waiting to be sent.
    [one] One message is waiting to be sent, counting all chats.
   *[other] { $count } messages are waiting to be sent, counting all chats.
}

## What is kept

privacy =
    I keep for this chat: its id and title, language and time zone; its topics, bars, words and outlets, pauses, stories followed and muted, when its digest comes and when it is quiet; in a room whom its admins let change them; which stories it was told, so that none comes twice; and the messages sent.
    Told stories go after 180 days and messages after 90, unless whoever runs me chose otherwise. What you type in a messenger is not kept; the chat page keeps the last 500 lines. Nothing is passed on.
    /export gives you all of it, /forget deletes it.
privacy-typed =
    Of this chat I keep what is said on this page, the last 500 lines. With your first subscription, pause or mute comes what is needed to send you news once.
    /export shows all of it, /forget deletes it.
privacy-nothing =
    Nothing is stored about this chat. That begins with your first subscription, pause or mute; then I keep what is needed to send you news once, and no more.
    /export will show it, /forget will delete it.
export = Everything I know about this chat. The same file can be imported elsewhere.
export-nothing = There is nothing to export: I have stored nothing about this chat.
forget-sure = Delete everything about this chat: topics, bars, words, mutes, and what it was told? This cannot be undone.
forget-nothing = There is nothing to forget: I have stored nothing about this chat.
forgotten = Everything about this chat is deleted. /start whenever you like.

## Greetings and help

start =
    Hello. Tell me your topics, and I bring you the news that matters on them, once each, with who else covers it.
    Pick one to begin:
start-again =
    Hello again. Your topics are in place, and news on them arrives here by itself.
    Here are some more:
start-demo = This is a demo with made-up articles: subscribe, then publish one and watch it arrive.
offer-topic = { $topic }: subscribe to { $bars }, or see the latest?
help = <b>What I understand</b>
help-line = { $usage } – { $summary }
help-more = More on one of them: <code>/help subscribe</code>
not-understood = I did not get that. Name a topic, see /topics, or ask for /help.
unknown-command = I do not know { $typed }. /help shows what I understand.
unknown-command-near = I do not know { $typed }. Did you mean { $nearest }?
too-long = That is longer than I read: { $most } characters are the most.

## Things that go wrong

stale-button = That button is out of date. Please send the command again.
storage-fault = I cannot reach my memory right now. Try again in a minute.
own-fault = Sorry, something went wrong on my side. It has been noted.
toast-saved = Saved
toast-muted = Muted
toast-unmuted = No longer muted
toast-unsubscribed = Unsubscribed
toast-not-followed = { $topic } is not among your topics.
toast-no-bar = None of this article's topics sends alerts here.
toast-already-any = { $topic }: every story comes already.
toast-outlets-end = { $topic }: { $count } outlets are as far as it goes.

## Buttons

button-topics = All topics
button-help = Help
button-list = Your topics
button-subscribe = Subscribe
button-subscribe-to = Subscribe to { $topic }
button-latest = Latest
button-undo = Undo
button-undo-topic = Undo { $topic }
button-bar = { $bar ->
    [0] Bar: any
   *[other] Bar { $bar }
}
button-unsubscribe-all = End all
button-keep = Keep as it is
button-resume = Resume
button-unmute = Unmute
button-export = Export
button-forget = Forget me
button-forget-all = Delete everything
button-previous = ‹ Back
button-next = More ›
button-command = { $name }

## Menu and /help

start-summary = hello, and topics to begin with
help-summary = what I understand
help-arguments = [command]
topics-summary = all topics, or those with a word in their name
topics-arguments = [text]
subscribe-summary = follow topics
subscribe-arguments = <topics> [bar] [digest [bar]]
subscribe-more =
    Commas separate topics. The bar is the lowest rating that is told: a number, or one of the words any (0), good ({ $good }) and top ({ $top }); without one it is { $good }. A topic covers all topics below it.
    <code>/subscribe ai 80</code> alerts from 80
    <code>/subscribe ai digest 60</code> into the digest from 60
    <code>/subscribe ai 80 digest 60</code> both
unsubscribe-summary = stop following topics
unsubscribe-arguments = <topics|all>
subscriptions-summary = what this chat follows
quality-summary = change the bar of a topic, or see what comes at which
quality-arguments = <topic> [bar]
quality-more = The bar is a number, or one of the words any (0), good ({ $good }) and top ({ $top }). For example <code>/quality computer vision 80</code>.
latest-summary = the newest stories on your topics, or on one
latest-arguments = [topic]
why-summary = why an article came, or did not
why-arguments = [link or title]
why-more = Without a link or title it explains the last alert. It shows every gate in order, and a button for the smallest change that would open a closed one.
pause-summary = no alerts for a while
pause-arguments = [for]
pause-more = For example <code>/pause 2h</code>, <code>/pause 3 days</code> or <code>/pause 1 week</code>; without a time until /resume.
resume-summary = alerts again
status-summary = how things stand
privacy-summary = what is kept about this chat
export-summary = everything kept about this chat, as a file
export-more = A JSON file; whoever runs a Topicwire can import the subscriptions in it.
forget-summary = delete everything about this chat
