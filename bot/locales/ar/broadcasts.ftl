### مكتب التحرير: ما يراه المشرفون عندما يرسلون إلى كثيرين. لا يقرؤه سواهم.

broadcast-arguments = <رابط أو عنوان أو ملف أو نص>
broadcast-summary = إرسال خبر أو كلماتك إلى كثيرين
broadcast-on-message = بثّ
broadcast-more =
    <code>/broadcast https://…</code>، أو عنوان أو اسم ملف: خبر، مهما كان قديمًا. وردًّا على بطاقة، أو في Discord من قائمة رسالتها: ذلك الخبر. وفي <b>كل التغطية</b> تحت البطاقة زر لذلك أيضًا.
    <code>/broadcast text: Your own words</code>: نص، ويمكن ترك <code>text:</code> إن لم يكن هناك خبر بهذا الاسم؛ ويصير <code>[words](https://…)</code> رابطًا، وعنوان صورة وحده في السطر الأخير يصير الصورة.
    ثم تُعرض المسودة مع الجمهور وكل الأرقام، ولا يُرسل شيء قبل أن تؤكده.
    <code>/broadcast to ai, space</code> أو <code>to everyone</code> يختار جمهور أحدث مسودة، و<code>/broadcast at tomorrow 9:00</code> يرسلها حينها، بمنطقتك الزمنية.
broadcast-how =
    ماذا يُرسل؟ اكتب <code>/broadcast</code> مع رابط خبر أو عنوانه أو اسم ملفه، أو مع كلماتك. أو ابدأ من بطاقة: { $card }.
    لا يخرج شيء قبل أن ترى إلى من يصل.
broadcast-from-telegram = ردّ عليها بالأمر <code>/broadcast</code>
broadcast-from-discord = في قائمتها، ثم <b>Apps</b>، ثم <b>Broadcast</b>
broadcast-from-web = <b>كل التغطية</b> ثم <b>بثّ</b>
broadcast-picture-none = لا صورة في { $address }: ما يأتي من هناك ليس صورة، أو انتقل إلى مكان آخر. أعط عنوان ملف JPEG أو PNG أو GIF أو WebP نفسه.
broadcast-picture-large = الصورة في { $address } أكبر من 5 ميغابايت، ولا يقبلها Telegram. أعط عنوان صورة أصغر.
broadcast-picture-away = تعذر جلب الصورة من { $address } الآن. تحقق من العنوان أو حاول لاحقًا.
broadcast-picture-private = { $address } ليس عنوانًا على الإنترنت، فلن يرى أحد الصورة. أعط عنوانًا عامًّا.
broadcast-attached = لا أستطيع تمرير صورة أو ملف مرفق: يُبقيه Telegram بعيدًا عن المنصات الأخرى. ضع بدلًا منه عنوان صورة (https://…) وحده في السطر الأخير من النص.
broadcast-empty = لا كلمات للإرسال. اكتبها بعد <code>/broadcast text:</code>.
broadcast-private = يُعَدّ البث في محادثتنا الخاصة، حيث تقرأ وحدك. اكتب إليّ هناك.
broadcast-which = أعرف مقالات كهذه، عددها { $count }. أيها؟ ولكلماتك الخاصة اكتب قبلها <code>/broadcast text:</code>.
broadcast-unknown = لا أعرف مقالًا { $typed }. أعطني رابطه أو عنوانه أو اسم ملفه؛ أما نصك الخاص فيحتاج إلى أكثر من كلمة.
broadcast-article-gone = لم يعد هذا المقال محفوظًا. اذكر غيره.
broadcast-retracted = سحب الناشر هذا المقال، فلا يُرسل. اذكر غيره، أو اكتب كلماتك.
broadcast-no-topic = لا أعرف موضوعًا { $typed }. اكتب <code>/topics</code> لتراها كلها، أو <code>/broadcast to everyone</code>.
broadcast-no-draft = لا مسودة للإرسال. ابدأ واحدة بالأمر <code>/broadcast</code>.
broadcast-no-time = لا أجد وقتًا في { $typed }. اكتبه مثل <code>tomorrow 9:00</code> أو <code>friday 18:30</code> أو <code>2026-12-01 18:30</code> أو <code>in 2 hours</code>.
broadcast-past = { $typed } قد مضى في منطقتك الزمنية ({ $zone }). اختر وقتًا لاحقًا.
broadcast-too-far = { $typed } بعد أكثر من سنة. اختر وقتًا أقرب.
broadcast-gone = لم يعد هذا البث محفوظًا. يعرض <code>/broadcasts</code> الموجود منه.
broadcast-elsewhere = لا يمكن ذلك: حالة هذا البث الآن: { $stage }. يعرض <code>/broadcasts</code> الكل.
broadcast-no-copies = لا نسخ منه يمكن تغييرها: لم تُرسل أي نسخة، أو هي أقدم مما أحفظه.
broadcast-none-missed = وصل إلى كل مكان.

platform-telegram = Telegram
platform-discord = Discord
platform-web = الويب

broadcast-draft = <b>المسودة { $id }</b> · { $title }
broadcast-to = إلى { $audience }
broadcast-everyone = الجميع
broadcast-followers = متابعي { $topics }{ $below ->
        [1] {" "}أو موضوع تحتها
       *[other] {""}
    }
broadcast-on = على { $platforms }
broadcast-in = بلغة { $languages }
broadcast-name = { $name }
broadcast-urgent = عاجل
broadcast-again = ومن يعرفون الخبر أيضًا
broadcast-count = { $name } { $count }
broadcast-reaches = <b>{ $count ->
        [0] لا يصل إلى أحد
        [zero] لا يصل إلى أحد
        [one] يصل إلى محادثة واحدة
        [two] يصل إلى محادثتين
        [few] يصل إلى { $count } محادثات
        [many] يصل إلى { $count } محادثة
       *[other] يصل إلى { $count } محادثة
    }</b>
broadcast-left-out = خارجه: { $reasons }
broadcast-left-told = { $count ->
    [zero] لا أحد يعرف الخبر
    [one] واحدة تعرف الخبر
    [two] اثنتان تعرفان الخبر
    [few] { $count } تعرف الخبر
    [many] { $count } تعرف الخبر
   *[other] { $count } تعرف الخبر
}
broadcast-left-muted = { $count ->
    [zero] لا أحد كتمه
    [one] واحدة كتمته
    [two] اثنتان كتمتاه
    [few] { $count } كتمته
    [many] { $count } كتمته
   *[other] { $count } كتمته
}
broadcast-left-paused = { $count ->
    [zero] لا شيء متوقف مؤقتًا
    [one] واحدة متوقفة مؤقتًا
    [two] اثنتان متوقفتان مؤقتًا
    [few] { $count } متوقفة مؤقتًا
    [many] { $count } متوقفة مؤقتًا
   *[other] { $count } متوقفة مؤقتًا
}
broadcast-left-parked = { $count ->
    [zero] لا شيء مغلق أمامي
    [one] واحدة مغلقة أمامي
    [two] اثنتان مغلقتان أمامي
    [few] { $count } مغلقة أمامي
    [many] { $count } مغلقة أمامي
   *[other] { $count } مغلقة أمامي
}
broadcast-left-barred = { $count ->
    [zero] لا شيء ممنوع
    [one] واحدة ممنوعة
    [two] اثنتان ممنوعتان
    [few] { $count } ممنوعة
    [many] { $count } ممنوعة
   *[other] { $count } ممنوعة
}
broadcast-quiet = تؤخره ساعات الهدوء عن { $count } منها؛ والعاجل لا ينتظر.
broadcast-takes = يستغرق { $minutes ->
        [0] أقل من دقيقة
        [zero] أقل من دقيقة
        [one] نحو دقيقة
        [two] نحو دقيقتين
        [few] نحو { $minutes } دقائق
        [many] نحو { $minutes } دقيقة
       *[other] نحو { $minutes } دقيقة
    }؛ والتنبيهات أولًا.
broadcast-nobody = لن يصل الآن إلى أحد. اختر جمهورًا آخر.
broadcast-type = اكتب <b>SEND</b> لإرساله إلى { $count ->
        [zero] 0 محادثة
        [one] محادثة واحدة
        [two] محادثتين
        [few] { $count } محادثات
        [many] { $count } محادثة
       *[other] { $count } محادثة
    }.
broadcast-type-command = اكتب <code>/broadcast SEND</code> لإرساله إلى { $count ->
        [zero] 0 محادثة
        [one] محادثة واحدة
        [two] محادثتين
        [few] { $count } محادثات
        [many] { $count } محادثة
       *[other] { $count } محادثة
    }.
broadcast-press = لا يُرسل شيء قبل أن تضغط زر الإرسال.
broadcast-changed = <b>تغيّر الجمهور:</b> وافقت على { $before }، وصار الآن { $now }. انظر مرة أخرى ثم أكّد من جديد.
broadcast-other = <b>اختير جمهور آخر بعد ظهور ذلك الزر.</b> انظر مرة أخرى ثم أكّد من جديد.
broadcast-begun = <b>بدأ البث { $id }:</b> { $title }، إلى { $count ->
        [zero] لا محادثة
        [one] محادثة واحدة
        [two] محادثتين
        [few] { $count } محادثات
        [many] { $count } محادثة
       *[other] { $count } محادثة
    }. يتبعه تقدمه.
broadcast-scheduled = يخرج في { $at }؛ ويُحسب الجمهور حينها من جديد.
broadcast-later = متى؟ اكتب <code>/broadcast at tomorrow 9:00</code>، أو يومًا ووقتًا مثل <code>2026-12-01 18:30</code>. منطقتك الزمنية { $zone }.
broadcast-later-change = متى؟ اكتب <code>/broadcasts { $id } at tomorrow 9:00</code>، أو يومًا ووقتًا مثل <code>2026-12-01 18:30</code>. منطقتك الزمنية { $zone }.
broadcast-cancelled = أُلغي البث { $id }: { $title }
    لم يصل إلى أحد.
broadcast-as = <b>كما يعرضه { $platform }</b>، وقد قُصّت كلماته على قدر ما يتسع هناك:

broadcast-paused = { $count ->
    [zero] متوقف مؤقتًا: لا شيء في الانتظار. ما هو في الطريق سيصل.
    [one] متوقف مؤقتًا: واحدة في الانتظار. ما هو في الطريق سيصل.
    [two] متوقف مؤقتًا: اثنتان في الانتظار. ما هو في الطريق سيصل.
    [few] متوقف مؤقتًا: { $count } في الانتظار. ما هو في الطريق سيصل.
    [many] متوقف مؤقتًا: { $count } في الانتظار. ما هو في الطريق سيصل.
   *[other] متوقف مؤقتًا: { $count } في الانتظار. ما هو في الطريق سيصل.
}
broadcast-resumed = يتابع من حيث كان.
broadcast-stopped = أُوقف نهائيًّا. يتبعه الإيصال.
broadcast-recall-sure =
    <b>أتريد سحب { $title }؟</b>
    { $count ->
        [0] لم تصل أي نسخة بعد؛ ولا يُرسل الباقي.
        [zero] لم تصل أي نسخة بعد؛ ولا يُرسل الباقي.
        [one] تُحذف نسخة واحدة.
        [two] تُحذف نسختان.
        [few] تُحذف { $count } نسخ.
        [many] تُحذف { $count } نسخة.
       *[other] تُحذف { $count } نسخة.
    } وحيث لا تسمح المنصة بذلك بعد الآن يحل محل الرسالة تنبيه بأنها سُحبت.
broadcast-recalling = يجري سحب { $count ->
        [zero] لا نسخ
        [one] نسخة واحدة
        [two] نسختين
        [few] { $count } نسخ
        [many] { $count } نسخة
       *[other] { $count } نسخة
    } من { $title }
    يتبعه التقدم والإيصال.
broadcast-correcting = يجري تصحيح { $count ->
        [zero] لا نسخ
        [one] نسخة واحدة
        [two] نسختين
        [few] { $count } نسخ
        [many] { $count } نسخة
       *[other] { $count } نسخة
    } من البث { $id }. يتبعه التقدم والإيصال.
broadcast-missed = { $count ->
        [zero] لم يفت أي مكان.
        [one] المكان الذي فات، والسبب.
        [two] المكانان اللذان فاتا، والسبب.
        [few] الأماكن التي فاتت ({ $count })، والسبب.
       *[other] الأماكن التي فاتت ({ $count })، والسبب.
    }

## ما يحل محل رسالة سُحبت

broadcast-withdrawn = <i>سحب المحررون هذه الرسالة.</i>
article-retracted = <i>سحب الناشر هذا المقال:</i> { $title }

## التقدم والإيصال

broadcast-progress-running =
    <b>البث { $id }</b> · { $title }
    { $bar } { $percent } %
    أُرسل { $sent }، وفشل { $failed }، وبقي { $left }{ $quiet ->
        [0] {""}
       *[other] ، وتؤخر ساعات الهدوء { $quiet }
    }
    { $minutes ->
        [-3] لا يخرج شيء الآن: التنبيهات أولًا، أو أن منصة لا تقبل الرسائل
        [-2] يخرج المؤخَّر عند انتهاء ساعات الهدوء في محادثته
        [-1] بدأ للتو
        [zero] { $rate } في الثانية، بقي أقل من دقيقة
        [one] { $rate } في الثانية، بقيت نحو دقيقة
        [two] { $rate } في الثانية، بقيت نحو دقيقتين
        [few] { $rate } في الثانية، بقيت نحو { $minutes } دقائق
       *[other] { $rate } في الثانية، بقيت نحو { $minutes } دقيقة
    }
    { $reasons }
broadcast-progress-paused =
    <b>البث { $id } متوقف مؤقتًا</b> · { $title }
    { $bar } { $percent } %
    أُرسل { $sent }، وفشل { $failed }، وينتظر { $left }
    { $reasons }
broadcast-progress-correcting =
    <b>تصحيح { $id }</b> · { $title }
    { $bar } { $percent } %
    صُحح { $sent }، وفشل { $failed }، وبقي { $left }
    { $reasons }
broadcast-progress-recalling =
    <b>سحب { $id }</b> · { $title }
    { $bar } { $percent } %
    سُحب { $sent }، وفشل { $failed }، وبقي { $left }
    { $reasons }
broadcast-progress-stopped =
    <b>يجري إيقاف البث { $id }</b> · { $title }
    { $bar } { $percent } %
    أُرسل { $sent }، وفشل { $failed }
    { $reasons }
broadcast-progress-over =
    <b>انتهى البث { $id }</b> · { $title }
    { $bar } { $percent } %
    تم { $sent }، وفشل { $failed }
    { $reasons }

broadcast-receipt-running =
    <b>تم البث { $id }:</b> { $title }
    أُرسل { $sent }، وفشل { $failed }، خلال { $minutes ->
        [0] أقل من دقيقة
        [zero] أقل من دقيقة
        [one] دقيقة واحدة
        [two] دقيقتين
        [few] { $minutes } دقائق
        [many] { $minutes } دقيقة
       *[other] { $minutes } دقيقة
    }.
    { $places }
broadcast-receipt-stopped =
    <b>أُوقف البث { $id }:</b> { $title }
    أُرسل { $sent }، وفشل { $failed }؛ ولن يصل إلى غيرهم.
    { $places }
broadcast-receipt-correcting =
    <b>صُحح البث { $id }:</b> { $title }
    تعرض الكلمات الجديدة { $sent } من الرسائل، وتعذر تغيير { $failed }.
    { $places }
broadcast-receipt-recalling =
    <b>سُحب البث { $id }:</b> { $title }
    حُذفت { $sent } من الرسائل أو صارت تقول إنها سُحبت، وتعذر تغيير { $failed }.
    { $places }
broadcast-orphan = <b>لم يُرسل البث { $id }:</b> { $title }. حان وقته، لكن من خطط له لم يعد مشرفًا. أعِدّه من جديد بالأمر <code>/broadcast</code> إن كان ما زال مطلوبًا.
broadcast-pulled = <b>لم يُرسل البث { $id }:</b> { $title }. سحب الناشر المقال. اكتب كلماتك بالأمر <code>/broadcast text: …</code> إن كان على القراء أن يعلموا.

## القائمة والأثر

broadcasts-arguments = [رقم]
broadcasts-summary = عرض ما أُرسل إلى كثيرين، وتغييره
broadcasts-more =
    <code>/broadcasts 12</code> يعرض واحدًا مع كل ما جرى له. ويمكن أن يأتي بعد الرقم <code>pause</code> أو <code>resume</code> أو <code>stop</code> أو <code>cancel</code> أو <code>recall</code> أو <code>at tomorrow 9:00</code>، أو <code>correct</code> مع كلمات أخرى أو خبر آخر.
broadcasts-none = لم يُرسل شيء إلى كثيرين بعد. يبدأ ذلك <code>/broadcast</code>.
broadcasts-list = <b>عمليات البث</b>، الأحدث أولًا:
broadcasts-line = { $id }. { $title } · { $stage } · { $count }
broadcasts-line-due = { $id }. { $title } · في { $at } · إلى نحو { $count }
broadcasts-which = لا بث { $typed }. يعرضها <code>/broadcasts</code>.
broadcasts-how = بعد رقم البث يمكن أن يأتي pause أو resume أو stop أو cancel أو recall، أو at مع وقت، أو correct مع كلمات أخرى: <code>/broadcasts { $id } pause</code>.
broadcast-itself = Topicwire

stage-draft = مسودة
stage-scheduled = مجدول
stage-running = قيد الإرسال
stage-paused = متوقف مؤقتًا
stage-stopped = أُوقف
stage-done = تم
stage-cancelled = أُلغي
stage-correcting = قيد التصحيح
stage-recalling = قيد السحب
stage-recalled = سُحب

deed-send = { $when } · أرسله { $who } إلى { $count }
deed-schedule = { $when } · جدوله { $who } إلى { $count }
deed-cancel = { $when } · ألغاه { $who }
deed-pause = { $when } · أوقفه { $who } مؤقتًا
deed-resume = { $when } · تابعه { $who }
deed-stop = { $when } · أوقفه { $who }
deed-finish = { $when } · أُرسل { $count }
deed-correct = { $when } · يصحح { $who } منه { $count }
deed-corrected = { $when } · صُحح { $count }
deed-recall = { $when } · يسحب { $who } منه { $count }
deed-recalled = { $when } · سُحب { $count }
deed-retract = { $when } · سُحب مقاله

button-broadcast-everyone = الجميع
button-broadcast-below = وما تحتها من مواضيع
button-broadcast-urgent = عاجل
button-broadcast-again = ومن يعرفه أيضًا
button-broadcast-as = كما في { $platform }
button-broadcast-send = إرسال إلى { $count }
button-broadcast-later = إرسال لاحقًا
button-broadcast-cancel = إلغاء
button-broadcast-pause = إيقاف مؤقت
button-broadcast-resume = متابعة
button-broadcast-stop = إيقاف
button-broadcast-recall = سحب
button-broadcast-take = نعم، سحب { $count }
button-broadcast-missed = كل ما فات
button-broadcast-show = { $id }

## لماذا لم تصل نسخة، بحسب السبب المخزّن

missed-blocked-by-the-user = حظرني
missed-the-account-is-deleted = الحساب محذوف
missed-never-started = لم يبدأ الحديث معي قط
missed-a-bot = هو روبوت
missed-removed-from-the-chat = أُخرجت من المحادثة
missed-the-chat-is-deleted = المحادثة محذوفة
missed-closed-to-the-bot = مغلقة أمامي
missed-chat-not-found = لا توجد هذه المحادثة
missed-the-topic-is-closed = الموضوع مغلق
missed-the-topic-is-deleted = الموضوع محذوف
missed-no-right-to-write = لا يحق لي الكتابة هناك
missed-removed-from-the-channel = أُخرجت من القناة
missed-the-channel-is-deleted = القناة محذوفة
missed-removed-from-the-server = أُخرجت من الخادم
missed-the-thread-is-locked = سلسلة الرسائل مقفلة
missed-closed-for-a-while = مغلقة لبعض الوقت
missed-no-such-person = لا يوجد هذا الشخص
missed-the-forum-wants-a-tag-on-every-post-and-has-none-to-give = المنتدى يطلب وسمًا لكل منشور وليس فيه وسم
missed-the-webhook-is-deleted = الويب هوك محذوف
missed-no-server-in-common = لا خادم مشترك
missed-the-person-takes-no-messages-from-the-bot = لا يقبل رسائلي
missed-the-thread-is-archived = سلسلة الرسائل مؤرشفة
missed-not-a-channel-for-messages = ليست قناة للرسائل
missed-stopped-by-the-server-s-moderation-rules = منعتها قواعد الإشراف في الخادم
missed-paused = أوقفت مؤقتًا في الأثناء
missed-no-answer = بلا جواب، فربما وصلت
missed-refused = رفضتها المنصة
