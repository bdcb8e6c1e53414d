### رسائل تصل من تلقاء نفسها.

held-digest =
    <b>{ $count ->
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
    جاء الكثير دفعة واحدة، فاجتمعت هذه هنا بدل أن تصل واحدًا بعد آخر.
held-notice =
    <b>تدخّل حارس التدفق.</b>
    زاد على تنبيهات ساعة واحدة { $stories ->
        [zero] لا شيء
        [one] خبر واحد
        [two] خبران
        [few] { $stories } أخبار
        [many] { $stories } خبرًا
       *[other] { $stories } خبر
    }، فجُمع ذلك في موجزات إلى { $chats ->
        [zero] لا محادثة
        [one] محادثة واحدة
        [two] محادثتين
        [few] { $chats } محادثات
        [many] { $chats } محادثة
       *[other] { $chats } محادثة
    }. يحدد FLOOD_GUARD عدد التنبيهات في الساعة الذي يُعد كثيرًا.
