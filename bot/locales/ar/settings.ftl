### صفحات /settings والمرشّحات والأخبار المتابَعة.

## الصفحة الرئيسية

settings = <b>إعدادات</b> هذه المحادثة
settings-topics = { $count ->
    [0] المواضيع: لا شيء بعد
    [zero] المواضيع: لا شيء بعد
    [one] المواضيع: واحد
    [two] المواضيع: اثنان
   *[other] المواضيع: { $count }
}
settings-form = شكل التنبيهات: { $form }
form-compact = سطر واحد
form-card = بطاقة
form-picture = بطاقة، والصورة أولًا
settings-loud = الصوت: يعمل
settings-silent = الصوت: متوقف، تصل الرسائل بصمت
settings-living = تتغيّر التنبيهات في مكانها عندما يكبر خبرها
settings-still = تبقى التنبيهات كما أُرسلت
button-living = بطاقات متجددة
button-still = بطاقات ثابتة
settings-awake = التنبيهات: تعمل
settings-snoozed = التنبيهات: متوقفة مؤقتًا
settings-stories = الأخبار: متابَع { $followed }، ومكتوم { $muted }
settings-digest = الموجز: { $days } في { $time }
settings-digest-none = الموجز: لا شيء
settings-quiet-hold = ساعات الهدوء: { $start }–{ $end }، تنتظر التنبيهات وتصل معًا
settings-quiet-silent = ساعات الهدوء: { $start }–{ $end }، تصل التنبيهات بلا صوت
settings-quiet-bar = ساعات الهدوء: { $start }–{ $end }، لا تمر إلا التنبيهات من { $bar }
settings-quiet-none = ساعات الهدوء: لا شيء
settings-zone = المنطقة الزمنية: { $zone }، والساعة هناك { $time }

button-form-compact = سطر واحد
button-form-compact-on = ✓ سطر واحد
button-form-card = بطاقة
button-form-card-on = ✓ بطاقة
button-form-picture = صورة
button-form-picture-on = ✓ صورة
button-loud = بصوت
button-silent = بلا صوت
button-settings = ‹ الإعدادات
button-settings-topics = المواضيع
button-settings-words = كلمات، وسائل
button-settings-stories = الأخبار
button-settings-snooze = إيقاف مؤقت
button-settings-digest = الموجز
button-settings-quiet = ساعات الهدوء
button-settings-timezone = المنطقة الزمنية

## المواضيع

settings-topics-page = { $pages ->
    [1] <b>مواضيعك</b> ({ $count }). اختر واحدًا لضبطه:
   *[other] <b>مواضيعك</b> ({ $count }، الصفحة { $page } من { $pages }). اختر واحدًا لضبطه:
}
settings-topics-none = لا يشبه أي من مواضيعك «{ $text }».
settings-topic = { $topic }: { $bars }.
settings-topic-silent = { $topic }: لا تنبيهات بحسب الجودة، ولا في الموجز.
settings-topic-no-digest = لكن لا موجز يصل إلى هنا: يبدؤه <code>/digest 08:00</code>.
settings-outlets = وأيضًا، مهما كانت جودته، متى نشرت الخبر وسائل مستقلة عددها { $count }.
settings-outlets-none = لا يُحسب عدد الوسائل، والجودة وحدها تقرر.
outlets-short = أو وسائل عددها { $count }
filtered-short = مرشَّح
silent-short = لا شيء بحسب الجودة
button-alerts = التنبيهات: لا
button-alerts-on = ✓ التنبيهات
button-in-digest = الموجز: لا
button-in-digest-on = ✓ الموجز
button-outlets = { $count ->
    [zero] أو 0 وسيلة
    [one] أو وسيلة واحدة
    [two] أو وسيلتان
    [few] أو { $count } وسائل
    [many] أو { $count } وسيلة
   *[other] أو { $count } وسيلة
}
button-outlets-off = الجودة وحدها
button-unsubscribe = إلغاء الاشتراك
button-back-topic = ‹ الموضوع

## الكلمات والوسائل

settings-words = <b>الكلمات والوسائل</b> لكل المواضيع
settings-words-of = <b>الكلمات والوسائل</b> في { $topic }
settings-words-none = لا كلمات ولا وسائل مرشَّحة.
settings-words-hint =
    اكتب ما لا تريده بعلامة ناقص، وما يجب أن يرد بعلامة زائد:
    { $words }
    { $outlet }
