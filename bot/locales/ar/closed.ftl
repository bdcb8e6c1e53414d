### لماذا لا يمكن الكتابة إلى محادثة: أسباب المنصات كما تُحفظ، بالكلمات.

closed-otherwise = لم تذكر المنصة السبب
closed-blocked-by-the-user = حُظر البوت هناك
closed-removed-from-the-chat = أُزيل البوت من المحادثة
closed-removed-from-the-channel = أُزيل البوت من القناة
closed-removed-from-the-server = أُزيل البوت من الخادم
closed-no-right-to-write = لا يحق للبوت الكتابة هناك
closed-the-account-is-deleted = الحساب محذوف
closed-the-chat-is-deleted = المحادثة محذوفة
closed-the-channel-is-deleted = القناة محذوفة
closed-the-topic-is-closed = الموضوع مغلق
closed-the-topic-is-deleted = الموضوع محذوف
closed-the-thread-is-archived = سلسلة المحادثة مؤرشفة
closed-the-thread-is-locked = سلسلة المحادثة مقفلة
closed-the-webhook-is-deleted = الويب هوك محذوف
closed-chat-not-found = لا توجد محادثة كهذه
closed-no-such-person = لا يوجد شخص كهذا
closed-never-started = لم يُشغَّل البوت هناك قط
closed-a-bot = إنه بوت
closed-closed-to-the-bot = مغلقة أمام البوت
closed-no-server-in-common = لا خادم مشترك
closed-not-a-channel-for-messages = ليست قناة للرسائل
closed-not-a-channel-id = ليست قناة
closed-the-person-takes-no-messages-from-the-bot = لا يقبل هذا الشخص رسائل من البوت
closed-the-forum-wants-a-tag-on-every-post-and-has-none-to-give = يتطلب المنتدى وسمًا لكل منشور وليس فيه وسوم
closed-stopped-by-the-server-s-moderation-rules = منعته قواعد الإشراف في الخادم
