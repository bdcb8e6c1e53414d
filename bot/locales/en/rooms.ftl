### Groups, channels and topics of a forum

## Greeting

room-start = Hello. I bring this room the news on the topics it follows, each story once.
room-start-again = { $count ->
    [one] Hello again. This room follows one topic.
   *[other] Hello again. This room follows { $count } topics.
}
room-start-hint = Admins choose them, for example <code>{ $example }</code>; /topics shows what there is, and /check whether I may write here.
room-about = In { $room }:
room-answered-here = I may not write in { $room }, so I answer here.
channel-answered = I have answered in our private chat.
channel-start = I answer you alone: open { $bot }, press Start there, then press here again.

## Who may change what

right-admin = its admins
right-manage-channel = members with the permission Manage Channel
may-not-change = Only those who run this chat can change what it receives: { $right } and the managers they name.
may-not-change-who = Only those who run this chat can change what it receives: { $right } and the managers they name, like { $people }.
managers-by-admins = Only those who run this chat name its managers: { $right }.
managers-by-admins-who = Only those who run this chat name its managers: { $right }, like { $people }.
managers-admins = What this chat receives is changed by { $who }.
managers = Managers they named: { $people }.
managers-none = They have named no managers.
managers-hint = Admins name one with <code>/managers add @name</code>, or with <code>/managers add</code> as a reply; <code>/managers remove</code> takes it back.
managers-added = May change what this chat receives from now on: { $people }.
managers-already = Could do so already: { $people }.
managers-removed = No longer among the managers: { $people }.
managers-unknown = Not among the managers: { $people }.
managers-whom = Whom? Answer a message of theirs with it, or write for example <code>/managers add @name</code>.
managers-unclear = It is <code>/managers</code>, <code>/managers add @name</code> or <code>/managers remove @name</code>.
managers-private = This chat is yours alone. Managers are for groups and channels.
managers-too-many = A chat can have { $most } managers.
managers-summary = who may change what this chat receives
managers-arguments = [add|remove] [@name]
managers-more = Admins of a group or channel can let others choose its topics: <code>/managers add @name</code>, or <code>/managers add</code> as a reply to a message of theirs. Named in the group itself they count in all its topics too.

## What the bot may do

check-summary = whether I may write here
check-more = It names the permission that is missing. In a private chat it also looks elsewhere: <code>/check in @channel</code>.
check-well = All is well: I may write in { $room }.
check-well-private = All is well: I can write to you. For a room of yours: <code>/check in @channel</code>.
check-missing = In { $room } I lack something:
check-mend = An admin there can mend it; then ask me again.
check-unreachable = I could not find out just now. Try again in a minute.
cannot-post-there = I cannot post in { $room }, so nothing was changed. { $missing }
missing-member = I am not a member. Add me, in a channel as an admin.
missing-send = The permission to send messages.
missing-post = The admin right to post messages.
missing-topic-closed = This topic is closed: reopen it, or make me an admin who manages topics.
missing-topic-gone = This topic is gone.
missing-previews = The permission to embed links: pictures are missing without it.
missing-files = The permission to send files: /export needs it.
missing-view = The permission View Channel.
missing-threads = The permission Send Messages in Threads.
missing-create-threads = The permission Create Posts, to open a thread.
missing-embeds = The permission Embed Links.
missing-history = The permission Read Message History.
button-check = Check my rights

## A room named from a private chat

room-unknown = I cannot find { $room }, or I am not in it. Add me there first, in a channel as an admin who may post.
room-stranger = You are not in { $room }, so I keep what it follows to myself.
room-unreachable = I could not ask about { $room } just now. Try again in a minute.
