### Messages that arrive on their own account.

held-notice =
    <b>The flood guard stepped in.</b>
    { $stories ->
        [one] One story
       *[other] { $stories } stories
    } came on top of the alerts of one hour and went into digests of { $chats ->
        [one] one chat
       *[other] { $chats } chats
    }. FLOOD_GUARD sets how many alerts an hour are too many.