filter-require = فقط مع: { $entries }
filter-exclude = أبدًا مع: { $entries }
filter-muted = أبدًا من: { $entries }
filter-preferred = تُذكر أولًا: { $entries }
button-drop-require = ✕ +{ $entry }
button-drop-exclude = ✕ −{ $entry }
button-drop-muted = ✕ −{ $entry }
button-drop-preferred = ✕ { $entry }
filter-now = من الآن، في كل المواضيع:
filter-now-of = من الآن، في { $topic }:
filter-dropped = لم تعد الأخبار تُرشَّح بحسب { $entries }.
filter-refused = لا أستطيع البحث عن { $word }. أعط كلمة أو عبارة، أو تعبيرًا مثل <code>/layoffs?/</code>، لا يتجاوز 100 حرف، من دون نظر حوله أو إحالات إلى الخلف.
filter-too-many = يتسع المرشّح لعدد { $most } من الكلمات والوسائل من كل نوع. يعرضها /settings؛ أزل بعضها أولًا.
filter-unclear = لا أفهم { $part }. مثلًا <code>/filter -crypto</code>، أو لموضوع واحد <code>/filter ai: -crypto</code>.
filter-outlets-unclear = كم وسيلة؟ من 2 إلى { $most }، كما في <code>/filter ai: outlets:3</code>، أو <code>outlets:off</code>.
filter-preferred-everywhere = تفضيل الوسائل يشمل كل المواضيع: <code>/filter from:outlet.com</code>، من دون موضوع.
waits-for = { $count ->
    [0] { $topic }: لم يعد عدد الوسائل يُحسب، والجودة وحدها تقرر.
   *[other] { $topic }: يصل الخبر أيضًا متى نشرته وسائل مستقلة عددها { $count }.
}

## الأخبار

followed = أنت تتابع { $title }. يصلك كل مقال جديد عنه، مهما كانت حدودك، حتى يهدأ مدة { $days ->
        [zero] 0 يوم
        [one] يوم واحد
        [two] يومين
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }.
unfollowed = لم تعد تتابع هذا الخبر.
follows-too-many = تتابع هذه المحادثة { $most } خبرًا، وهذا هو الحد الأقصى. يعرضها /settings.
stories-none = لا خبر متابَع أو مكتوم هنا. تفعل ذلك الأزرار تحت التنبيه.
stories = { $pages ->
    [1] <b>الأخبار</b>: متابَع { $followed }، ومكتوم { $muted }
   *[other] <b>الأخبار</b>: متابَع { $followed }، ومكتوم { $muted } (الصفحة { $page } من { $pages })
}
stories-unfollow = متابَع: { $title }
stories-unmute = مكتوم: { $title }
story-gone = خبر لم يعد محفوظًا
button-story-unfollow = لا تتابع: { $title }
button-story-unmute = إلغاء كتم: { $title }
toast-followed = تتابعه الآن
toast-unfollowed = لم تعد تتابعه

## الإيقاف المؤقت

snooze = إلى متى تتوقف التنبيهات؟ لا يُحفظ شيء لوقت لاحق.
snoozed = التنبيهات متوقفة حتى تستأنفها.
snoozed-until = التنبيهات متوقفة حتى { $until }.
button-snooze-1h = ساعة
button-snooze-8h = 8 ساعات
button-snooze-tomorrow = حتى الغد
button-snooze-ever = حتى أستأنف

## أول لقاء

begin-bar = { $topic }: كم تريد منه؟ الجودة تقول كم الخبر قوي.
begin-way = { $bar ->
    [0] { $topic }، كل الأخبار: كيف تصلك؟
   *[other] { $topic }، من { $bar }: كيف تصلك؟
}
button-bar-any = كل شيء
button-bar-good = الجيد: { $bar }+
button-bar-top = الأفضل: { $bar }+
button-way-1 = تنبيهات فورًا
button-way-2 = موجز يومي
button-way-3 = كلاهما
button-other-bar = ‹ حد آخر
button-other-topics = ‹ مواضيع أخرى
button-more-topics = المزيد من المواضيع
button-settings-all = الإعدادات
button-tune = ضبط

## القائمة و/help

settings-summary = كيف تتلقى هذه المحادثة وماذا
filter-summary = كلمات ووسائل تريدها أو لا تريدها
filter-arguments = [موضوع:] [-كلمة] [+كلمة] [-from:وسيلة]
filter-more =
    علامة ناقص تبعد أخبارًا فيها كلمة، وزائد تطلبها؛ والفواصل بين العبارات، والنجمة تعني أي نهاية، و/تعبير/ تعبير نمطي. ومن دون موضوع يشمل كل المواضيع.
    <code>/filter -crypto, -layoff*</code> أبدًا مع هذه
    <code>/filter ai: +chips</code> عن AI فقط مع هذه
    <code>/filter -from:outlet.com</code> أبدًا من هذه الوسيلة، و<code>/filter from:outlet.com</code> تُذكر أولًا
    <code>/filter ai: outlets:3</code> وأيضًا متى نشرت الخبر ثلاث وسائل
    <code>/filter off</code> لا مرشّحات بعد الآن
