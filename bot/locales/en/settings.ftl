### The pages of /settings, filters, and stories that are followed.

## The main page

settings = <b>Settings</b> of this chat
settings-topics = { $count ->
    [0] Topics: none yet
    [one] Topics: one
   *[other] Topics: { $count }
}
settings-form = Alerts look like: { $form }
form-compact = one line
form-card = a card
form-picture = a card, picture first
settings-loud = Sound: on
settings-silent = Sound: off, messages arrive silently
settings-living = Alerts change where they stand when their story grows
settings-still = Alerts stay as they were sent
settings-awake = Alerts: on
settings-snoozed = Alerts: paused
settings-stories = Stories: { $followed } followed, { $muted } muted
settings-digest = Digest: { $days } at { $time }
settings-digest-none = Digest: none
settings-quiet-hold = Quiet hours: { $start }–{ $end }, alerts wait for a recap
settings-quiet-silent = Quiet hours: { $start }–{ $end }, alerts come without a sound
settings-quiet-bar = Quiet hours: { $start }–{ $end }, only alerts from { $bar } come through
settings-quiet-none = Quiet hours: none
settings-zone = Time zone: { $zone }, where it is { $time }

button-form-compact = One line
button-form-compact-on = ✓ One line
button-form-card = Card
button-form-card-on = ✓ Card
button-form-picture = Picture
button-form-picture-on = ✓ Picture
button-loud = Sound on
button-silent = Sound off
button-living = Growing cards
button-still = Cards as sent
button-settings = ‹ Settings
button-settings-topics = Topics
button-settings-words = Words, outlets
button-settings-stories = Stories
button-settings-snooze = Pause
button-settings-digest = Digest
button-settings-quiet = Quiet hours
button-settings-timezone = Time zone

## Topics

settings-topics-page = { $pages ->
    [1] <b>Your topics</b> ({ $count }). Pick one to tune it:
   *[other] <b>Your topics</b> ({ $count }, page { $page } of { $pages }). Pick one to tune it:
}
settings-topics-none = None of your topics looks like “{ $text }”.
settings-topic = { $topic }: { $bars }.
settings-topic-silent = { $topic }: no alerts by rating, and not in the digest.
settings-topic-no-digest = But no digest comes here: <code>/digest 08:00</code> turns it on.
settings-outlets = Also, whatever its rating, once { $count } independent outlets carry a story.
settings-outlets-none = Outlets are not counted, the rating alone decides.
outlets-short = or { $count } outlets
filtered-short = filtered
silent-short = nothing by rating
button-alerts = Alerts: off
button-alerts-on = ✓ Alerts
button-in-digest = Digest: off
button-in-digest-on = ✓ Digest
button-outlets = Or { $count } outlets
button-outlets-off = Rating alone
button-unsubscribe = Unsubscribe
button-back-topic = ‹ Topic

## Words and outlets

settings-words = <b>Words and outlets</b>, for all topics
settings-words-of = <b>Words and outlets</b> for { $topic }
settings-words-none = No words and no outlets are filtered.
settings-words-hint =
    Type what is not wanted with a minus, what must occur with a plus:
    { $words }
    { $outlet }
filter-require = Only with: { $entries }
filter-exclude = Never with: { $entries }
filter-muted = Never from: { $entries }
filter-preferred = Named first: { $entries }
button-drop-require = ✕ +{ $entry }
button-drop-exclude = ✕ −{ $entry }
button-drop-muted = ✕ −{ $entry }
button-drop-preferred = ✕ { $entry }
filter-now = From now on, on all topics:
filter-now-of = From now on, for { $topic }:
filter-dropped = Stories are no longer filtered by { $entries }.
filter-refused = I cannot look for { $word }. Give a word or a phrase, or an expression like <code>/layoffs?/</code>, of at most 100 characters, without look-around or back references.
filter-too-many = A filter holds { $most } words and outlets of a kind. /settings shows them; take some out first.
filter-unclear = I do not understand { $part }. For example <code>/filter -crypto</code>, or for one topic <code>/filter ai: -crypto</code>.
filter-outlets-unclear = How many outlets? From 2 to { $most }, as in <code>/filter ai: outlets:3</code>, or <code>outlets:off</code>.
filter-preferred-everywhere = Outlets are preferred on all topics: <code>/filter from:outlet.com</code>, without a topic.
waits-for = { $count ->
    [0] { $topic }: outlets are not counted any more, the rating alone decides.
   *[other] { $topic }: a story is told as well once { $count } independent outlets carry it.
}

## Stories

followed = You follow { $title }. Every new article on it comes, whatever your bars, until it has been quiet for { $days } days.
unfollowed = You no longer follow the story.
follows-too-many = This chat follows { $most } stories, which is the most. /settings shows them.
stories-none = No story is followed or muted here. The buttons under an alert do that.
stories = { $pages ->
    [1] <b>Stories</b>: { $followed } followed, { $muted } muted
   *[other] <b>Stories</b>: { $followed } followed, { $muted } muted (page { $page } of { $pages })
}
stories-unfollow = Followed: { $title }
stories-unmute = Muted: { $title }
story-gone = a story that is no longer kept
button-story-unfollow = Unfollow: { $title }
button-story-unmute = Unmute: { $title }
toast-followed = Followed
toast-unfollowed = No longer followed

## Pause

snooze = Pause alerts for how long? Nothing is kept for later.
snoozed = Alerts are paused until you resume them.
snoozed-until = Alerts are paused until { $until }.
button-snooze-1h = 1 hour
button-snooze-8h = 8 hours
button-snooze-tomorrow = Until tomorrow
button-snooze-ever = Until I resume

## First contact

begin-bar = { $topic }: how much of it? The rating says how strong a story is.
begin-way = { $bar ->
    [0] { $topic }, every story: how shall it come?
   *[other] { $topic }, from { $bar }: how shall it come?
}
button-bar-any = Everything
button-bar-good = Good: { $bar }+
button-bar-top = Top: { $bar }+
button-way-1 = Alerts at once
button-way-2 = Daily digest
button-way-3 = Both
button-other-bar = ‹ Another bar
button-other-topics = ‹ Other topics
button-more-topics = More topics
button-settings-all = Settings
button-tune = Tune

## Menu and /help

settings-summary = how and what this chat receives
filter-summary = words and outlets you want or do not want
filter-arguments = [topic:] [-word] [+word] [-from:outlet]
filter-more =
    A minus keeps stories with a word away, a plus asks for it; commas separate phrases, a star stands for any ending, and /an expression/ is a regular expression. Without a topic it holds for all of them.
    <code>/filter -crypto, -layoff*</code> never with these
    <code>/filter ai: +chips</code> on AI only with this
    <code>/filter -from:outlet.com</code> never from this outlet, <code>/filter from:outlet.com</code> named first
    <code>/filter ai: outlets:3</code> also once three outlets carry a story
    <code>/filter off</code> no filter any more
