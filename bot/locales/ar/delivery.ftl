### رسائل تصل من تلقاء نفسها.

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
