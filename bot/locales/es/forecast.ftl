### Cuánto llega con qué umbral: previsiones, y repeticiones de lo que llegó.

## Previsiones

forecast-month = Cuántas noticias son, según los últimos 30 días:
forecast-seen = Cuántas noticias son, según lo que he visto hasta ahora ({ $span }):
forecast-line = { $bar ->
    [0] todo: { $volume }
   *[other] { $bar }: { $volume }
}
forecast-line-own = <b>{ $bar ->
    [0] todo: { $volume }
   *[other] { $bar }: { $volume }
}</b> ← tu umbral
forecast-outlets = Incluye las noticias que publican { $count } medios, sea cual sea su calidad.
forecast-unfiltered = No se tienen en cuenta tus palabras ni tus medios silenciados; /simulate cuenta lo que retienen.
forecast-above = Justo por encima de { $bar }: { $title } ({ $quality })
forecast-below = Justo por debajo de { $bar }: { $title } ({ $quality })
forecast-one = Es decir, { $volume }.
volume-day = { $number ->
    [one] una al día
   *[other] unas { $number } al día
}
volume-week = { $number ->
    [one] una por semana
   *[other] unas { $number } por semana
}
volume-month = { $number ->
    [one] una al mes
   *[other] unas { $number } al mes
}
volume-span = { $number ->
    [0] ninguna en { $span }
    [one] una en { $span }
   *[other] { $number } en { $span }
}
volume-short-day = { $number }/día
volume-short-week = { $number }/sem.
volume-short-month = { $number }/mes
volume-short-span = { $number ->
    [0] ninguna
   *[other] { $number } en { $span }
}
button-choice = { $bar ->
    [0] Todo · { $volume }
   *[other] { $bar } · { $volume }
}

## Repeticiones

simulate-usage = ¿Qué tema repito? Por ejemplo <code>/simulate { $topic } 80 30d</code>: desde 80, durante 30 días.
simulate-usage-none = ¿Qué tema repito? /topics muestra lo que hay.
simulate-days = Repito de 1 a { $most } días, por ejemplo <code>/simulate { $topic } 80 30d</code>.
simulate = <b>{ $topic }</b>, { $bar ->
    [0] todas las noticias
   *[other] desde { $bar }
}, { $days ->
    [one] el último día
   *[other] los últimos { $days } días
}: { $count ->
    [0] ninguna noticia.
    [one] una noticia.
   *[other] { $count } noticias.
}
simulate-outlets = { $count ->
    [one] Una de ellas está por debajo de { $bar } y llegó porque la publican { $outlets } medios.
   *[other] { $count } de ellas están por debajo de { $bar } y llegaron porque las publican { $outlets } medios.
}
simulate-since = La primera noticia que tengo sobre { $topic } es del { $date }.
simulate-nothing = No he visto nada sobre { $topic } en los últimos { $days } días, así que no hay nada que repetir.
simulate-top = Lo más fuerte:
simulate-hit = { $title } ({ $quality })
simulate-held = No habría llegado por sí solo:
simulate-below = { $count ->
    [one] una noticia por debajo de { $bar }
   *[other] { $count } noticias por debajo de { $bar }
}
simulate-repeated = { $count ->
    [one] un artículo que cuenta otra vez una noticia
   *[other] { $count } artículos que cuentan otra vez una noticia
}
simulate-stale = { $count ->
    [one] uno que ya era viejo cuando llegó
   *[other] { $count } que ya eran viejos cuando llegaron
}
simulate-unsendable = { $count ->
    [one] un borrador, o retirado por quien lo publicó
   *[other] { $count } borradores, o retirados por quien los publicó
}
simulate-muted = { $count ->
    [one] una noticia que silenciaste
   *[other] { $count } noticias que silenciaste
}
simulate-filtered = { $count ->
    [one] una por tus palabras y medios
   *[other] { $count } por tus palabras y medios
}
simulate-quiet = { $count ->
    [one] una que habría esperado al final de tus horas de silencio
   *[other] { $count } que habrían esperado al final de tus horas de silencio
}
button-simulate = Repetir
button-use-bar = { $bar ->
    [0] Recibir todo
   *[other] Usar umbral { $bar }
}
button-days = { $days } días

## Menú y /help

simulate-summary = lo que un umbral habría traído últimamente
simulate-arguments = <tema> [umbral] [días]
simulate-more = Repite lo que llegó: cuánto al día, lo más fuerte, y lo que no habría llegado. Por ejemplo <code>/simulate computer vision 80</code>, o del último mes <code>/simulate ai 80 30d</code>; 90 días como mucho.
