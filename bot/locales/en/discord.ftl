### What Discord alone shows.

discord-news = News
discord-forum-post = All of this day on { $subject }.
discord-channel-option = Another channel of this server, instead of this one
discord-no-channels = That is for servers: here I write to you alone.
