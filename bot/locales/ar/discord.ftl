### ما لا يعرضه إلا Discord.

discord-news = أخبار
discord-forum-post = كل ما جاء هذا اليوم عن { $subject }.
discord-channel-option = قناة أخرى في هذا الخادم بدلًا من هذه
discord-no-channels = هذا للخوادم: هنا أكتب إليك وحدك.
