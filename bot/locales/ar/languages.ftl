### لغة المحادثة.

language-now = أكتب هنا بلغة: { $language }. اختر لغة أخرى:
language-chosen = من الآن أكتب هنا بلغة: { $language }.
language-auto = من الآن أتبع لغة تطبيقك: { $language }.
language-unknown = لا أتحدث { $typed } بعد. أتحدث هذه اللغات:
settings-language = اللغة: { $language }
button-settings-language = اللغة
button-language-auto = مثل تطبيقي
language-summary = اللغة التي أكتب بها هنا
language-arguments = [لغة]
