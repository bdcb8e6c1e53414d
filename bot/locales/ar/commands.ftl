### ما يقال ردًّا على الأوامر والأزرار.

## الحدود بالكلمات

bar-alert = { $bar ->
    [0] كل الأخبار، مقيَّمة أو لا
   *[other] الأخبار التي جودتها { $bar } فأكثر
}
bar-digest = { $bar ->
    [0] كل الأخبار في الموجز
   *[other] من { $bar } في الموجز
}
bar-short = { $bar ->
    [0] الكل
   *[other] من { $bar }
}
bar-short-digest = { $bar ->
    [0] الموجز: الكل
   *[other] الموجز من { $bar }
}
bar-out-of-range = الحد عدد صحيح من 0 إلى { $highest }؛ والقيمة 0 أو الكلمة any تعني كل الأخبار.
topic-with-bar = { $topic } ({ $bars })
between-names = { "، " }
between-bars = { "؛ " }
list-end = { $most } و{ $last }
and-more = { $count } غيرها

## الاشتراك

subscribed = اشتركت في { $topic }{ $below }: { $bars }.
subscribed-already = أنت تتابع { $topic }{ $below } من قبل: { $bars }.
rebarred = { $topic } من الآن: { $bars }.
bar-now = { $topic } حاليًا: { $bars }.
covers-below = { $more ->
    [0] ، ومعه { $topic } ضمنه
   *[other] ، ومعه { $topic } و{ $more } غيره ضمنه
}
parent-covers = يغطيه أيضًا { $parent } ({ $bars })؛ أما { $topic } فيحكمه الحد الأقرب، أي هذا.
children-keep = { $count ->
    [one] يحتفظ { $topics } بحده الخاص.
    [two] يحتفظ { $topics } بحدّيهما.
   *[other] تحتفظ { $topics } بحدودها.
}
how-to-change = لاختيار حد آخر استخدم الأزرار أو اكتب <code>{ $command }</code>.
but-paused = التنبيهات متوقفة مؤقتًا هنا؛ /resume يعيدها.
examples = أفضل ما جاء مؤخرًا، لتعرف ما ينتظرك:
examples-below = لم يبلغ شيء مؤخرًا { $bar }. الأقرب دونه:
examples-none = لا شيء عنه مؤخرًا. سيصلك التالي من تلقاء نفسه.

subscribe-which = أي موضوع؟ اختر واحدًا، أو اكتب مثلًا <code>/subscribe computer vision 70</code>.
group-new = جديد: { $topics }.
group-changed = تغيّر: { $topics }.
group-same = كما كان: { $topics }.
group-beyond = لا مكان لـ { $topics }: يمكن للمحادثة متابعة { $most } موضوع. /unsubscribe يفسح مكانًا.
group-not-followed = لا تتابعها هنا: { $topics }.
group-dropped = { $count ->
    [zero] لم يبق أي موضوع خارجًا.
    [one] بقي موضوع واحد خارجًا؛ أرسله في رسالة ثانية.
    [two] بقي موضوعان خارجًا؛ أرسلهما في رسالة ثانية.
    [few] بقيت { $count } مواضيع خارجًا؛ أرسلها في رسالة ثانية.
    [many] بقي { $count } موضوعًا خارجًا؛ أرسلها في رسالة ثانية.
   *[other] بقي { $count } موضوع خارجًا؛ أرسلها في رسالة ثانية.
}
too-many = تتابع هذه المحادثة { $most } موضوع، وهذا هو الحد الأقصى. /unsubscribe يفسح مكانًا.
unknown-topics = لا أعرف { $names }. /topics يعرض ما لدي.
unknown-topics-near = لا أعرف { $names }. هل تقصد:
quality-which = أي موضوع؟ الحد رقم، أو إحدى الكلمات any وgood ({ $good }) وtop.

