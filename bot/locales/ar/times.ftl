### الموجزات في مواعيدها، وساعات الهدوء، والمناطق الزمنية.

## الوقت بالكلمات

time-yours = بتوقيتك
time-of = بتوقيت { $place }
coming-today = اليوم، { $day }، { $time } { $whose }
coming-tomorrow = غدًا، { $day }، { $time } { $whose }
coming-later = { $day }، { $time } { $whose }
days-all = كل يوم
days-work = من الاثنين إلى الجمعة
days-weekend = يومي السبت والأحد
days-one = كل { $day }
days-some = في أيام { $days }
time-impossible = { $text } ليس وقتًا من اليوم. اكتبه مثل 08:00 أو 6:30pm، مثلًا <code>{ $example }</code>.

## الموجز

digest-none = لا يصل أي موجز إلى هنا. يجمع الموجز ما بلغ حدودك في رسالة واحدة كل يوم: اختر وقتًا، أو اكتب مثلًا <code>/digest 08:00</code> أو <code>/digest mon,thu 7:30</code> أو <code>/digest weekly sunday 18:00</code>.
digest-set = يصل الموجز <b>{ $days } في { $time }</b>.
digest-next = الموجز التالي: { $when }.
digest-off = لا موجز من الآن. ما يدخل فيه يبقى محفوظًا مع مواضيعك؛ وأي وقت تختاره يعيده.
digest-withdrawn = سُحب الموجز الذي كان في طريقه. ولم يضع ما فيه: يعرضه /digest now.
digest-was-off = لا موجز هنا. أي وقت يبدؤه، مثلًا <code>/digest 08:00</code>.
digest-unclear = لا أفهم { $text }. اكتب وقتًا، والأيام إن لم يكن كل يوم: <code>/digest 08:00</code> أو <code>/digest 08:00 weekdays</code> أو <code>/digest mon,thu 7:30</code> أو <code>/digest weekly sunday 18:00</code>؛ أو <code>/digest off</code>.
digest-left-out = لا موجز في { $day }: فات موعده. يعرض /digest now ما كان سيحتويه.
digest-left-out-some = لا موجز من { $first } إلى { $last }: فاتت مواعيدها. يحمل الموجز التالي ما جاء في هذه الأثناء، ويعرضه /digest now.
digest-had = وصلك موجز { $day } من قبل؛ لا موجزين في يوم واحد.
digest-paused = لكن هذه المحادثة متوقفة مؤقتًا، ولا موجز في يوم متوقف؛ الأمر /resume يعيد كل شيء.
digest-topics = { $all ->
    [one] موضوعك يدخل فيه.
    [two] { $count ->
        [one] واحد من موضوعيك الاثنين ({ $all }) يدخل فيه.
       *[other] موضوعاك يدخلان فيه ({ $count } من { $all }).
    }
   *[other] { $count ->
        [one] موضوع واحد من { $all } يدخل فيه.
        [two] موضوعان من { $all } يدخلان فيه.
       *[other] { $count } من { $all } من مواضيعك تدخل فيه.
    }
}
digest-no-topic = لا يدخل أي من مواضيعك فيه بعد: ما يبلغ حدودها يصل فورًا تنبيهًا. يمكنك جعل كل شيء في الموجز، أو الأمرين معًا؛ أو الاختيار لكل موضوع: <code>/subscribe ai 80 digest 60</code>.
digest-all-only = { $count ->
    [zero] لا مواضيع لديك بعد.
    [one] موضوعك يأتي الآن في الموجز فقط.
    [two] موضوعاك يأتيان الآن في الموجز فقط.
    [few] مواضيعك الـ { $count } تأتي الآن في الموجز فقط.
   *[other] مواضيعك الـ { $count } تأتي الآن في الموجز فقط.
} لا تنبيهات بين ذلك.
digest-all-both = { $count ->
    [zero] لا مواضيع لديك بعد.
    [one] موضوعك يدخل الآن في الموجز، والتنبيهات تصل كما كانت.
    [two] موضوعاك يدخلان الآن في الموجز، والتنبيهات تصل كما كانت.
    [few] مواضيعك الـ { $count } تدخل الآن في الموجز، والتنبيهات تصل كما كانت.
   *[other] مواضيعك الـ { $count } تدخل الآن في الموجز، والتنبيهات تصل كما كانت.
}
digest-all-alerts = { $count ->
    [zero] لا مواضيع لديك بعد.
    [one] موضوعك يصل تنبيهات، لا في الموجز.
    [two] موضوعاك يصلان تنبيهات، لا في الموجز.
    [few] مواضيعك الـ { $count } تصل تنبيهات، لا في الموجز.
   *[other] مواضيعك الـ { $count } تصل تنبيهات، لا في الموجز.
}

## المناطق الزمنية

