### Resúmenes a su hora, horas de silencio, zonas horarias.

## El tiempo en palabras

time-yours = tu hora
time-of = hora de { $place }
coming-today = hoy, { $day }, { $time } ({ $whose })
coming-tomorrow = mañana, { $day }, { $time } ({ $whose })
coming-later = { $day }, { $time } ({ $whose })
days-all = todos los días
days-work = de lunes a viernes
days-weekend = los fines de semana
days-one = cada { $day }
days-some = los días { $days }
time-impossible = { $text } no es una hora del día. Escríbela como 08:00 o 6:30pm, por ejemplo <code>{ $example }</code>.

## El resumen

digest-none = Aquí no llega ningún resumen. Reúne en un mensaje al día lo que llegó a tus umbrales: elige una hora o escribe, por ejemplo, <code>/digest 08:00</code>, <code>/digest lun,jue 7:30</code> o <code>/digest semanal domingo 18:00</code>.
digest-set = El resumen llega <b>{ $days } a las { $time }</b>.
digest-next = El próximo resumen: { $when }.
digest-off = A partir de ahora no hay resumen. Lo que va en él queda anotado en tus temas; una hora lo activa de nuevo.
digest-withdrawn = El resumen que ya estaba en camino se retira. Lo que llevaba no se pierde: /digest now lo muestra.
digest-was-off = Aquí no hay resumen. Una hora lo activa, por ejemplo <code>/digest 08:00</code>.
digest-unclear = No entiendo { $text }. Escribe una hora, y los días si no ha de ser a diario: <code>/digest 08:00</code>, <code>/digest 08:00 entre semana</code>, <code>/digest lun,jue 7:30</code>, <code>/digest semanal domingo 18:00</code>; o <code>/digest off</code>.
digest-left-out = El { $day } no hay: su hora ya pasó. /digest now muestra lo que habría tenido.
digest-left-out-some = No hay ninguno del { $first } al { $last }: sus horas ya pasaron. El próximo trae lo que llegó entretanto, y /digest now lo muestra.
digest-had = El del { $day } ya te llegó; ninguna fecha tiene dos.
digest-paused = Pero este chat está en pausa, y un día en pausa no tiene resumen; /resume lo activa todo de nuevo.
digest-topics = { $all ->
    [one] Tu tema va en él.
   *[other] { $count ->
        [one] Uno de tus { $all } temas va en él.
       *[other] { $count } de tus { $all } temas van en él.
    }
}
digest-no-topic = Aún no va ninguno de tus temas en él: lo que llega a sus umbrales viene al momento, como alerta. También puedes tenerlo todo en el resumen, o las dos cosas; o elegir tema por tema: <code>/subscribe ai 80 digest 60</code>.
digest-all-only = { $count ->
    [one] Tu tema llega ahora solo en el resumen.
   *[other] Tus { $count } temas llegan ahora solo en el resumen.
} Sin alertas entretanto.
digest-all-both = { $count ->
    [one] Tu tema va ahora en el resumen, y las alertas llegan como antes.
   *[other] Tus { $count } temas van ahora en el resumen, y las alertas llegan como antes.
}
digest-all-alerts = { $count ->
    [one] Tu tema llega como alertas y no en el resumen.
   *[other] Tus { $count } temas llegan como alertas y no en el resumen.
}

## Zonas horarias

timezone-now = Aquí las horas son las de <b>{ $zone }</b>{ $key }, donde son las { $time } del { $day }.
timezone-set = Ahora las horas son aquí las de <b>{ $zone }</b>{ $key }, donde son las { $time } del { $day }.
timezone-hint = Para otra zona, nombra una ciudad, un país, una abreviatura o una diferencia: <code>/timezone Berlin</code>, <code>/timezone PST</code>, <code>/timezone +5:30</code>.
timezone-which = { $text } puede ser varias. ¿Cuál es la tuya?
timezone-near = No conozco { $text }. ¿Querías decir:
timezone-unknown = No conozco ningún lugar llamado { $text }. Nombra una ciudad grande cercana, por ejemplo <code>/timezone Berlin</code>, o la diferencia con UTC: <code>/timezone +5:30</code>.
timezone-no-offset = Ningún reloj del mundo difiere de UTC en { $text }. Nombra mejor una ciudad: <code>/timezone Berlin</code>.
timezone-fixed = Una diferencia a secas no conoce el horario de verano. Si tus relojes cambian, elige tu lugar:

