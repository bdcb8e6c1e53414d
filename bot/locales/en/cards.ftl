### What stands on a card, whichever message carries it.

just-now = just now
card-quality = quality { $quality }
card-unrated = not rated yet
card-video = Video
card-also = Also covered by
card-more = and { $count } more
card-second-look = Second look: this story has gained weight

button-coverage = All coverage
button-why = Why this?
button-follow = Follow
button-unfollow = Unfollow
button-mute = Mute story
button-higher = Bar up
button-lower = Bar down
