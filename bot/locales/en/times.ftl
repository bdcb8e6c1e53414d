### Digests by the clock, quiet hours, time zones.

## Time in words

time-yours = your time
time-of = { $place } time
coming-today = today, { $day }, { $time } { $whose }
coming-tomorrow = tomorrow, { $day }, { $time } { $whose }
coming-later = { $day }, { $time } { $whose }
days-all = every day
days-work = on weekdays
days-weekend = at weekends
days-one = every { $day }
days-some = on { $days }
time-impossible = { $text } is no time of day. Write it like 08:00 or 6:30pm, for example <code>{ $example }</code>.

## The digest

digest-none = No digest comes here. It gathers what reached your bars into one message a day: pick a time, or type for example <code>/digest 08:00</code>, <code>/digest mon,thu 7:30</code> or <code>/digest weekly sunday 18:00</code>.
digest-set = The digest comes <b>{ $days } at { $time }</b>.
digest-next = The next digest: { $when }.
digest-off = No digest from now on. What goes to it stays noted with your topics; a time turns it on again.
digest-withdrawn = The digest that was on its way is taken back. What it had is not lost: /digest now shows it.
digest-was-off = There is no digest here. A time turns it on, for example <code>/digest 08:00</code>.
digest-unclear = I do not understand { $text }. Write a time, and days if it is not to be every day: <code>/digest 08:00</code>, <code>/digest 08:00 weekdays</code>, <code>/digest mon,thu 7:30</code>, <code>/digest weekly sunday 18:00</code>; or <code>/digest off</code>.
digest-left-out = There is none on { $day }: its hour has passed. /digest now shows what it would have had.
digest-left-out-some = There is none from { $first } to { $last }: their hours have passed. The next one has what came meanwhile, and /digest now shows it.
digest-had = You had the one of { $day } already; no date has two.
digest-paused = But this chat is paused, and a paused day has no digest; /resume turns all on again.
digest-topics = { $all ->
    [one] Your topic goes into it.
   *[other] { $count ->
        [one] One of your { $all } topics goes into it.
       *[other] { $count } of your { $all } topics go into it.
    }
}
digest-no-topic = None of your topics goes into it yet: what reaches their bars comes at once, as alerts. You can have everything in the digest instead, or both; or choose for each: <code>/subscribe ai 80 digest 60</code>.
digest-all-only = { $count ->
    [one] Your topic now comes in the digest only.
   *[other] All { $count } topics now come in the digest only.
} No alerts in between.
digest-all-both = { $count ->
    [one] Your topic now goes into the digest, and alerts come as before.
   *[other] All { $count } topics now go into the digest, and alerts come as before.
}
digest-all-alerts = { $count ->
    [one] Your topic comes as alerts, and not in the digest.
   *[other] All { $count } topics come as alerts, and not in the digest.
}

## Time zones

timezone-now = Times here are those of <b>{ $zone }</b>{ $key }, where it is { $time } on { $day }.
timezone-set = Times here are now those of <b>{ $zone }</b>{ $key }, where it is { $time } on { $day }.
timezone-hint = For another zone name a city, a country, an abbreviation or a difference: <code>/timezone Berlin</code>, <code>/timezone PST</code>, <code>/timezone +5:30</code>.
timezone-which = { $text } can be several. Which is yours?
timezone-near = I know no { $text }. Did you mean:
timezone-unknown = I know no place called { $text }. Name a large city near you, for example <code>/timezone Berlin</code>, or the difference to UTC: <code>/timezone +5:30</code>.
timezone-no-offset = No clock on Earth differs from UTC by { $text }. Name a city instead: <code>/timezone Berlin</code>.
timezone-fixed = A bare difference knows no summer time. If your clocks change, take your place:

## Quiet hours

quiet-none = There are no quiet hours here. Pick some, or type for example <code>/quiet 22:00-07:00</code>: alerts wait and come as one recap in the morning. With <code>silent</code> they come without a sound, with <code>bar 90</code> only those from 90 come through.
quiet-hold = Quiet hours <b>{ $start }–{ $end }</b>: alerts wait, and come as one recap when they end.
quiet-silent = Quiet hours <b>{ $start }–{ $end }</b>: alerts come without a sound.
quiet-bar = Quiet hours <b>{ $start }–{ $end }</b>: alerts rated { $bar } and above come through; the others wait, and come as one recap.
quiet-clock = By the clock of { $zone }.
quiet-running = They run now, until { $until }.
quiet-held = { $count ->
    [one] One story waits.
   *[other] { $count } stories wait.
}
quiet-off = No quiet hours from now on.
quiet-was-off = There are no quiet hours here. For example <code>/quiet 22:00-07:00</code> begins them.
quiet-unclear = I do not understand { $text }. Write from when to when, for example <code>/quiet 22:00-07:00</code>; then perhaps <code>silent</code> or <code>bar 90</code>. <code>/quiet off</code> ends them.
quiet-released = { $count ->
    [one] The story that waited comes now.
   *[other] The { $count } stories that waited come now, in one message.
}

recap = <b>{ $count ->
        [one] One story
       *[other] { $count } stories
    } from your quiet hours</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } of { $parts })
    }
recap-count = What came while it was quiet, judged once more.

## Buttons

button-digest-now = Show now
button-digest-off = No digest
button-digest-only = All in the digest
button-digest-both = Both
button-timezone = Time zone
button-quiet-hold = Hold for later
button-quiet-silent = Silent instead
button-quiet-bar = Only from { $bar }
button-quiet-off = No quiet hours

## Menu and /help

digest-summary = when your digest comes
digest-arguments = [HH:MM [days]|off|now]
digest-details =
    <code>/digest 08:00</code> every day
    <code>/digest 08:00 weekdays</code>, <code>/digest mon,thu 7:30</code>, <code>/digest weekly sunday 18:00</code>
    <code>/digest now</code> at once, <code>/digest off</code> no more
    What goes into it is chosen with each topic: <code>/subscribe ai digest 60</code>.
timezone-summary = whose clock this chat goes by
timezone-arguments = [place or zone]
timezone-more = A city, a country, an abbreviation or a difference to UTC: <code>/timezone Berlin</code>, <code>/timezone PST</code>, <code>/timezone +5:30</code>.
quiet-summary = hours without alerts
quiet-arguments = [HH:MM-HH:MM [silent|bar N]|off]
quiet-more =
    <code>/quiet 22:00-07:00</code> alerts wait for one recap
    <code>/quiet 22:00-07:00 silent</code> they come without a sound
    <code>/quiet 22:00-07:00 bar 90</code> only those from 90 come through
    A digest that is due meanwhile comes, without a sound.
