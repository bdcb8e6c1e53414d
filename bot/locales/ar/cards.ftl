### ما يظهر على البطاقة، أيًّا كانت الرسالة التي تحملها.

just-now = الآن
card-quality = الجودة { $quality }
card-unrated = لم يُقيَّم بعد
card-video = فيديو
card-also = نشره أيضًا
card-more = و{ $count } غيرها
card-second-look = نظرة ثانية: ازداد هذا الخبر أهمية
card-grown = { $outlets ->
    [zero] الآن لا وسائل
    [one] الآن وسيلة واحدة
    [two] الآن وسيلتان
    [few] الآن { $outlets } وسائل
   *[other] الآن { $outlets } وسيلة
}، وكانت { $first } عند وصوله
card-new-lead = يتصدر هذا الخبر الآن مقال أقوى

button-coverage = كل التغطية
button-why = لماذا هذا؟
button-follow = متابعة
button-unfollow = إلغاء المتابعة
button-mute = كتم الخبر
button-higher = رفع الحد
button-lower = خفض الحد
