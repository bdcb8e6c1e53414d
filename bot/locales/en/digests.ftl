### Digests: many stories in one message.

## Heading

digest = <b>Your digest</b> · { $date }{ $parts ->
    [1] {""}
   *[other] {" "}({ $part } of { $parts })
}
digest-count = { $count ->
    [0] Nothing new, but more on what you know.
    [one] Only one story this time.
    [2] Only two stories this time.
   *[other] { $count } stories on your topics.
}
digest-now = <b>Your digest so far</b> · { $date }{ $parts ->
    [1] {""}
   *[other] {" "}({ $part } of { $parts })
}
digest-now-count = { $count ->
    [0] Nothing new, but more on what you know.
    [one] One story that you were not told yet.
   *[other] { $count } stories that you were not told yet.
}
held-digest = <b>{ $count ->
        [one] One more story
       *[other] { $count } more stories
    } for you</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } of { $parts })
    }
held-digest-count = { $count ->
    [one] So much came at once that this one was kept for later.
   *[other] So much came at once that these wait here together instead of one by one.
}
digest-late = I could not send before: this makes up for the days since { $date }.

digest-nothing = Nothing new: of what reached your bars lately you were told everything.
digest-nothing-but-held = { $count ->
    [one] Nothing new but one story that waits; it comes by itself.
   *[other] Nothing new but { $count } stories that wait; they come by themselves.
}

## Groups

digest-other = <b>Other topics</b>
digest-known = <b>More on what you know</b>
digest-near = <b>Just below your bar</b>
digest-outlets = { $count } outlets
digest-rose = quality { $before } → { $after }
digest-stronger = a stronger article leads it now
digest-joined = { $count ->
    [one] one more outlet
   *[other] { $count } more outlets
}
digest-changed = something changed
digest-just-below = { $topic } · { $quality }
digest-more = { $count ->
    [one] One more story reached your bars.
   *[other] { $count } more stories reached your bars.
}

button-digest-more = Show more
button-lower-to = Lower { $topic } to { $bar }
