### الموجزات: أخبار كثيرة في رسالة واحدة.

## العنوان

digest = <b>موجزك</b> · { $date }{ $parts ->
    [1] {""}
   *[other] {" "}({ $part } من { $parts })
}
digest-count = { $count ->
    [0] لا جديد، بل مزيد عما تعرفه.
    [zero] لا جديد، بل مزيد عما تعرفه.
    [one] خبر واحد فقط هذه المرة.
    [two] خبران فقط هذه المرة.
    [few] { $count } أخبار عن مواضيعك.
    [many] { $count } خبرًا عن مواضيعك.
   *[other] { $count } خبر عن مواضيعك.
}
digest-now = <b>موجزك حتى الآن</b> · { $date }{ $parts ->
    [1] {""}
   *[other] {" "}({ $part } من { $parts })
}
digest-now-count = { $count ->
    [0] لا جديد، بل مزيد عما تعرفه.
    [zero] لا جديد، بل مزيد عما تعرفه.
    [one] خبر واحد لم يصلك بعد.
    [two] خبران لم يصلاك بعد.
    [few] { $count } أخبار لم تصلك بعد.
    [many] { $count } خبرًا لم تصلك بعد.
   *[other] { $count } خبر لم تصلك بعد.
}
held-digest = <b>{ $count ->
        [zero] لا مزيد من الأخبار
        [one] خبر آخر
        [two] خبران آخران
        [few] { $count } أخبار أخرى
        [many] { $count } خبرًا آخر
       *[other] { $count } خبر آخر
    } لك</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } من { $parts })
    }
held-digest-count = جاء الكثير دفعة واحدة، فاجتمعت هذه هنا بدل أن تصل واحدًا بعد آخر.
digest-late = لم أستطع الإرسال من قبل: هذا يعوّض الأيام منذ { $date }.

digest-nothing = لا جديد: وصلك كل ما بلغ حدودك مؤخرًا.
digest-nothing-but-held = { $count ->
    [zero] لا جديد.
    [one] لا جديد سوى خبر ينتظر؛ سيصل من تلقاء نفسه.
    [two] لا جديد سوى خبرين ينتظران؛ سيصلان من تلقاء نفسيهما.
    [few] لا جديد سوى { $count } أخبار تنتظر؛ ستصل من تلقاء نفسها.
    [many] لا جديد سوى { $count } خبرًا تنتظر؛ ستصل من تلقاء نفسها.
   *[other] لا جديد سوى { $count } خبر تنتظر؛ ستصل من تلقاء نفسها.
}

## المجموعات

digest-other = <b>مواضيع أخرى</b>
digest-known = <b>المزيد عما تعرفه</b>
digest-near = <b>دون حدك بقليل</b>
digest-outlets = { $count ->
    [one] وسيلة واحدة
    [two] وسيلتان
    [few] { $count } وسائل
   *[other] { $count } وسيلة
}
digest-rose = الجودة من { $before } إلى { $after }
digest-stronger = يتصدره الآن مقال أقوى
digest-joined = { $count ->
    [zero] لا وسائل أخرى
    [one] وسيلة أخرى
    [two] وسيلتان أخريان
    [few] { $count } وسائل أخرى
    [many] { $count } وسيلة أخرى
   *[other] { $count } وسيلة أخرى
}
digest-changed = تغيّر شيء
digest-just-below = { $topic } · { $quality }
digest-more = { $count ->
    [zero] لم يبلغ حدودك خبر آخر.
    [one] بلغ حدودك خبر آخر.
    [two] بلغ حدودك خبران آخران.
    [few] بلغت حدودك { $count } أخبار أخرى.
    [many] بلغ حدودك { $count } خبرًا آخر.
   *[other] بلغ حدودك { $count } خبر آخر.
}

button-digest-more = عرض المزيد
button-lower-to = خفض { $topic } إلى { $bar }
