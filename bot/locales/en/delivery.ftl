### Messages that arrive on their own account.

held-digest =
    <b>{ $count ->
        [one] One more story
       *[other] { $count } more stories
    } for you</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } of { $parts })
    }
    So much came at once that these wait here together instead of one by one.
held-notice =
    <b>The flood guard stepped in.</b>
    { $stories ->
        [one] One story
       *[other] { $stories } stories
    } came on top of the alerts of one hour and went into digests of { $chats ->
        [one] one chat
       *[other] { $chats } chats
    }. FLOOD_GUARD sets how many alerts an hour are too many.
