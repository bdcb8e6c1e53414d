### المجموعات والقنوات ومواضيع المنتديات

## التحية

room-start = مرحبًا. أنقل إلى هنا أخبار المواضيع المتابَعة، كل خبر مرة واحدة.
room-start-again = { $count ->
    [zero] مرحبًا من جديد. لا مواضيع متابَعة هنا بعد.
    [one] مرحبًا من جديد. موضوع واحد متابَع هنا.
    [two] مرحبًا من جديد. موضوعان متابَعان هنا.
    [few] مرحبًا من جديد. { $count } مواضيع متابَعة هنا.
    [many] مرحبًا من جديد. { $count } موضوعًا متابَعًا هنا.
   *[other] مرحبًا من جديد. { $count } موضوع متابَع هنا.
}
room-start-hint = يختارها المشرفون، مثلًا <code>{ $example }</code>؛ ويعرض /topics ما لدي، ويبيّن /check هل يحق لي الكتابة هنا.
room-about = في { $room }:
room-answered-here = لا يحق لي الكتابة في { $room }، فأجيب هنا.
channel-answered = أجبتك في محادثتنا الخاصة.
channel-start = أجيبك وحدك: افتح { $bot } واضغط «بدء» هناك، ثم اضغط هنا من جديد.

## من يحق له تغيير ماذا

right-admin = مشرفوها
right-manage-channel = الأعضاء أصحاب صلاحية إدارة القناة
may-not-change = لا يغيّر ما تتلقاه هذه المحادثة إلا القائمون عليها: { $right } ومن يفوّضونهم.
may-not-change-who = لا يغيّر ما تتلقاه هذه المحادثة إلا القائمون عليها: { $right } ومن يفوّضونهم، مثل { $people }.
managers-by-admins = لا يسمّي المفوَّضين إلا القائمون على هذه المحادثة: { $right }.
managers-by-admins-who = لا يسمّي المفوَّضين إلا القائمون على هذه المحادثة: { $right }، مثل { $people }.
managers-admins = يغيّر ما تتلقاه هذه المحادثة: { $who }.
managers = المفوَّضون الذين سمّوهم: { $people }.
managers-none = لم يسمّوا أي مفوَّض.
managers-hint = يسمّي المشرفون أحدًا بالأمر <code>/managers add @name</code>، أو بالأمر <code>/managers add</code> ردًّا على رسالة منه؛ ويلغيه <code>/managers remove</code>.
managers-added = يحق لهم من الآن تغيير ما تتلقاه هذه المحادثة: { $people }.
managers-already = كان ذلك يحق لهم من قبل: { $people }.
managers-removed = لم يعودوا من المفوَّضين: { $people }.
managers-unknown = ليسوا من المفوَّضين: { $people }.
managers-whom = مَن؟ أرسله ردًّا على رسالة منه، أو اكتب مثلًا <code>/managers add @name</code>.
managers-unclear = الأمر هو <code>/managers</code> أو <code>/managers add @name</code> أو <code>/managers remove @name</code>.
managers-private = هذه المحادثة لك وحدك. المفوَّضون للمجموعات والقنوات.
managers-too-many = عدد المفوَّضين في المحادثة لا يتجاوز { $most }.
managers-summary = من يحق له تغيير ما تتلقاه هذه المحادثة
managers-arguments = [add|remove] [@name]
managers-more = يمكن لمشرفي مجموعة أو قناة أن يأذنوا لغيرهم باختيار مواضيعها: <code>/managers add @name</code>، أو <code>/managers add</code> ردًّا على رسالة منه. ومن سُمّي في المجموعة نفسها فهو مفوَّض في كل مواضيعها.

## ما يحق للبوت

check-summary = هل يحق لي الكتابة هنا
check-more = يسمّي الصلاحية الناقصة. وفي محادثة خاصة يتحقق من مكان آخر أيضًا: <code>/check in @channel</code>.
check-well = كل شيء على ما يرام: يحق لي الكتابة في { $room }.
check-well-private = كل شيء على ما يرام: يمكنني الكتابة إليك. ولمجموعة أو قناة لك: <code>/check in @channel</code>.
check-missing = ينقصني شيء في { $room }:
check-mend = يمكن لمشرف هناك إصلاح ذلك؛ ثم اسألني من جديد.
check-unreachable = لم أستطع معرفة ذلك الآن. حاول بعد دقيقة.
cannot-post-there = لا أستطيع النشر في { $room }، فلم يتغير شيء. { $missing }
missing-member = لست عضوًا. أضفني، وفي القناة اجعلني مشرفًا.
missing-send = صلاحية إرسال الرسائل.
missing-post = صلاحية المشرف لنشر الرسائل.
missing-topic-closed = هذا الموضوع مغلق: أعد فتحه، أو اجعلني مشرفًا يدير المواضيع.
missing-topic-gone = لم يعد هذا الموضوع موجودًا.
missing-previews = صلاحية تضمين الروابط: من دونها تغيب الصور.
missing-files = صلاحية إرسال الملفات: يحتاج إليها /export.
missing-view = صلاحية عرض القناة.
missing-threads = صلاحية إرسال الرسائل في سلاسل المحادثات.
missing-create-threads = صلاحية إنشاء المنشورات، لفتح سلسلة محادثة.
missing-embeds = صلاحية تضمين الروابط.
missing-history = صلاحية قراءة سجل الرسائل.
button-check = افحص صلاحياتي

## مجموعة أو قناة تُذكر في محادثة خاصة

room-unknown = لا أجد { $room }، أو لست فيها. أضفني إليها أولًا، وفي القناة اجعلني مشرفًا يحق له النشر.
room-stranger = لست في { $room }، لذلك لا أكشف لك ما تتابعه.
room-unreachable = لم أستطع السؤال عن { $room } الآن. حاول بعد دقيقة.