unsubscribed = لم تعد تتابع { $topics }.
unsubscribed-words = حُذفت معه الكلمات والوسائل المختارة له، حتى إن تراجعت عن ذلك.
unsubscribed-all = { $count ->
    [zero] تم. لم تكن هناك اشتراكات.
    [one] تم. انتهى الاشتراك.
    [two] تم. انتهى الاشتراكان.
    [few] تم. انتهت الاشتراكات كلها، وعددها { $count }.
    [many] تم. انتهت الاشتراكات كلها، وعددها { $count }.
   *[other] تم. انتهت الاشتراكات كلها، وعددها { $count }.
}
unsubscribe-which = أيها؟
unsubscribe-all-sure = { $count ->
    [zero] لا توجد اشتراكات. أتريد المتابعة؟
    [one] أتريد إنهاء الاشتراك الوحيد في هذه المحادثة؟
    [two] أتريد إنهاء اشتراكَي هذه المحادثة؟
    [few] أتريد إنهاء { $count } اشتراكات في هذه المحادثة؟
    [many] أتريد إنهاء { $count } اشتراكًا في هذه المحادثة؟
   *[other] أتريد إنهاء { $count } اشتراك في هذه المحادثة؟
}
not-followed = { $topic } ليس من مواضيعك.
not-followed-but-above = { $topic } ليس من مواضيعك؛ تصلك أخباره عبر { $parent }.
kept = لم يتغير شيء.

## القوائم

nothing-followed = لا تتابع أي موضوع بعد. اختر واحدًا وستصلك أخباره هنا من تلقاء نفسها.
subscriptions = { $pages ->
    [1] <b>مواضيعك</b> ({ $count })
   *[other] <b>مواضيعك</b> ({ $count }، الصفحة { $page } من { $pages })
}
subscriptions-hint = إذا كان موضوع ضمن آخر فالحكم للحد الأقرب.
topics = { $pages ->
    [1] <b>كل المواضيع</b> ({ $count })، مع عدد مقالات هذا الأسبوع
   *[other] <b>كل المواضيع</b> ({ $count }، الصفحة { $page } من { $pages })، مع عدد مقالات هذا الأسبوع
}
topics-found = { $pages ->
    [1] <b>المواضيع</b> ({ $count })، مع عدد مقالات هذا الأسبوع
   *[other] <b>المواضيع</b> ({ $count }، الصفحة { $page } من { $pages })، مع عدد مقالات هذا الأسبوع
}
topics-line = { $topic } · { $count }
topics-line-followed = { $topic } · { $count } · ✓ تتابعه
topics-hint = اختر واحدًا للاشتراك:
topics-none = لا موضوع يشبه { $text }.
no-topics-yet = لا توجد مواضيع بعد: ستظهر مع أولى المقالات.

latest-topics = الأحدث عن { $topics }:
latest-below = لم يبلغ شيء عن { $topics } الحد { $bar } في آخر { $days } يومًا. الأقوى دونه:
latest-nothing = لا شيء عن { $topics } في آخر { $days } يومًا.
latest-all = { $count ->
    [zero] لا جديد عن مواضيعك.
    [one] أحدث خبر عن مواضيعك:
    [two] أحدث خبرين عن مواضيعك:
    [few] أحدث { $count } أخبار عن مواضيعك:
    [many] أحدث { $count } خبرًا عن مواضيعك:
   *[other] أحدث { $count } خبر عن مواضيعك:
}
latest-nothing-at-all = لم يبلغ شيء عن مواضيعك حدودك في آخر { $days } يومًا.

## تحت البطاقة

