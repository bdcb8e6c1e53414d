### ما يُقال للمشرفين عندما يحتاج شيء إليهم. التفاصيل في سطر الأوامر وفي السجلّ.

alarm-quiet =
    <b>لا مقالات جديدة.</b> لا جديد ولا تغيير في المصدر { $name } منذ { $hours ->
        [zero] أقل من ساعة
        [one] ساعة
        [two] ساعتين
        [few] { $hours } ساعات
        [many] { $hours } ساعة
       *[other] { $hours } ساعة
    }. إن لم يكن هذا معتادًا فتحقق من وصول مقالاته إلى هذا الجهاز.
    يحدد QUIET_ALARM_HOURS بعد كم ساعة أقول ذلك.
alarm-quiet-over = <b>عاد كل شيء إلى طبيعته:</b> تصل المقالات من المصدر { $name }.

alarm-source =
    <b>تتعذر قراءة مصدر:</b> { $name }.
    { $reason }
    ما كان فيه يبقى معروفًا، وأعيد المحاولة باستمرار.
alarm-source-over = <b>عاد كل شيء إلى طبيعته:</b> يمكن قراءة المصدر { $name }.

alarm-token =
    <b>لا يمكن إرسال شيء عبر { $name }.</b>
    { $reason }
    ما ينتظر الإرسال محفوظ. ضع الرمز الصحيح وشغّل Topicwire من جديد.
alarm-token-over = <b>عاد كل شيء إلى طبيعته:</b> رمز { $name } مقبول.

alarm-parked =
    <b>أُغلقت محادثات كثيرة أمام البوت:</b> { $count } خلال ساعة، للسبب نفسه ({ $name }: { $closed }).
    اشتراكاتها محفوظة، وستصلها رسائلها متى أمكن الوصول إليها. إن لم يقصد أحد ذلك فتحقق من حساب البوت وصلاحياته.
alarm-parked-over = <b>عاد كل شيء إلى طبيعته:</b> لم تعد المحادثات تُغلق بأعداد كبيرة ({ $name }: { $closed }).

alarm-uncertain =
    <b>ربما لم { $count ->
        [zero] تصل أي رسالة
        [one] تصل رسالة واحدة
        [two] تصل رسالتان
        [few] تصل { $count } رسائل
        [many] تصل { $count } رسالة
       *[other] تصل { $count } رسالة
    }</b> عبر { $name } خلال الساعة الأخيرة: ضاع الرد في كل مرة. لن تُعاد المحاولة.
    يعرضها الأمر <code>topicwire deliveries</code> مع عنوان المحادثة.
alarm-uncertain-over = <b>عاد كل شيء إلى طبيعته:</b> كل رسالة عبر { $name } تتلقى ردها.

alarm-rejected =
    <b>رفض { $name } { $count ->
        [zero] رسائل
        [one] رسالة واحدة
        [two] رسالتين
        [few] { $count } رسائل
        [many] { $count } رسالة
       *[other] { $count } رسالة
    }</b> خلال الساعة الأخيرة. هذا خطأ مني؛ أبلغ عنه من فضلك مع أسطر <code>not sent</code> من السجلّ.
alarm-rejected-over = <b>عاد كل شيء إلى طبيعته:</b> لم يعد { $name } يرفض الرسائل.

alarm-reason-gone = مجلده غير موجود. أعده إلى مكانه أو صحّح ARTICLES.
alarm-reason-refused = لا يُسمح لي بقراءة مجلده. امنح الحساب الذي يعمل به Topicwire هذا الحق.
alarm-reason-token-telegram = يرفض Telegram الرمز. ضع في TELEGRAM_TOKEN الرمز الذي أعطاه @BotFather؛ وإن ضُبط TELEGRAM_API_URL فيجب أن يكون جذر خادم Bot API.
alarm-reason-token-discord = يرفض Discord الرمز. ضع في DISCORD_TOKEN الرمز الذي تعرضه بوابة المطورين تحت Bot؛ وإن ضُبط DISCORD_API_URL فيجب أن يقود إلى واجهة Discord.
alarm-reason-other = التفاصيل في السجلّ، في السطر الذي يبدأ بكلمة alarm.
