### من يحق له استخدام البوت.

not-let-in = هذا البوت مخصّص للمحادثات المدعوّة. إن أردت الانضمام فأخبر من يديره أن هذه المحادثة هي { $chat }.
ban-summary = حظر محادثة، أو عرض المحظورات
ban-arguments = <وجهة|list>
allow-summary = السماح لمحادثة، أو رفع الحظر عنها
allow-arguments = <وجهة>
ban-admin = هذه محادثة أحد المشرفين على البوت، فستبقى.
access-banned = { $chat } محظورة: لا تتلقى ردودًا ولا يُرسَل إليها شيء بعد الآن. /allow يرفع الحظر.
access-allowed = يمكن لـ { $chat } استخدام البوت.
access-list-banned = المحظورة: { $chats }.
access-none-banned = لا توجد محادثات محظورة.
access-list-allowed = المسموح لها: { $chats }.
access-none-allowed = لم يُسمح لأحد بعد.
access-which = { $given ->
    [yes] { $typed } ليست محادثة. اكتبها هكذا: <code>telegram:12345</code> أو <code>telegram:-100123</code> أو <code>web:anna</code>.
   *[no] أي محادثة؟ اكتبها هكذا: <code>telegram:12345</code> أو <code>telegram:-100123</code> أو <code>web:anna</code>.
}
