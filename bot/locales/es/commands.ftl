### Lo que se responde a órdenes y botones.

## Umbrales en palabras

bar-alert = { $bar ->
    [0] todas las noticias, valoradas o no
   *[other] noticias con calidad { $bar } o más
}
bar-digest = { $bar ->
    [0] todas las noticias en el resumen
   *[other] desde { $bar } en el resumen
}
bar-short = { $bar ->
    [0] todo
   *[other] desde { $bar }
}
bar-short-digest = { $bar ->
    [0] resumen: todo
   *[other] resumen desde { $bar }
}
bar-out-of-range = Un umbral es un número entero de 0 a { $highest }; 0, o la palabra any, significa todas las noticias.
topic-with-bar = { $topic } ({ $bars })
between-names = { ", " }
between-bars = { "; " }
list-end = { $most } y { $last }
and-more = { $count } más

## Suscribirse

subscribed = Te has suscrito a { $topic }{ $below }: { $bars }.
subscribed-already = Ya sigues { $topic }{ $below }: { $bars }.
rebarred = { $topic } a partir de ahora: { $bars }.
bar-now = { $topic } ahora: { $bars }.
covers-below = { $more ->
    [0] , con { $topic } incluido
   *[other] , con { $topic } y { $more } más incluidos
}
parent-covers = { $parent } ({ $bars }) también lo cubre; para { $topic } decide el umbral más cercano, que es este.
children-keep = { $count ->
    [one] { $topics } conserva su propio umbral.
   *[other] { $topics } conservan sus propios umbrales.
}
how-to-change = Para otro umbral, usa los botones o escribe <code>{ $command }</code>.
but-paused = Aquí las alertas están en pausa; /resume las activa de nuevo.
examples = Lo mejor de los últimos días, para que sepas qué esperar:
examples-below = Últimamente nada llega a { $bar }. Lo más cercano por debajo:
examples-none = Últimamente no hay nada. Lo siguiente llegará solo.

subscribe-which = ¿Qué tema? Elige uno o escribe, por ejemplo, <code>/subscribe computer vision 70</code>.
group-new = Nuevos: { $topics }.
group-changed = Cambiados: { $topics }.
group-same = Como estaban: { $topics }.
group-beyond = No hay sitio para { $topics }: un chat puede seguir { $most } temas. /unsubscribe hace sitio.
group-not-followed = No los sigues aquí: { $topics }.
group-dropped = { $count ->
    [one] Un tema más se ha quedado fuera; envíalo en un segundo mensaje.
   *[other] { $count } temas más se han quedado fuera; envíalos en un segundo mensaje.
}
too-many = Este chat sigue { $most } temas, que es el máximo. /unsubscribe hace sitio.
unknown-topics = No conozco { $names }. /topics muestra lo que hay.
unknown-topics-near = No conozco { $names }. ¿Querías decir:
quality-which = ¿Qué tema? Un umbral es un número o una de las palabras any, good ({ $good }) y top.

unsubscribed = Has dejado de seguir { $topics }.
unsubscribed-words = Las palabras y los medios elegidos para ello se han borrado también, aunque lo deshagas.
unsubscribed-all = { $count ->
    [one] Hecho. La suscripción ha terminado.
   *[other] Hecho. Las { $count } suscripciones han terminado.
}
unsubscribe-which = ¿Cuál?
unsubscribe-all-sure = { $count ->
    [one] ¿Terminar la única suscripción de este chat?
   *[other] ¿Terminar las { $count } suscripciones de este chat?
}
not-followed = { $topic } no está entre tus temas.
not-followed-but-above = { $topic } no está entre tus temas; sus noticias llegan por { $parent }.
kept = No se ha cambiado nada.

## Listas

nothing-followed = Todavía no sigues ningún tema. Elige uno y sus noticias llegarán aquí solas.
subscriptions = { $pages ->
    [1] <b>Tus temas</b> ({ $count })
   *[other] <b>Tus temas</b> ({ $count }, página { $page } de { $pages })
}
subscriptions-hint = Cuando un tema está dentro de otro, decide el umbral más cercano.
topics = { $pages ->
    [1] <b>Todos los temas</b> ({ $count }), con los artículos de esta semana
   *[other] <b>Todos los temas</b> ({ $count }, página { $page } de { $pages }), con los artículos de esta semana
}
topics-found = { $pages ->
    [1] <b>Temas</b> ({ $count }), con los artículos de esta semana
   *[other] <b>Temas</b> ({ $count }, página { $page } de { $pages }), con los artículos de esta semana
}
topics-line = { $topic } · { $count }
topics-line-followed = { $topic } · { $count } · ✓ tuyo
topics-hint = Elige uno para suscribirte:
topics-none = Ningún tema se parece a { $text }.
no-topics-yet = Todavía no hay temas: aparecen con los primeros artículos.

