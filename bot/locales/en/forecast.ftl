### How much comes at which bar: forecasts, and replays of what came.

## Forecasts

forecast-month = How many stories that is, by the last 30 days:
forecast-seen = How many stories that is, by the { $span } I have seen so far:
forecast-line = { $bar ->
    [0] any: { $volume }
   *[other] { $bar }: { $volume }
}
forecast-line-own = <b>{ $bar ->
    [0] any: { $volume }
   *[other] { $bar }: { $volume }
}</b> ← your bar
forecast-outlets = Counted in: stories that { $count } outlets carry, whatever their rating.
forecast-unfiltered = Your words and muted outlets are not taken into account; /simulate counts what they hold back.
forecast-above = Just above { $bar }: { $title } ({ $quality })
forecast-below = Just below { $bar }: { $title } ({ $quality })
forecast-one = That is { $volume }.
volume-day = about { $number } a day
volume-week = about { $number } a week
volume-month = about { $number } a month
volume-span = { $number ->
    [0] none in { $span }
    [one] one in { $span }
   *[other] { $number } in { $span }
}
volume-short-day = { $number }/day
volume-short-week = { $number }/week
volume-short-month = { $number }/month
volume-short-span = { $number ->
    [0] none
   *[other] { $number } in { $span }
}
button-choice = { $bar ->
    [0] Any · { $volume }
   *[other] { $bar } · { $volume }
}

## Replays

simulate-usage = Which topic shall I replay? For example <code>/simulate { $topic } 80 30d</code>: from 80, over 30 days.
simulate-usage-none = Which topic shall I replay? /topics shows what there is.
simulate-days = I replay 1 to { $most } days, for example <code>/simulate { $topic } 80 30d</code>.
simulate = <b>{ $topic }</b>, { $bar ->
    [0] every story
   *[other] from { $bar }
}, { $days ->
    [one] the last day
   *[other] the last { $days } days
}: { $count ->
    [0] no story.
    [one] one story.
   *[other] { $count } stories.
}
simulate-outlets = { $count ->
    [one] One of them is rated below { $bar } and came because { $outlets } outlets carry it.
   *[other] { $count } of them are rated below { $bar } and came because { $outlets } outlets carry them.
}
simulate-since = The first story I have on { $topic } is from { $date }.
simulate-nothing = I have seen nothing on { $topic } in the last { $days } days, so there is nothing to replay.
simulate-top = The strongest:
simulate-hit = { $title } ({ $quality })
simulate-held = Would not have come by itself:
simulate-below = { $count ->
    [one] one story below { $bar }
   *[other] { $count } stories below { $bar }
}
simulate-repeated = { $count ->
    [one] one article that tells a story again
   *[other] { $count } articles that tell a story again
}
simulate-stale = { $count ->
    [one] one that was old news when it came
   *[other] { $count } that were old news when they came
}
simulate-unsendable = { $count ->
    [one] one draft, or taken back by its publisher
   *[other] { $count } drafts, or taken back by their publisher
}
simulate-muted = { $count ->
    [one] one story that you muted
   *[other] { $count } stories that you muted
}
simulate-filtered = { $count ->
    [one] one by your words and outlets
   *[other] { $count } by your words and outlets
}
simulate-quiet = { $count ->
    [one] one that would have waited for the end of your quiet hours
   *[other] { $count } that would have waited for the end of your quiet hours
}
button-simulate = Replay
button-use-bar = { $bar ->
    [0] Take every story
   *[other] Use bar { $bar }
}
button-days = { $days } days

## Menu and /help

simulate-summary = what a bar would have brought lately
simulate-arguments = <topic> [bar] [days]
simulate-more = It replays what came: how many a day, the strongest, and what would not have come. For example <code>/simulate computer vision 80</code>, or over the last month <code>/simulate ai 80 30d</code>; at most 90 days.
