### Quién puede usar el bot.

not-let-in = Este bot es solo para chats invitados. Si te gustaría ser uno de ellos, dile a quien lo administra que este chat es { $chat }.
ban-summary = bloquear un chat o ver los bloqueados
ban-arguments = <destino|list>
allow-summary = admitir un chat o levantar su bloqueo
allow-arguments = <destino>
ban-admin = Ese es el chat de un administrador; se queda.
access-banned = { $chat } está bloqueado: no recibe respuestas ni se le envía nada más. /allow lo levanta.
access-allowed = { $chat } puede usar el bot.
access-list-banned = Bloqueados: { $chats }.
access-none-banned = No hay nadie bloqueado.
access-list-allowed = Admitidos: { $chats }.
access-none-allowed = Todavía no se ha admitido a nadie.
access-which = { $given ->
    [yes] { $typed } no es un chat. Escríbelo así: <code>telegram:12345</code>, <code>telegram:-100123</code> o <code>web:anna</code>.
   *[no] ¿Qué chat? Escríbelo así: <code>telegram:12345</code>, <code>telegram:-100123</code> o <code>web:anna</code>.
}