timezone-now = الأوقات هنا بتوقيت <b>{ $zone }</b>{ $key }، والساعة هناك { $time } من { $day }.
timezone-set = صارت الأوقات هنا بتوقيت <b>{ $zone }</b>{ $key }، والساعة هناك { $time } من { $day }.
timezone-hint = لمنطقة أخرى اذكر مدينة أو بلدًا أو اختصارًا أو فرقًا: <code>/timezone Berlin</code> أو <code>/timezone PST</code> أو <code>/timezone +5:30</code>.
timezone-which = { $text } قد تكون عدة مناطق. أيها لك؟
timezone-near = لا أعرف { $text }. هل تقصد:
timezone-unknown = لا أعرف مكانًا اسمه { $text }. اذكر مدينة كبيرة قريبة منك، مثلًا <code>/timezone Berlin</code>، أو الفرق عن UTC: <code>/timezone +5:30</code>.
timezone-no-offset = لا ساعة على الأرض تختلف عن UTC بمقدار { $text }. اذكر مدينة بدلًا من ذلك: <code>/timezone Berlin</code>.
timezone-fixed = الفرق المجرد لا يعرف التوقيت الصيفي. إن كانت ساعتك تتغير فاختر مكانك:

## ساعات الهدوء

quiet-none = لا ساعات هدوء هنا. اختر بعضها، أو اكتب مثلًا <code>/quiet 22:00-07:00</code>: تنتظر التنبيهات وتصل صباحًا في رسالة واحدة. مع <code>silent</code> تصل بلا صوت، ومع <code>bar 90</code> لا يمر إلا ما جودته 90 فأكثر.
quiet-hold = ساعات الهدوء <b>{ $start }–{ $end }</b>: تنتظر التنبيهات وتصل معًا عند انتهائها.
quiet-silent = ساعات الهدوء <b>{ $start }–{ $end }</b>: تصل التنبيهات بلا صوت.
quiet-bar = ساعات الهدوء <b>{ $start }–{ $end }</b>: تمر التنبيهات التي جودتها { $bar } فأكثر؛ وينتظر ما سواها ويصل معًا.
quiet-clock = بتوقيت { $zone }.
quiet-running = هي جارية الآن، حتى { $until }.
quiet-held = { $count ->
    [zero] لا خبر ينتظر.
    [one] خبر واحد ينتظر.
    [two] خبران ينتظران.
    [few] { $count } أخبار تنتظر.
    [many] { $count } خبرًا تنتظر.
   *[other] { $count } خبر تنتظر.
}
quiet-off = لا ساعات هدوء من الآن.
quiet-was-off = لا ساعات هدوء هنا. يبدؤها مثلًا <code>/quiet 22:00-07:00</code>.
quiet-unclear = لا أفهم { $text }. اكتب من متى إلى متى، مثلًا <code>/quiet 22:00-07:00</code>؛ ثم إن شئت <code>silent</code> أو <code>bar 90</code>. وينهيها <code>/quiet off</code>.
quiet-released = { $count ->
    [zero] لم يكن خبر ينتظر.
    [one] الخبر الذي كان ينتظر يصل الآن.
    [two] الخبران اللذان كانا ينتظران يصلان الآن في رسالة واحدة.
    [few] الأخبار التي كانت تنتظر ({ $count }) تصل الآن في رسالة واحدة.
   *[other] الأخبار التي كانت تنتظر ({ $count }) تصل الآن في رسالة واحدة.
}

recap = <b>{ $count ->
        [zero] لا أخبار
        [one] خبر واحد
        [two] خبران
        [few] { $count } أخبار
        [many] { $count } خبرًا
       *[other] { $count } خبر
    } من ساعات هدوئك</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } من { $parts })
    }
recap-count = ما جاء في أثناء الهدوء، بعد النظر فيه مرة أخرى.

## الأزرار

button-digest-now = عرضه الآن
button-digest-off = بلا موجز
button-digest-only = الكل في الموجز
button-digest-both = كلاهما
button-timezone = المنطقة الزمنية
button-quiet-hold = حفظها لوقت لاحق
button-quiet-silent = بلا صوت
button-quiet-bar = فقط من { $bar }
button-quiet-off = بلا ساعات هدوء

## القائمة و/help

digest-summary = متى يصل موجزك
digest-arguments = [HH:MM [أيام]|off|now]
digest-details =
    <code>/digest 08:00</code> كل يوم
    <code>/digest 08:00 weekdays</code> أو <code>/digest mon,thu 7:30</code> أو <code>/digest weekly sunday 18:00</code>
    <code>/digest now</code> فورًا، <code>/digest off</code> لا مزيد
    ما يدخل فيه يُختار مع كل موضوع: <code>/subscribe ai digest 60</code>.
timezone-summary = بأي توقيت تعمل هذه المحادثة
timezone-arguments = [مكان أو منطقة]
timezone-more = مدينة أو بلد أو اختصار أو فرق عن UTC: <code>/timezone Berlin</code> أو <code>/timezone PST</code> أو <code>/timezone +5:30</code>.
quiet-summary = ساعات بلا تنبيهات
quiet-arguments = [HH:MM-HH:MM [silent|bar N]|off]
quiet-more =
    <code>/quiet 22:00-07:00</code> تنتظر التنبيهات وتصل معًا
    <code>/quiet 22:00-07:00 silent</code> تصل بلا صوت
    <code>/quiet 22:00-07:00 bar 90</code> لا يمر إلا ما جودته 90 فأكثر
    الموجز الذي يحين في أثنائها يصل بلا صوت.