coverage = { $count ->
    [zero] <b>لا وسيلة إعلامية</b> نشرته بعد
    [one] <b>وسيلة إعلامية واحدة</b> نشرته حتى الآن.
    [two] <b>وسيلتان إعلاميتان</b> نشرتاه، الأقوى أولًا
    [few] <b>{ $count } وسائل إعلامية</b> نشرته، الأقوى أولًا
    [many] <b>{ $count } وسيلة إعلامية</b> نشرته، الأقوى أولًا
   *[other] <b>{ $count } وسيلة إعلامية</b> نشرته، الأقوى أولًا
}{ $pages ->
    [1] { "" }
   *[other] { " " }(الصفحة { $page } من { $pages })
}
coverage-around = <b>المزيد حوله</b>
coverage-line = { $outlet }: { $title } · { $facts }
coverage-quality = { $quality }
coverage-strongest = الأقوى
coverage-first = الأول
muted = لن يصلك المزيد عن { $title }.
unmuted = قد يعود هذا الخبر عندما يكون فيه جديد لك.

## الإيقاف المؤقت والحالة

paused = توقّف مؤقت حتى ترسل /resume. لا يُحفظ شيء لوقت لاحق؛ /latest يعرض ما فاتك.
paused-until = توقّف مؤقت حتى { $until }. لا يُحفظ شيء لوقت لاحق؛ /latest يعرض ما فاتك.
paused-dropped = { $count ->
    [zero] لم يُلغَ أي تنبيه.
    [one] أُلغي تنبيه واحد كان في الطريق.
    [two] أُلغي تنبيهان كانا في الطريق.
    [few] أُلغيت { $count } تنبيهات كانت في الطريق.
    [many] أُلغي { $count } تنبيهًا كانت في الطريق.
   *[other] أُلغي { $count } تنبيه كانت في الطريق.
}
pause-unclear = إلى متى؟ مثلًا <code>/pause 2h</code> أو <code>/pause tomorrow</code> أو <code>/pause 3 days</code> (لا تزيد على { $days } يومًا)، أو فقط <code>/pause</code>.
resumed = عادت التنبيهات. لن يُرسل شيء مما جاء في هذه الأثناء.
not-paused = التنبيهات تعمل؛ لم يكن شيء متوقفًا.
status-subscriptions = { $count ->
    [0] لا تتابع هذه المحادثة أي موضوع بعد.
    [zero] لا تتابع هذه المحادثة أي موضوع بعد.
    [one] تتابع هذه المحادثة موضوعًا واحدًا.
    [two] تتابع هذه المحادثة موضوعين.
    [few] تتابع هذه المحادثة { $count } مواضيع.
    [many] تتابع هذه المحادثة { $count } موضوعًا.
   *[other] تتابع هذه المحادثة { $count } موضوع.
}
status-on = التنبيهات تعمل.
status-banned = لا يُرسل شيء إلى هنا: هذه المحادثة محظورة. يمكن لمشرف على البوت رفع الحظر بالأمر { $order }.
status-uninvited = لا يُرسل شيء إلى هنا: لم يُسمح لهذه المحادثة. يمكن لمشرف على البوت السماح لها بالأمر { $order }.
status-paused = التنبيهات متوقفة مؤقتًا حتى /resume.
status-paused-until = التنبيهات متوقفة مؤقتًا حتى { $until }.
status-last-alert = آخر تنبيه هنا: { $when }.
status-last-follow = آخر جديد هنا عن خبر تتابعه: { $when }.
status-last-digest = آخر موجز هنا: { $when }.
status-last-recap = آخر رسالة هنا بعد ساعات الهدوء: { $when }.
date-and-time = { $date }، { $time }
today-at = اليوم { $time }
yesterday-at = أمس { $time }
status-no-alert = لم يُرسل أي خبر إلى هنا بعد.
status-looked = آخر اطّلاع على المصادر: { $ago }.
status-not-looked = لم يُطّلع على أي مصدر بعد.
status-faults = { $count ->
    [zero] كل المصادر مقروءة حاليًا.
    [one] تتعذر قراءة مصدر واحد حاليًا.
    [two] تتعذر قراءة مصدرين حاليًا.
    [few] تتعذر قراءة { $count } مصادر حاليًا.
    [many] تتعذر قراءة { $count } مصدرًا حاليًا.
   *[other] تتعذر قراءة { $count } مصدر حاليًا.
}
status-queue = { $count ->
    [0] لا شيء ينتظر الإرسال.
    [zero] لا شيء ينتظر الإرسال.
    [one] رسالة واحدة تنتظر الإرسال في كل المحادثات.
    [two] رسالتان تنتظران الإرسال في كل المحادثات.
    [few] { $count } رسائل تنتظر الإرسال في كل المحادثات.
    [many] { $count } رسالة تنتظر الإرسال في كل المحادثات.
   *[other] { $count } رسالة تنتظر الإرسال في كل المحادثات.
}

