### كم يصل عند أي حد: توقعات، وإعادة عرض لما وصل.

## التوقعات

forecast-month = كم خبرًا يعني ذلك، بحسب آخر 30 يومًا:
forecast-seen = كم خبرًا يعني ذلك، بحسب ما رأيته حتى الآن ({ $span }):
forecast-line = { $bar ->
    [0] الكل: { $volume }
   *[other] { $bar }: { $volume }
}
forecast-line-own = <b>{ $bar ->
    [0] الكل: { $volume }
   *[other] { $bar }: { $volume }
}</b> ← حدك
forecast-outlets = يشمل ذلك الأخبار التي نشرتها وسائل عددها { $count }، مهما كانت جودتها.
forecast-unfiltered = لا يُحسب هنا ما تحجبه كلماتك والوسائل التي كتمتها؛ /simulate يعدّه.
forecast-above = فوق { $bar } بقليل: { $title } ({ $quality })
forecast-below = دون { $bar } بقليل: { $title } ({ $quality })
forecast-one = هذا يعني { $volume }.
volume-day = نحو { $number } في اليوم
volume-week = نحو { $number } في الأسبوع
volume-month = نحو { $number } في الشهر
volume-span = { $number ->
    [0] لا شيء في { $span }
    [zero] لا شيء في { $span }
    [one] واحد في { $span }
    [two] اثنان في { $span }
   *[other] { $number } في { $span }
}
volume-short-day = { $number }/يوم
volume-short-week = { $number }/أسبوع
volume-short-month = { $number }/شهر
volume-short-span = { $number ->
    [0] لا شيء
   *[other] { $number } في { $span }
}
button-choice = { $bar ->
    [0] الكل · { $volume }
   *[other] { $bar } · { $volume }
}

## إعادة العرض

simulate-usage = أي موضوع أعيد عرضه؟ مثلًا <code>/simulate { $topic } 80 30d</code>: من 80، خلال 30 يومًا.
simulate-usage-none = أي موضوع أعيد عرضه؟ يعرض /topics ما لدي.
simulate-days = أعيد عرض يوم واحد إلى { $most } يومًا، مثلًا <code>/simulate { $topic } 80 30d</code>.
simulate = <b>{ $topic }</b>، { $bar ->
    [0] كل الأخبار
   *[other] من { $bar }
}، { $days ->
    [zero] اليوم
    [one] آخر يوم
    [two] آخر يومين
    [few] آخر { $days } أيام
    [many] آخر { $days } يومًا
   *[other] آخر { $days } يوم
}: { $count ->
    [0] لا أخبار.
    [zero] لا أخبار.
    [one] خبر واحد.
    [two] خبران.
    [few] { $count } أخبار.
    [many] { $count } خبرًا.
   *[other] { $count } خبر.
}
simulate-outlets = { $count ->
    [zero] لا شيء منها دون { $bar }.
    [one] واحد منها دون { $bar }، ووصل لأن وسائل عددها { $outlets } نشرته.
    [two] اثنان منها دون { $bar }، ووصلا لأن وسائل عددها { $outlets } نشرتهما.
    [few] { $count } منها دون { $bar }، ووصلت لأن وسائل عددها { $outlets } نشرتها.
    [many] { $count } منها دون { $bar }، ووصلت لأن وسائل عددها { $outlets } نشرتها.
   *[other] { $count } منها دون { $bar }، ووصلت لأن وسائل عددها { $outlets } نشرتها.
}
simulate-since = أول خبر لديّ عن { $topic } يعود إلى { $date }.
simulate-nothing = لم أر شيئًا عن { $topic } في آخر { $days ->
        [zero] 0 يوم
        [one] يوم واحد
        [two] يومين
        [few] { $days } أيام
        [many] { $days } يومًا
       *[other] { $days } يوم
    }، فلا شيء لإعادة عرضه.
simulate-top = الأقوى:
simulate-hit = { $title } ({ $quality })
simulate-held = ما كان ليصل وحده:
simulate-below = { $count ->
    [zero] لا خبر دون { $bar }
    [one] خبر واحد دون { $bar }
    [two] خبران دون { $bar }
    [few] { $count } أخبار دون { $bar }
    [many] { $count } خبرًا دون { $bar }
   *[other] { $count } خبر دون { $bar }
}
simulate-repeated = { $count ->
    [zero] لا مقال يعيد رواية خبر
    [one] مقال واحد يعيد رواية خبر
    [two] مقالان يعيدان رواية خبر
    [few] { $count } مقالات تعيد رواية خبر
    [many] { $count } مقالًا تعيد رواية خبر
   *[other] { $count } مقال تعيد رواية خبر
}
simulate-stale = { $count ->
    [zero] لا شيء كان قديمًا عندما جاء
    [one] واحد كان قديمًا عندما جاء
    [two] اثنان كانا قديمين عندما جاءا
   *[other] { $count } كانت قديمة عندما جاءت
}
simulate-unsendable = { $count ->
    [zero] لا مسودات
    [one] مسودة واحدة، أو سحبها ناشرها
    [two] مسودتان، أو سحبهما ناشرهما
    [few] { $count } مسودات، أو سحبها ناشرها
   *[other] { $count } مسودة، أو سحبها ناشرها
}
simulate-muted = { $count ->
    [zero] لا خبر كتمته
    [one] خبر واحد كتمته
    [two] خبران كتمتهما
    [few] { $count } أخبار كتمتها
    [many] { $count } خبرًا كتمتها
   *[other] { $count } خبر كتمتها
}
simulate-filtered = { $count ->
    [zero] لا شيء بسبب كلماتك ووسائلك
    [one] واحد بسبب كلماتك ووسائلك
    [two] اثنان بسبب كلماتك ووسائلك
   *[other] { $count } بسبب كلماتك ووسائلك
}
simulate-quiet = { $count ->
    [zero] لا شيء كان سينتظر نهاية ساعات هدوئك
    [one] واحد كان سينتظر نهاية ساعات هدوئك
    [two] اثنان كانا سينتظران نهاية ساعات هدوئك
   *[other] { $count } كانت ستنتظر نهاية ساعات هدوئك
}
button-simulate = إعادة عرض
button-use-bar = { $bar ->
    [0] كل الأخبار
   *[other] اعتماد الحد { $bar }
}
button-days = الأيام: { $days }

## القائمة و/help

simulate-summary = ما كان حد سيجلبه مؤخرًا
simulate-arguments = <موضوع> [حد] [أيام]
simulate-more = يعيد عرض ما وصل: كم في اليوم، والأقوى، وما لم يكن ليصل. مثلًا <code>/simulate computer vision 80</code>، أو خلال آخر شهر <code>/simulate ai 80 30d</code>؛ 90 يومًا على الأكثر.
