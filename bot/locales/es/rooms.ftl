### Grupos, canales y temas de un foro

## Saludo

room-start = Hola. Traigo aquí las noticias de los temas que se sigan, cada una una sola vez.
room-start-again = { $count ->
    [one] Hola de nuevo. Aquí se sigue un tema.
   *[other] Hola de nuevo. Aquí se siguen { $count } temas.
}
room-start-hint = Los eligen los administradores, por ejemplo con <code>{ $example }</code>; /topics muestra lo que hay y /check si puedo escribir aquí.
room-about = En { $room }:
room-answered-here = No puedo escribir en { $room }, así que respondo aquí.
channel-answered = Te he respondido en nuestro chat privado.
channel-start = Solo te respondo a ti: abre { $bot }, pulsa allí Iniciar y vuelve a pulsar aquí.

## Quién puede cambiar qué

right-admin = sus administradores
right-manage-channel = miembros con el permiso Gestionar canal
may-not-change = Solo quienes llevan este chat pueden cambiar lo que recibe: { $right } y los encargados que nombren.
may-not-change-who = Solo quienes llevan este chat pueden cambiar lo que recibe: { $right } y los encargados que nombren, como { $people }.
managers-by-admins = Solo quienes llevan este chat nombran a sus encargados: { $right }.
managers-by-admins-who = Solo quienes llevan este chat nombran a sus encargados: { $right }, como { $people }.
managers-admins = Lo que recibe este chat lo pueden cambiar { $who }.
managers = Encargados que han nombrado: { $people }.
managers-none = No han nombrado a ningún encargado.
managers-hint = Los administradores nombran a alguien con <code>/managers add @name</code>, o con <code>/managers add</code> como respuesta a un mensaje suyo; <code>/managers remove</code> lo revoca.
managers-added = Desde ahora pueden cambiar lo que recibe este chat: { $people }.
managers-already = Ya podían hacerlo: { $people }.
managers-removed = Ya no están entre los encargados: { $people }.
managers-unknown = No están entre los encargados: { $people }.
managers-whom = ¿A quién? Responde con ello a un mensaje suyo, o escribe por ejemplo <code>/managers add @name</code>.
managers-unclear = Es <code>/managers</code>, <code>/managers add @name</code> o <code>/managers remove @name</code>.
managers-private = Este chat es solo tuyo. Los encargados son para grupos y canales.
managers-too-many = Un chat puede tener { $most } encargados.
managers-summary = quién puede cambiar lo que recibe este chat
managers-arguments = [add|remove] [@name]
managers-more = Los administradores de un grupo o canal pueden dejar que otros elijan sus temas: <code>/managers add @name</code>, o <code>/managers add</code> como respuesta a un mensaje suyo. Nombrados en el propio grupo, valen también en todos sus temas.

## Lo que puede hacer el bot

check-summary = si puedo escribir aquí
check-more = Nombra el permiso que falta. En un chat privado también mira en otros sitios: <code>/check in @channel</code>.
check-well = Todo bien: puedo escribir en { $room }.
check-well-private = Todo bien: puedo escribirte. Para un grupo o canal tuyo: <code>/check in @channel</code>.
check-missing = En { $room } me falta algo:
check-mend = Un administrador de allí puede arreglarlo; después pregúntame otra vez.
check-unreachable = Ahora mismo no he podido averiguarlo. Prueba de nuevo dentro de un minuto.
cannot-post-there = No puedo publicar en { $room }, así que no se ha cambiado nada. { $missing }
missing-member = No soy miembro. Añádeme; en un canal, como administrador.
missing-send = El permiso para enviar mensajes.
missing-post = El derecho de administrador a publicar mensajes.
missing-topic-closed = Este tema está cerrado: ábrelo otra vez, o hazme administrador con derecho a gestionar temas.
missing-topic-gone = Este tema ya no existe.
missing-previews = El permiso para insertar enlaces: sin él faltan las imágenes.
missing-files = El permiso para enviar archivos: lo necesita /export.
missing-view = El permiso Ver canal.
missing-threads = El permiso Enviar mensajes en hilos.
missing-create-threads = El permiso Crear publicaciones, para abrir un hilo.
missing-embeds = El permiso Insertar enlaces.
missing-history = El permiso Leer el historial de mensajes.
button-check = Revisar permisos

## Un grupo o canal nombrado desde un chat privado

room-unknown = No encuentro { $room }, o no estoy dentro. Añádeme allí primero; en un canal, como administrador que puede publicar.
room-stranger = No estás en { $room }, así que me guardo lo que sigue.
room-unreachable = Ahora mismo no he podido preguntar por { $room }. Prueba de nuevo dentro de un minuto.
