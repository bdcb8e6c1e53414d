### Why an article was told, or was not: the verdict in one sentence, then each gate.

## Asking

why-usage = No news has come here yet. Ask about an article by its link or a part of its title: <code>/why moth app</code>.
why-of-digest = The last news here was your digest, { $when }. About which of its stories? For another write /why with a part of its title.
why-of-recap = The last news here was the recap after your quiet hours, { $when }. About which of its stories? For another write /why with a part of its title.
why-not-found = I have no article like { $wanted }. Try its whole link, or fewer words of its title; it may also not have arrived yet.
why-which = { $count } articles fit. Which one?

## Verdicts

why-told-because = You got it on { $at } because quality { $quality } clears your bar { $bar } on { $topic }.
why-told-outlets = You got it on { $at } because { $outlets } outlets carry the story, and on { $topic } you wait for { $bar }.
why-told-any = You got it on { $at } because you take every story on { $topic }.
why-told-broadcast = You got it on { $at } because its editors sent it to many at once, whatever their bars.
why-told-follow = You got it on { $at } because you follow its story.
why-told-digest = { $digest ->
    [0] You got it on { $at } because you take every story on { $topic } in your digest.
   *[other] You got it on { $at } because quality { $quality } clears the bar { $digest } of your digest on { $topic }.
}
why-told = You got it on { $at }; with today's bars it would not come.
why-retracted = You did not get it because its publisher took it back.
why-draft = You did not get it because it is still a draft.
why-waiting = It is dated { $at } and waits until then.
why-stale = You did not get it because it was old news when it came here: published { $ago }.
why-below = You did not get it because quality { $quality } is below your bar { $bar } on { $topic }.
why-unrated = You did not get it because it is not rated yet, and your bar on { $topic } is { $bar }.
why-no-topics = You did not get it because it carries no topic, so no subscription can match it.
why-no-topic = You did not get it because none of its topics is among yours: { $topics }.
why-nothing-followed = You did not get it because this chat follows no topics yet.
why-digest = It is no alert because quality { $quality } is below your bar { $bar } on { $topic }; from { $digest } it is for your digest.
why-digest-only = It is no alert because you take { $topic } only in the digest.
why-below-digest = You did not get it because quality { $quality } is below the bar { $bar } of your digest on { $topic }.
why-held = You do not have it yet: your quiet hours hold it until { $at }, and it comes in their recap.
why-flood = You do not have it yet: so much came at once that it comes with the rest in one message when the hour is over.
why-owed = You do not have it yet: it is on its way here.
why-before-you = It was there before you subscribed, and old news is never sent afterwards.
why-known = It clears your bar now, but it was known before that bar was set or while nothing was sent; old news is never sent afterwards.
why-banned = You did not get it because this chat is banned. An admin of the bot can lift that with { $order }.
why-uninvited = You did not get it because this chat is not let in. An admin of the bot can do that with { $order }.
why-paused = You did not get it because alerts are paused here.
why-muted = You did not get it because you muted this story.
why-few-outlets = You did not get it because on { $topic } you wait for { $bar } independent outlets, and { $outlets ->
    [one] one carries it
   *[other] { $outlets } carry it
}.
why-exclude = You did not get it because it holds “{ $entry }”, which you excluded.
why-require = You did not get it because it does not hold “{ $entry }”, which you ask for.
why-require-any = You did not get it because it holds none of the words that you ask for.
why-muted-outlet = You did not get it because you muted the outlet { $entry }.
why-parked = You did not get it because this chat could not be reached: { $reason }.
why-same-story = You already had this story: { $title }, on { $at } ({ $ago }).
why-weaker = You did not get it because a stronger article on the same story leads: { $title } ({ $quality }).

## Gates

