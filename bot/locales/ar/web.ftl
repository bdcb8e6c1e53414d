### صفحة المحادثة: ما يحيط بالرسائل.

web-tagline = تنبيهات المواضيع، مع ما يقوله الآخرون
web-skip = الانتقال إلى مربع الرسالة
web-log = المحادثة
web-live = متصل
web-connecting = جارٍ الاتصال…
web-reconnecting = جارٍ إعادة الاتصال…
web-commands = الأوامر
web-menu = أوامر يمكنك كتابتها
web-say = الرسالة
web-placeholder = اكتب / لعرض الأوامر
web-send = إرسال
web-new = الجديد: { $count }
web-today = اليوم
web-yesterday = أمس
web-you = أنت:
web-bot = Topicwire:
web-no-script = تحتاج هذه الصفحة إلى JavaScript لإرسال الرسائل واستقبالها.

web-welcome = تابع موضوعًا ودع ما سواه
web-welcome-text = اشترك فيما يهمك. وعندما يكون الخبر قويًّا بما يكفي يصل إلى هنا، مرة واحدة، مع من نشره أيضًا.
web-try = جرّب أحد هذه الأوامر

web-demo = عرض تجريبي
web-publish-wanted = انشر ما سيصلك
web-publish-unwanted = انشر ما لن يصلك

web-download = تنزيل
web-handed-over = تم التنزيل
web-unshowable = كُتبت هذه الرسالة بإصدار آخر ولا يمكن عرضها.

web-unsent = لم تُرسل: انقطع الاتصال. ما زال نصك في المربع.
web-not-pressed = انقطع الاتصال. حاول بعد لحظة.
web-too-fast = هذا كثير دفعة واحدة. أمهلني بضع ثوانٍ.
web-too-long = هذه الرسالة طويلة جدًّا.
web-too-many = هذه المحادثة مفتوحة في ألسنة كثيرة. أغلق واحدًا فيتصل هذا.
web-failed = حدث خطأ من هذه الجهة. تم تسجيله؛ حاول من جديد من فضلك.
web-storage = لا أستطيع الوصول إلى ذاكرتي الآن. حاول بعد دقيقة.
web-refused = لم يُفهم هذا الطلب.
web-name = يتكوّن الاسم من 64 على الأكثر من الأحرف اللاتينية والأرقام و - و _.
web-other-host = لا يؤدي هذا العنوان إلى صفحة المحادثة.
web-other-site = تُرفض الطلبات الواردة من مواقع أخرى.
web-no-chat = افتح صفحة المحادثة أولًا.
web-gone = سُلِّم هذا الملف من قبل أو انتهت صلاحيته. اطلبه من جديد بالأمر /export.

web-password = كلمة المرور
web-enter = فتح المحادثة
web-wrong-password = كلمة المرور غير صحيحة.
web-locked = محاولات خاطئة كثيرة. حاول بعد 15 دقيقة.
web-picture = صورة
