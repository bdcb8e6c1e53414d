### ما يظهر على البطاقة، أيًّا كانت الرسالة التي تحملها.

just-now = الآن
card-quality = الجودة { $quality }
card-unrated = لم يُقيَّم بعد
card-video = فيديو
card-also = نشره أيضًا
card-more = و{ $count } غيرها
card-second-look = نظرة ثانية: ازداد هذا الخبر أهمية

button-coverage = كل التغطية
button-why = لماذا هذا؟
button-follow = متابعة
button-unfollow = إلغاء المتابعة
button-mute = كتم الخبر
button-higher = رفع الحد
button-lower = خفض الحد