## ما يُحفظ

privacy =
    أحفظ عن هذه المحادثة: معرّفها وعنوانها ولغتها ومنطقتها الزمنية؛ ومواضيعها وحدودها وكلماتها ووسائلها وفترات توقفها وما تابعته أو كتمته من أخبار، ومتى يصل موجزها ومتى تهدأ؛ وفي المجموعات والقنوات من أذن له مشرفوها بتغييرها؛ والأخبار التي وصلتها كي لا يصل خبر مرتين؛ والرسائل المرسلة.
    تُحذف الأخبار بعد 180 يومًا والرسائل بعد 90، إلا إذا اختار من يديرني غير ذلك. لا يُحفظ ما تكتبه في تطبيقات المراسلة؛ أما صفحة المحادثة فتحفظ آخر 500 سطر. لا يُنقل شيء إلى أحد.
    /export يعطيك كل ذلك، و/forget يحذفه.
privacy-typed =
    أحفظ من هذه المحادثة ما يقال على هذه الصفحة، أي آخر 500 سطر. ومع أول اشتراك أو توقف أو كتم يضاف ما يلزم لإرسال كل خبر مرة واحدة.
    /export يعرض كل ذلك، و/forget يحذفه.
privacy-nothing =
    لا شيء محفوظ عن هذه المحادثة. يبدأ ذلك مع أول اشتراك أو توقف أو كتم؛ عندها أحفظ ما يلزم لإرسال كل خبر مرة واحدة لا أكثر.
    سيعرضه /export، وسيحذفه /forget.
export = كل ما أعرفه عن هذه المحادثة. يمكن استيراد الملف نفسه في مكان آخر.
export-nothing = لا شيء للتصدير: لم أحفظ شيئًا عن هذه المحادثة.
forget-sure = أتريد حذف كل شيء عن هذه المحادثة: المواضيع والحدود والكلمات وما كُتم وما وصلها من أخبار؟ لا يمكن التراجع عن ذلك.
forget-nothing = لا شيء للنسيان: لم أحفظ شيئًا عن هذه المحادثة.
forgotten = حُذف كل شيء عن هذه المحادثة. أرسل /start متى شئت.

## التحية والمساعدة

start =
    مرحبًا. قل لي مواضيعك، وسآتيك بأهم أخبارها، كل خبر مرة واحدة، مع من نشره أيضًا.
    اختر واحدًا للبدء:
start-again =
    مرحبًا من جديد. مواضيعك في مكانها، وأخبارها تصل إلى هنا من تلقاء نفسها.
    إليك المزيد منها:
start-demo = هذا عرض تجريبي بمقالات مختلقة: اشترك، ثم انشر مقالًا وشاهده يصل.
offer-topic = { $topic }: هل تشترك ({ $bars }) أم ترى الأحدث؟
help = <b>ما أفهمه</b>
help-line = { $usage } – { $summary }
help-more = المزيد عن أحدها: <code>/help subscribe</code>
not-understood = لم أفهم ذلك. اذكر موضوعًا، أو انظر /topics، أو اطلب /help.
unknown-command = لا أعرف { $typed }. /help يعرض ما أفهمه.
unknown-command-near = لا أعرف { $typed }. هل تقصد { $nearest }؟
too-long = هذا أطول مما أقرأ: { $most } حرف على الأكثر.

## عندما يحدث خطأ