latest-topics = Lo más nuevo sobre { $topics }:
latest-below = Nada sobre { $topics } ha llegado a { $bar } en los últimos { $days } días. Lo más fuerte por debajo:
latest-nothing = No hay nada sobre { $topics } en los últimos { $days } días.
latest-all = { $count ->
    [one] Lo más nuevo de tus temas:
   *[other] Las { $count } noticias más nuevas de tus temas:
}
latest-nothing-at-all = Nada de tus temas ha llegado a tus umbrales en los últimos { $days } días.

## Bajo una tarjeta

coverage = { $count ->
    [one] <b>Solo un medio</b> lo tiene por ahora.
   *[other] <b>{ $count } medios</b> lo tienen, primero los más fuertes
}{ $pages ->
    [1] { "" }
   *[other] { " " }(página { $page } de { $pages })
}
coverage-around = <b>Más sobre el asunto</b>
coverage-line = { $outlet }: { $title } · { $facts }
coverage-quality = { $quality }
coverage-strongest = el más fuerte
coverage-first = el primero
muted = No oirás más de { $title }.
unmuted = La noticia puede volver cuando tenga algo nuevo para ti.

## Pausa y estado

paused = En pausa hasta que envíes /resume. No se guarda nada para después; /latest muestra lo que te perdiste.
paused-until = En pausa hasta el { $until }. No se guarda nada para después; /latest muestra lo que te perdiste.
paused-dropped = { $count ->
    [one] Se ha descartado una alerta que estaba en camino.
   *[other] Se han descartado { $count } alertas que estaban en camino.
}
pause-unclear = ¿Cuánto tiempo? Por ejemplo <code>/pause 2h</code>, <code>/pause tomorrow</code>, <code>/pause 3 days</code> (como mucho { $days }) o simplemente <code>/pause</code>.
resumed = Las alertas están activas otra vez. No se enviará nada de lo que llegó mientras tanto.
not-paused = Las alertas están activas; no había nada en pausa.
status-subscriptions = { $count ->
    [0] Este chat aún no sigue ningún tema.
    [one] Este chat sigue un tema.
   *[other] Este chat sigue { $count } temas.
}
status-on = Las alertas están activas.
status-banned = Aquí no se envía nada: este chat está bloqueado. Un administrador del bot puede levantarlo con { $order }.
status-uninvited = Aquí no se envía nada: este chat no está admitido. Un administrador del bot puede hacerlo con { $order }.
status-paused = Las alertas están en pausa hasta /resume.
status-paused-until = Las alertas están en pausa hasta el { $until }.
status-last-alert = Última alerta aquí: { $when }.
status-last-follow = Última novedad aquí sobre una noticia que sigues: { $when }.
status-last-digest = Último resumen aquí: { $when }.
status-last-recap = Último mensaje aquí tras las horas de silencio: { $when }.
date-and-time = { $date }, { $time }
today-at = hoy a las { $time }
yesterday-at = ayer a las { $time }
status-no-alert = Aquí aún no se ha enviado ninguna noticia.
status-looked = Las fuentes se miraron por última vez { $ago }.
status-not-looked = Aún no se ha mirado ninguna fuente.
status-faults = { $count ->
    [one] Ahora mismo hay una fuente que no se puede leer.
   *[other] Ahora mismo hay { $count } fuentes que no se pueden leer.
}
status-queue = { $count ->
    [0] No hay nada esperando a ser enviado.
    [one] Un mensaje espera a ser enviado, contando todos los chats.
   *[other] { $count } mensajes esperan a ser enviados, contando todos los chats.
}

## Lo que se guarda

privacy =
    De este chat guardo: su identificador y título, idioma y zona horaria; sus temas, umbrales, palabras y medios, pausas, noticias seguidas y silenciadas, cuándo llega su resumen y cuándo calla; en un grupo o canal, a quién dejan sus administradores cambiarlos; qué noticias se le contaron, para que ninguna llegue dos veces; y los mensajes enviados.
    Las noticias contadas se borran a los 180 días y los mensajes a los 90, salvo que quien me administra haya elegido otra cosa. Lo que escribes en un servicio de mensajería no se guarda; la página de chat conserva las últimas 500 líneas. No se pasa nada a nadie.
    /export te lo da todo, /forget lo borra.
privacy-typed =
    De este chat guardo lo que se dice en esta página, las últimas 500 líneas. Con tu primera suscripción, pausa o silencio se añade lo necesario para enviarte cada noticia una sola vez.
    /export lo muestra todo, /forget lo borra.
privacy-nothing =
    No hay nada guardado sobre este chat. Eso empieza con tu primera suscripción, pausa o silencio; entonces guardo lo necesario para enviarte cada noticia una sola vez, y nada más.
    /export lo mostrará, /forget lo borrará.
