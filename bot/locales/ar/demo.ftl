### زرّا العرض التجريبي على صفحة المحادثة.

demo-subscribe-first = لا تتابع هذه المحادثة شيئًا بعد. اكتب أولًا <code>/subscribe computer-vision</code> ثم اضغط من جديد.
demo-paused = هذه المحادثة متوقفة مؤقتًا، فلا يُرسل إليها شيء. اكتب أولًا <code>/resume</code>.
demo-none-left = خرجت كل العينات المناسبة لمواضيعك. اشترك في موضوع آخر، أو احذف مجلد <code>data</code> الخاص بالعرض وشغّله من جديد.
demo-on-its-way = نُشر «{ $title }» عن { $topic } بجودة { $quality }. إنه في الطريق إليك.
demo-not-for-you = نُشر «{ $title }» عن { $topic } بجودة { $quality }. لن يصل إليك.
demo-why-not = لمَ لا؟