gate-readable = Readable: it can be read and sent.
gate-retracted = Readable: its publisher retracted or deleted it.
gate-draft = Readable: it is a draft (published: false).
gate-fresh = Fresh: published { $ago }; the limit is { $hours } hours.
gate-any-age = Fresh: published { $ago }; there is no limit of age.
gate-stale = Fresh: published { $ago }; it was older than { $hours } hours when it came.
gate-waiting = Fresh: it is dated { $at }, which is still to come.
gate-clears = Over your bar: quality { $quality }, your bar { $bar } on { $topic }.
gate-any = Over your bar: you take every story on { $topic }.
gate-below = Over your bar: quality { $quality }, your bar { $bar } on { $topic }.
gate-unrated = Over your bar: not rated yet, your bar { $bar } on { $topic }.
gate-outlets = Over your bar: { $outlets ->
    [one] one outlet carries
   *[other] { $outlets } outlets carry
} the story, and on { $topic } you wait for { $bar }.
gate-few-outlets = Over your bar: { $outlets ->
    [one] one outlet carries
   *[other] { $outlets } outlets carry
} the story, and on { $topic } you wait for { $bar }.
gate-no-topics = Over your bar: it carries no topic.
gate-no-topic = Over your bar: none of its topics is yours ({ $topics }).
gate-nothing-followed = Over your bar: this chat follows no topics; it is on { $topics }.
gate-digest = Over your bar: quality { $quality }; your bar on { $topic } is { $bar } for alerts and { $digest } for the digest.
gate-below-digest = Over your bar: quality { $quality }, your bar { $bar } on { $topic }, for the digest only.
gate-digest-only = Over your bar: { $topic } goes only into your digest.
gate-before-you = Newly over your bar: it came { $ago }, before you subscribed to { $topic }.
gate-known = Newly over your bar: it came { $ago }, and nothing in it was new since.
gate-quiet = Not held back: alerts are on, and you did not mute this story.
gate-quiet-then = Not held back: nothing stood in its way.
gate-banned = Not held back: this chat is banned; an admin of the bot can lift that with { $order }.
gate-uninvited = Not held back: this chat is not let in; an admin of the bot can do that with { $order }.
gate-paused = Not held back: alerts are paused here.
gate-muted = Not held back: you muted this story.
gate-exclude = Not held back: it holds “{ $entry }”, which you excluded.
gate-require = Not held back: it does not hold “{ $entry }”, which you ask for.
gate-require-any = Not held back: it holds none of the words that you ask for.
gate-muted-outlet = Not held back: you muted the outlet { $entry }.
gate-parked = Not held back: this chat could not be reached ({ $reason }).
gate-held = Not held back: your quiet hours hold it until { $at }.
gate-owed = New to you: owed { $ago }, and not sent yet.
gate-untold = New to you: you were not told this story.
gate-told = New to you: told { $ago }, by this article.
gate-same-story = New to you: the same story as { $title }, told { $ago }.
gate-alone = Strongest first: no other article tells this story.
gate-strongest = { $count ->
    [one] Strongest first: it leads one other article on this story.
   *[other] Strongest first: it leads { $count } other articles on this story.
}
gate-weaker = Strongest first: { $title } ({ $quality }) leads this story.
gate-flood = Flood guard: too many came in an hour; it comes with the rest in one message.
gate-guard = Flood guard: not needed for one article; too many in an hour come as one digest.

## Who else could change it

who-retracted = Only its publisher can put it back.
who-draft = Only its publisher can change that: once it is published it comes, if it is still news then.
who-stale = Nothing here changes that: whoever runs me chose that news older than { $hours } hours is not sent. /latest shows it.
who-no-topics = Only its publisher can give it a topic.
who-old = Nothing needs changing for what comes next; /latest shows what there is now.

## What would change it

fix-weighed = With it { $topic } brings { $volume }, by what came lately.
fix-weighed-now = With it { $topic } brings { $volume } instead of { $now }, by what came lately.
fix-follow = Follow this story

fix-lower = { $bar ->
    [0] Take every story on { $topic }
   *[other] Lower the bar for { $topic } to { $bar }
}
fix-outlets = { $outlets ->
    [one] Wait for no other outlet on { $topic }
   *[other] Wait for { $outlets } outlets on { $topic }
}
fix-exclude = Let “{ $entry }” through
fix-require = Ask for no word
fix-outlet = Hear of { $entry } again
fix-alerts = { $bar ->
    [0] Alerts for every story on { $topic }
   *[other] Alerts on { $topic } from { $bar }
}
fix-subscribe = { $bar ->
    [0] Subscribe to every story on { $topic }
   *[other] Subscribe to { $topic } from { $bar }
}