export = Todo lo que sé de este chat. El mismo archivo se puede importar en otro sitio.
export-nothing = No hay nada que exportar: no he guardado nada sobre este chat.
forget-sure = ¿Borrar todo sobre este chat: temas, umbrales, palabras, silencios y lo que se le contó? No se puede deshacer.
forget-nothing = No hay nada que olvidar: no he guardado nada sobre este chat.
forgotten = Todo lo de este chat está borrado. Vuelve con /start cuando quieras.

## Saludos y ayuda

start =
    Hola. Dime tus temas y te traigo las noticias que importan sobre ellos, una sola vez cada una, con quién más las publica.
    Elige uno para empezar:
start-again =
    Hola de nuevo. Tus temas siguen en su sitio y sus noticias llegan aquí solas.
    Aquí tienes algunos más:
start-demo = Esto es una demostración con artículos inventados: suscríbete, publica uno y mira cómo llega.
offer-topic = { $topic }: ¿suscribirte ({ $bars }) o ver lo último?
help = <b>Lo que entiendo</b>
help-line = { $usage } – { $summary }
help-more = Más sobre una de ellas: <code>/help subscribe</code>
not-understood = No te he entendido. Nombra un tema, mira /topics o pide /help.
unknown-command = No conozco { $typed }. /help muestra lo que entiendo.
unknown-command-near = No conozco { $typed }. ¿Querías decir { $nearest }?
too-long = Es más largo de lo que leo: { $most } caracteres como mucho.

## Cuando algo sale mal

stale-button = Ese botón ya no sirve. Envía la orden otra vez, por favor.
storage-fault = Ahora mismo no llego a mi memoria. Prueba de nuevo dentro de un minuto.
own-fault = Perdona, algo ha fallado por mi parte. Ha quedado anotado.
toast-saved = Guardado
toast-muted = Silenciada
toast-unmuted = Ya no está silenciada
toast-unsubscribed = Suscripción terminada
toast-not-followed = { $topic } no está entre tus temas.
toast-no-bar = Ninguno de los temas de este artículo envía alertas aquí.
toast-already-any = { $topic }: ya te llegan todas las noticias.
toast-outlets-end = { $topic }: de { $count } medios no se puede pasar.

## Botones

button-topics = Todos los temas
button-help = Ayuda
button-list = Tus temas
button-subscribe = Suscribirme
button-subscribe-to = Seguir { $topic }
button-latest = Lo último
button-undo = Deshacer
button-undo-topic = Deshacer { $topic }
button-bar = { $bar ->
    [0] Umbral: todo
   *[other] Umbral { $bar }
}
button-unsubscribe-all = Terminar todas
button-keep = Dejarlo como está
button-resume = Reanudar
button-unmute = No silenciar
button-export = Exportar
button-forget = Olvídame
button-forget-all = Borrar todo
button-previous = ‹ Atrás
button-next = Más ›
button-command = { $name }

## Menú y /help

start-summary = un saludo y temas para empezar
help-summary = lo que entiendo
help-arguments = [orden]
topics-summary = todos los temas, o los que contienen una palabra
topics-arguments = [texto]
subscribe-summary = seguir temas
subscribe-arguments = <temas> [umbral] [digest [umbral]]
subscribe-more =
    Las comas separan temas. El umbral es la calidad más baja que se cuenta: un número o una de las palabras any (0), good ({ $good }) y top ({ $top }); si no dices nada, es { $good }. Un tema incluye todos los que están debajo de él.
    <code>/subscribe ai 80</code> alertas desde 80
    <code>/subscribe ai digest 60</code> en el resumen desde 60
    <code>/subscribe ai 80 digest 60</code> las dos cosas
unsubscribe-summary = dejar de seguir temas
unsubscribe-arguments = <temas|all>
subscriptions-summary = lo que sigue este chat
quality-summary = cambiar el umbral de un tema, o ver qué llega con cuál
quality-arguments = <tema> [umbral]
quality-more = El umbral es un número o una de las palabras any (0), good ({ $good }) y top ({ $top }). Por ejemplo <code>/quality computer vision 80</code>.
latest-summary = las noticias más nuevas de tus temas, o de uno
latest-arguments = [tema]
why-summary = por qué llegó un artículo, o por qué no
why-arguments = [enlace o título]
why-more = Sin enlace ni título explica la última alerta. Muestra cada puerta en orden, y un botón para el cambio más pequeño que abriría una cerrada.
pause-summary = sin alertas por un tiempo
pause-arguments = [duración]
pause-more = Por ejemplo <code>/pause 2h</code>, <code>/pause 3 days</code> o <code>/pause 1 week</code>; sin tiempo, hasta /resume.
resume-summary = alertas otra vez
status-summary = cómo está todo
privacy-summary = qué se guarda de este chat
export-summary = todo lo guardado de este chat, en un archivo
export-more = Un archivo JSON; quien administra un Topicwire puede importar las suscripciones que contiene.
forget-summary = borrar todo lo de este chat