stale-button = هذا الزر قديم. أرسل الأمر من جديد من فضلك.
storage-fault = لا أستطيع الوصول إلى ذاكرتي الآن. حاول بعد دقيقة.
own-fault = عذرًا، حدث خطأ من جهتي. تم تسجيله.
toast-saved = تم الحفظ
toast-muted = كُتم
toast-unmuted = لم يعد مكتومًا
toast-unsubscribed = انتهى الاشتراك
toast-not-followed = { $topic } ليس من مواضيعك.
toast-no-bar = لا يرسل أي من مواضيع هذا المقال تنبيهات إلى هنا.
toast-already-any = { $topic }: تصلك كل الأخبار من قبل.
toast-outlets-end = { $topic }: لا يمكن تجاوز عدد الوسائل { $count }.

## الأزرار

button-topics = كل المواضيع
button-help = مساعدة
button-list = مواضيعك
button-subscribe = اشتراك
button-subscribe-to = متابعة { $topic }
button-latest = الأحدث
button-undo = تراجع
button-undo-topic = تراجع: { $topic }
button-bar = { $bar ->
    [0] الحد: الكل
   *[other] الحد { $bar }
}
button-unsubscribe-all = إنهاء الكل
button-keep = إبقاء كما هو
button-resume = استئناف
button-unmute = إلغاء الكتم
button-export = تصدير
button-forget = انسني
button-forget-all = حذف كل شيء
button-previous = ‹ السابق
button-next = المزيد ›
button-command = { $name }

## القائمة و/help

start-summary = تحية، ومواضيع للبداية
help-summary = ما أفهمه
help-arguments = [أمر]
topics-summary = كل المواضيع، أو ما في اسمه كلمة
topics-arguments = [نص]
subscribe-summary = متابعة مواضيع
subscribe-arguments = <مواضيع> [حد] [digest [حد]]
subscribe-more =
    تفصل الفواصل بين المواضيع. الحد هو أدنى جودة تصلك: رقم، أو إحدى الكلمات any (0) وgood ({ $good }) وtop ({ $top })؛ ومن دونه يكون { $good }. يشمل الموضوع كل ما تحته من مواضيع.
    <code>/subscribe ai 80</code> تنبيهات من 80
    <code>/subscribe ai digest 60</code> في الموجز من 60
    <code>/subscribe ai 80 digest 60</code> كلاهما
unsubscribe-summary = التوقف عن متابعة مواضيع
unsubscribe-arguments = <مواضيع|all>
subscriptions-summary = ما تتابعه هذه المحادثة
quality-summary = تغيير حد موضوع، أو رؤية ما يصل عند أي حد
quality-arguments = <موضوع> [حد]
quality-more = الحد رقم، أو إحدى الكلمات any (0) وgood ({ $good }) وtop ({ $top }). مثلًا <code>/quality computer vision 80</code>.
latest-summary = أحدث الأخبار عن مواضيعك، أو عن واحد منها
latest-arguments = [موضوع]
why-summary = لماذا وصل مقال، أو لم يصل
why-arguments = [رابط أو عنوان]
why-more = من دون رابط أو عنوان يشرح آخر تنبيه. يعرض كل بوابة بالترتيب، وزرًّا لأصغر تغيير يفتح بوابة مغلقة.
pause-summary = لا تنبيهات لمدة
pause-arguments = [مدة]
pause-more = مثلًا <code>/pause 2h</code> أو <code>/pause 3 days</code> أو <code>/pause 1 week</code>؛ ومن دون مدة حتى /resume.
resume-summary = إعادة التنبيهات
status-summary = كيف تسير الأمور
privacy-summary = ما يُحفظ عن هذه المحادثة
export-summary = كل ما حُفظ عن هذه المحادثة، في ملف
export-more = ملف JSON؛ يمكن لمن يدير Topicwire استيراد ما فيه من اشتراكات.
forget-summary = حذف كل شيء عن هذه المحادثة
