### La mesa de redacción: lo que ven los administradores cuando envían a muchos. Solo lo leen ellos.

broadcast-arguments = <enlace, título, archivo o texto>
broadcast-summary = Enviar una noticia o tus palabras a muchos
broadcast-on-message = Difundir
broadcast-more =
    <code>/broadcast https://…</code>, o un título o nombre de archivo: una noticia, por antigua que sea. Como respuesta a una tarjeta, o en Discord en el menú de su mensaje: esa noticia. <b>Toda la cobertura</b> de una tarjeta también tiene un botón para ello.
    <code>/broadcast text: Your own words</code>: un texto, donde <code>text:</code> sobra si ninguna noticia se llama así; <code>[words](https://…)</code> se convierte en un enlace, y la dirección de una imagen sola en la última línea se convierte en la imagen.
    Después se muestra el borrador con el público y todas las cifras, y nada se envía antes de que lo confirmes.
    <code>/broadcast to ai, space</code> o <code>to everyone</code> elige el público del borrador más reciente; <code>/broadcast at mañana 9:00</code> lo envía entonces, en tu zona horaria.
broadcast-how =
    ¿Qué se envía? Escribe <code>/broadcast</code> con un enlace, el título o el nombre de archivo de una noticia, o con tus propias palabras. O empieza desde una tarjeta: { $card }.
    Nada sale antes de que hayas visto a quién llega.
broadcast-from-telegram = respóndele con <code>/broadcast</code>
broadcast-from-discord = en su menú, <b>Aplicaciones</b>, <b>Difundir</b>
broadcast-from-web = <b>Toda la cobertura</b> y luego <b>Difundir</b>
broadcast-picture-none = En { $address } no hay ninguna imagen: lo que llega de allí no lo es, o ya está en otro sitio. Da la dirección de un archivo JPEG, PNG, GIF o WebP.
broadcast-picture-large = La imagen de { $address } pesa más de 5 MB, y Telegram no la admite. Da la dirección de una más pequeña.
broadcast-picture-away = Ahora mismo no se puede obtener la imagen de { $address }. Revisa la dirección o prueba más tarde.
broadcast-picture-private = { $address } no es una dirección de internet, así que nadie podría ver la imagen. Da una pública.
broadcast-attached = No puedo reenviar una imagen o un archivo adjunto: Telegram no lo dejaría llegar a las otras plataformas. Pon en su lugar la dirección de una imagen (https://…) sola en la última línea del texto.
broadcast-empty = No hay palabras que enviar. Escríbelas detrás de <code>/broadcast text:</code>.
broadcast-private = Las difusiones se preparan en nuestro chat privado, donde solo lees tú. Escríbeme allí.
broadcast-which = Conozco { $count } artículos así. ¿Cuál? Para tus propias palabras escribe antes <code>/broadcast text:</code>.
broadcast-unknown = No conozco ningún artículo { $typed }. Dame su enlace, su título o su nombre de archivo; un texto tuyo necesita más de una palabra.
broadcast-article-gone = Este artículo ya no está guardado. Nombra otro.
broadcast-retracted = Quien publicó este artículo lo retiró, así que no se envía. Nombra otro, o escribe tus propias palabras.
broadcast-no-topic = No conozco ningún tema { $typed }. Escribe <code>/topics</code> para verlos todos, o <code>/broadcast to everyone</code>.
broadcast-no-draft = No hay ningún borrador que enviar. Empieza uno con <code>/broadcast</code>.
broadcast-no-time = No encuentro ninguna hora en { $typed }. Escríbela como <code>mañana 9:00</code>, <code>viernes 18:30</code>, <code>2026-12-01 18:30</code> o <code>en 2 horas</code>.
broadcast-past = { $typed } ya ha pasado en tu zona horaria ({ $zone }). Elige una hora posterior.
broadcast-too-far = { $typed } queda a más de un año. Elige una hora anterior.
broadcast-gone = Esta difusión ya no está guardada. <code>/broadcasts</code> muestra las que hay.
broadcast-elsewhere = Eso no se puede hacer: esta difusión ya está { $stage }. <code>/broadcasts</code> las muestra todas.
broadcast-no-copies = No hay ninguna copia que se pueda cambiar: no se envió ninguna, o son más antiguas que lo que guardo.
broadcast-none-missed = Llegó a todas partes.

platform-telegram = Telegram
platform-discord = Discord
platform-web = Web

broadcast-draft = <b>Borrador { $id }</b> · { $title }
broadcast-to = Para { $audience }
broadcast-everyone = todo el mundo
broadcast-followers = quienes siguen { $topics }{ $below ->
        [1] {" "}o un tema que está debajo
       *[other] {""}
    }
broadcast-on = en { $platforms }
broadcast-in = en { $languages }
broadcast-name = { $name }
broadcast-urgent = urgente
broadcast-again = también quienes ya conocen la noticia
broadcast-count = { $name } { $count }
broadcast-reaches = <b>{ $count ->
        [0] No llega a nadie
        [one] Llega a un chat
       *[other] Llega a { $count } chats
    }</b>
broadcast-left-out = Quedan fuera: { $reasons }
broadcast-left-told = { $count ->
    [one] 1 ya conoce la noticia
   *[other] { $count } ya conocen la noticia
}
broadcast-left-muted = { $count ->
    [one] 1 la silenció
   *[other] { $count } la silenciaron
}
broadcast-left-paused = { $count } en pausa
broadcast-left-parked = { $count ->
    [one] 1 cerrado para mí
   *[other] { $count } cerrados para mí
}
broadcast-left-barred = { $count ->
    [one] 1 excluido
   *[other] { $count } excluidos
}
broadcast-quiet = Las horas de silencio lo retienen para { $count } de ellos; lo urgente no espera.
broadcast-takes = Tarda { $minutes ->
        [0] menos de un minuto
        [one] cerca de un minuto
       *[other] unos { $minutes } minutos
    }; las alertas van primero.
broadcast-nobody = Ahora no le llegaría a nadie. Elige otro público.
broadcast-type = Escribe <b>SEND</b> para enviarlo a { $count } chats.
broadcast-type-command = Escribe <code>/broadcast SEND</code> para enviarlo a { $count } chats.
broadcast-press = No se envía nada antes de que pulses Enviar.
broadcast-changed = <b>El público ha cambiado:</b> aceptaste { $before }, ahora serían { $now }. Míralo otra vez y vuelve a confirmar.
broadcast-other = <b>Desde que apareció ese botón se eligió otro público.</b> Míralo otra vez y vuelve a confirmar.
broadcast-begun = <b>La difusión { $id } ha empezado:</b> { $title }, para { $count ->
        [one] un chat
       *[other] { $count } chats
    }. Sigue su progreso.
broadcast-scheduled = Sale el { $at }; entonces se cuenta el público otra vez.
broadcast-later = ¿Cuándo? Escribe <code>/broadcast at mañana 9:00</code>, o un día y una hora como <code>2026-12-01 18:30</code>. Tu zona horaria es { $zone }.
broadcast-later-change = ¿Cuándo? Escribe <code>/broadcasts { $id } at mañana 9:00</code>, o un día y una hora como <code>2026-12-01 18:30</code>. Tu zona horaria es { $zone }.
broadcast-cancelled = La difusión { $id } está cancelada: { $title }
    Nadie la recibió.
broadcast-as = <b>Así lo muestra { $platform }</b>, con las palabras recortadas a lo que cabe allí:

broadcast-paused = { $count ->
    [one] En pausa: 1 espera. Lo que está en camino aún llega.
   *[other] En pausa: { $count } esperan. Lo que está en camino aún llega.
}
broadcast-resumed = Continúa donde estaba.
broadcast-stopped = Detenida para siempre. Sigue el recibo.
broadcast-recall-sure =
    <b>¿Retirar { $title }?</b>
    { $count ->
        [0] Aún no ha llegado ninguna copia; el resto no se envía.
        [one] Se borra una copia.
       *[other] Se borran { $count } copias.
    } Donde la plataforma ya no lo permita, el mensaje se sustituye por una nota de que fue retirado.
broadcast-recalling = Retirando { $count ->
        [one] una copia
       *[other] { $count } copias
    } de { $title }
    Siguen el progreso y el recibo.
broadcast-correcting = Corrigiendo { $count ->
        [one] una copia
       *[other] { $count } copias
    } de la difusión { $id }. Siguen el progreso y el recibo.
broadcast-missed = { $count ->
        [one] El lugar al que no llegó, y por qué.
       *[other] Los { $count } lugares a los que no llegó, y por qué.
    }

## Lo que queda en lugar de un mensaje retirado

broadcast-withdrawn = <i>Sus editores han retirado este mensaje.</i>
article-retracted = <i>Quien lo publicó ha retirado este artículo:</i> { $title }

## Progreso y recibo

broadcast-progress-running =
    <b>Difusión { $id }</b> · { $title }
    { $bar } { $percent } %
    Enviados: { $sent }, fallidos: { $failed }, pendientes: { $left }{ $quiet ->
        [0] {""}
       *[other] , { $quiet } retenidos por horas de silencio
    }
    { $minutes ->
        [-3] Ahora no sale nada: las alertas van primero, o una plataforma no acepta mensajes
        [-2] Lo retenido sale cuando terminen las horas de silencio de su chat
        [-1] Recién empezada
        [one] { $rate } por segundo, falta cerca de un minuto
       *[other] { $rate } por segundo, faltan unos { $minutes } minutos
    }
    { $reasons }
broadcast-progress-paused =
    <b>La difusión { $id } está en pausa</b> · { $title }
    { $bar } { $percent } %
    Enviados: { $sent }, fallidos: { $failed }, en espera: { $left }
    { $reasons }
broadcast-progress-correcting =
    <b>Corrigiendo { $id }</b> · { $title }
    { $bar } { $percent } %
    Corregidos: { $sent }, fallidos: { $failed }, pendientes: { $left }
    { $reasons }
broadcast-progress-recalling =
    <b>Retirando { $id }</b> · { $title }
    { $bar } { $percent } %
    Retirados: { $sent }, fallidos: { $failed }, pendientes: { $left }
    { $reasons }
broadcast-progress-stopped =
    <b>La difusión { $id } se está deteniendo</b> · { $title }
    { $bar } { $percent } %
    Enviados: { $sent }, fallidos: { $failed }
    { $reasons }
broadcast-progress-over =
    <b>La difusión { $id } ha terminado</b> · { $title }
    { $bar } { $percent } %
    Hechos: { $sent }, fallidos: { $failed }
    { $reasons }

broadcast-receipt-running =
    <b>La difusión { $id } está hecha:</b> { $title }
    Enviados: { $sent }, fallidos: { $failed }, en { $minutes ->
        [0] menos de un minuto
        [one] un minuto
       *[other] { $minutes } minutos
    }.
    { $places }
broadcast-receipt-stopped =
    <b>La difusión { $id } se detuvo:</b> { $title }
    Enviados: { $sent }, fallidos: { $failed }; nadie más la recibe.
    { $places }
broadcast-receipt-correcting =
    <b>La difusión { $id } está corregida:</b> { $title }
    { $sent } mensajes muestran las palabras nuevas, { $failed } no se pudieron cambiar.
    { $places }
broadcast-receipt-recalling =
    <b>La difusión { $id } está retirada:</b> { $title }
    { $sent } mensajes ya no están o dicen que fueron retirados, { $failed } no se pudieron cambiar.
    { $places }
broadcast-orphan = <b>La difusión { $id } no se envió:</b> { $title }. Llegó su hora, pero quien la planeó ya no es administrador. Hazla de nuevo con <code>/broadcast</code> si todavía hace falta.
broadcast-pulled = <b>La difusión { $id } no se envió:</b> { $title }. Quien publicó el artículo lo ha retirado. Escribe tus propias palabras con <code>/broadcast text: …</code> si los lectores deben saberlo.

## La lista y el rastro

broadcasts-arguments = [número]
broadcasts-summary = Ver lo que se envió a muchos, y cambiarlo
broadcasts-more =
    <code>/broadcasts 12</code> muestra una con todo lo que se le hizo. Detrás del número puede ir <code>pause</code>, <code>resume</code>, <code>stop</code>, <code>cancel</code>, <code>recall</code>, <code>at mañana 9:00</code>, o <code>correct</code> con otras palabras u otra noticia.
broadcasts-none = Aún no se ha enviado nada a muchos. <code>/broadcast</code> empieza.
broadcasts-list = <b>Difusiones</b>, primero las más recientes:
broadcasts-line = { $id }. { $title } · { $stage } · { $count }
broadcasts-line-due = { $id }. { $title } · el { $at } · para unos { $count }
broadcasts-which = No hay ninguna difusión { $typed }. <code>/broadcasts</code> las muestra.
broadcasts-how = Detrás del número de una difusión puede ir pause, resume, stop, cancel, recall, at con una hora, o correct con otras palabras: <code>/broadcasts { $id } pause</code>.
broadcast-itself = Topicwire

stage-draft = en borrador
stage-scheduled = planeada
stage-running = en envío
stage-paused = en pausa
stage-stopped = detenida
stage-done = hecha
stage-cancelled = cancelada
stage-correcting = en corrección
stage-recalling = en retirada
stage-recalled = retirada

deed-send = { $when } · { $who } la envió a { $count }
deed-schedule = { $when } · { $who } la planeó para { $count }
deed-cancel = { $when } · { $who } la canceló
deed-pause = { $when } · { $who } la puso en pausa
deed-resume = { $when } · { $who } la reanudó
deed-stop = { $when } · { $who } la detuvo
deed-finish = { $when } · enviados: { $count }
deed-correct = { $when } · { $who } corrige { $count }
deed-corrected = { $when } · corregidos: { $count }
deed-recall = { $when } · { $who } retira { $count }
deed-recalled = { $when } · retirados: { $count }
deed-retract = { $when } · se retiró su artículo

button-broadcast-everyone = Todo el mundo
button-broadcast-below = También los de debajo
button-broadcast-urgent = Urgente
button-broadcast-again = También a quien lo sabe
button-broadcast-as = Como en { $platform }
button-broadcast-send = Enviar a { $count }
button-broadcast-later = Enviar después
button-broadcast-cancel = Cancelar
button-broadcast-pause = Pausar
button-broadcast-resume = Continuar
button-broadcast-stop = Detener
button-broadcast-recall = Retirar
button-broadcast-take = Sí, retirar { $count }
button-broadcast-missed = Todos los que faltan
button-broadcast-show = { $id }

## Por qué no llegó una copia, según el motivo guardado

missed-blocked-by-the-user = me bloqueó
missed-the-account-is-deleted = la cuenta está eliminada
missed-never-started = nunca empezó a hablar conmigo
missed-a-bot = es un bot
missed-removed-from-the-chat = me quitaron del chat
missed-the-chat-is-deleted = el chat está eliminado
missed-closed-to-the-bot = cerrado para mí
missed-chat-not-found = ese chat no existe
missed-the-topic-is-closed = el tema del foro está cerrado
missed-the-topic-is-deleted = el tema del foro está eliminado
missed-no-right-to-write = no puedo escribir allí
missed-removed-from-the-channel = me quitaron del canal
missed-the-channel-is-deleted = el canal está eliminado
missed-removed-from-the-server = me quitaron del servidor
missed-the-thread-is-locked = el hilo está bloqueado
missed-closed-for-a-while = cerrado por un tiempo
missed-no-such-person = esa persona no existe
missed-the-forum-wants-a-tag-on-every-post-and-has-none-to-give = el foro exige una etiqueta en cada publicación y no tiene ninguna
missed-the-webhook-is-deleted = el webhook está eliminado
missed-no-server-in-common = ningún servidor en común
missed-the-person-takes-no-messages-from-the-bot = no acepta mensajes míos
missed-the-thread-is-archived = el hilo está archivado
missed-not-a-channel-for-messages = no es un canal para mensajes
missed-stopped-by-the-server-s-moderation-rules = lo impidieron las reglas de moderación del servidor
missed-paused = en pausa entretanto
missed-no-answer = sin respuesta: quizá llegó
missed-refused = rechazado por la plataforma