## Horas de silencio

quiet-none = Aquí no hay horas de silencio. Elige unas o escribe, por ejemplo, <code>/quiet 22:00-07:00</code>: las alertas esperan y llegan por la mañana en un solo mensaje. Con <code>silent</code> llegan sin sonido; con <code>bar 90</code> solo pasan las de 90 o más.
quiet-hold = Horas de silencio <b>{ $start }–{ $end }</b>: las alertas esperan y llegan juntas cuando terminan.
quiet-silent = Horas de silencio <b>{ $start }–{ $end }</b>: las alertas llegan sin sonido.
quiet-bar = Horas de silencio <b>{ $start }–{ $end }</b>: pasan las alertas con calidad { $bar } o más; las demás esperan y llegan juntas.
quiet-clock = Según el reloj de { $zone }.
quiet-running = Ahora están en marcha, hasta { $until }.
quiet-held = { $count ->
    [one] Espera una noticia.
   *[other] Esperan { $count } noticias.
}
quiet-off = A partir de ahora no hay horas de silencio.
quiet-was-off = Aquí no hay horas de silencio. Por ejemplo, <code>/quiet 22:00-07:00</code> las inicia.
quiet-unclear = No entiendo { $text }. Escribe desde cuándo hasta cuándo, por ejemplo <code>/quiet 22:00-07:00</code>; después, si quieres, <code>silent</code> o <code>bar 90</code>. <code>/quiet off</code> las termina.
quiet-released = { $count ->
    [one] La noticia que esperaba llega ahora.
   *[other] Las { $count } noticias que esperaban llegan ahora, en un solo mensaje.
}

recap = <b>{ $count ->
        [one] Una noticia
       *[other] { $count } noticias
    } de tus horas de silencio</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } de { $parts })
    }
recap-count = Lo que llegó durante el silencio, juzgado una vez más.

## Botones

button-digest-now = Ver ahora
button-digest-off = Sin resumen
button-digest-only = Todo al resumen
button-digest-both = Las dos cosas
button-timezone = Zona horaria
button-quiet-hold = Guardar
button-quiet-silent = Sin sonido
button-quiet-bar = Solo desde { $bar }
button-quiet-off = Sin silencio

## Menú y /help

digest-summary = cuándo llega tu resumen
digest-arguments = [HH:MM [días]|off|now]
digest-details =
    <code>/digest 08:00</code> todos los días
    <code>/digest 08:00 entre semana</code>, <code>/digest lun,jue 7:30</code>, <code>/digest semanal domingo 18:00</code>
    <code>/digest now</code> al momento, <code>/digest off</code> ninguno más
    Lo que va en él se elige con cada tema: <code>/subscribe ai digest 60</code>.
timezone-summary = con qué reloj va este chat
timezone-arguments = [lugar o zona]
timezone-more = Una ciudad, un país, una abreviatura o una diferencia con UTC: <code>/timezone Berlin</code>, <code>/timezone PST</code>, <code>/timezone +5:30</code>.
quiet-summary = horas sin alertas
quiet-arguments = [HH:MM-HH:MM [silent|bar N]|off]
quiet-more =
    <code>/quiet 22:00-07:00</code> las alertas esperan y llegan juntas
    <code>/quiet 22:00-07:00 silent</code> llegan sin sonido
    <code>/quiet 22:00-07:00 bar 90</code> solo pasan las de 90 o más
    Un resumen que toca entretanto llega, sin sonido.
