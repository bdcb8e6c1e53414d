### Por qué se contó un artículo, o por qué no: el veredicto en una frase y después cada puerta.

## Preguntar

why-usage = Aquí no ha llegado aún ninguna noticia. Pregunta por un artículo con su enlace o parte de su título: <code>/why moth app</code>.
why-of-digest = Lo último aquí fue tu resumen, { $when }. ¿Sobre cuál de sus noticias? Para otra, escribe /why con una parte de su título.
why-of-recap = Lo último aquí fue lo que llegó durante tus horas de silencio, { $when }. ¿Sobre cuál de sus noticias? Para otra, escribe /why con una parte de su título.
why-not-found = No tengo ningún artículo como { $wanted }. Prueba con el enlace completo o con menos palabras del título; también puede que no haya llegado todavía.
why-which = Encajan { $count } artículos. ¿Cuál?

## Veredictos

why-told-because = Te llegó el { $at } porque la calidad { $quality } alcanza tu umbral { $bar } en { $topic }.
why-told-any = Te llegó el { $at } porque recibes todas las noticias sobre { $topic }.
why-told-broadcast = Te llegó el { $at } porque la redacción lo envió a muchos a la vez, sea cual sea su umbral.
why-told-follow = Te llegó el { $at } porque sigues su noticia.
why-told = Te llegó el { $at }; con los umbrales de hoy no llegaría.
why-retracted = No te llegó porque quien lo publicó lo retiró.
why-draft = No te llegó porque todavía es un borrador.
why-waiting = Tiene fecha del { $at } y espera hasta entonces.
why-stale = No te llegó porque ya era viejo cuando entró aquí: se publicó { $ago }.
why-below = No te llegó porque la calidad { $quality } está por debajo de tu umbral { $bar } en { $topic }.
why-unrated = No te llegó porque aún no está valorado, y tu umbral en { $topic } es { $bar }.
why-no-topics = No te llegó porque no lleva ningún tema, así que ninguna suscripción puede encajar.
why-no-topic = No te llegó porque ninguno de sus temas está entre los tuyos: { $topics }.
why-nothing-followed = No te llegó porque este chat aún no sigue ningún tema.
why-digest-only = No es una alerta porque recibes { $topic } solo en el resumen.
why-before-you = Estaba aquí antes de que te suscribieras, y lo viejo nunca se envía después.
why-known = Ahora alcanza tu umbral, pero ya se conocía antes de que lo fijaras o mientras no se enviaba nada; lo viejo nunca se envía después.
why-banned = No te llegó porque este chat está bloqueado. Un administrador del bot puede levantarlo con { $order }.
why-uninvited = No te llegó porque este chat no está admitido. Un administrador del bot puede hacerlo con { $order }.
why-paused = No te llegó porque aquí las alertas están en pausa.
why-muted = No te llegó porque silenciaste esta noticia.
why-parked = No te llegó porque no se podía alcanzar este chat: { $reason }.
why-same-story = Ya tenías esta noticia: { $title }, el { $at } ({ $ago }).
why-weaker = No te llegó porque un artículo más fuerte encabeza la misma noticia: { $title } ({ $quality }).

## Puertas

gate-readable = Legible: se puede leer y enviar.
gate-retracted = Legible: quien lo publicó lo retiró o lo borró.
gate-draft = Legible: es un borrador (published: false).
gate-fresh = Reciente: publicado { $ago }; el límite son { $hours } horas.
gate-any-age = Reciente: publicado { $ago }; no hay límite de antigüedad.
gate-stale = Reciente: publicado { $ago }; tenía más de { $hours } horas cuando llegó.
gate-waiting = Reciente: tiene fecha del { $at }, que aún no ha llegado.
gate-clears = Sobre tu umbral: calidad { $quality }, tu umbral { $bar } en { $topic }.
gate-any = Sobre tu umbral: recibes todas las noticias sobre { $topic }.
gate-below = Sobre tu umbral: calidad { $quality }, tu umbral { $bar } en { $topic }.
gate-unrated = Sobre tu umbral: aún sin valorar, tu umbral { $bar } en { $topic }.
gate-no-topics = Sobre tu umbral: no lleva ningún tema.
gate-no-topic = Sobre tu umbral: ninguno de sus temas es tuyo ({ $topics }).
gate-nothing-followed = Sobre tu umbral: este chat no sigue temas; trata de { $topics }.
gate-digest-only = Sobre tu umbral: { $topic } va solo a tu resumen.
gate-before-you = Nuevo sobre tu umbral: llegó { $ago }, antes de que te suscribieras a { $topic }.
gate-known = Nuevo sobre tu umbral: llegó { $ago }, y desde entonces no hubo nada nuevo en él.
gate-quiet = Sin retener: las alertas están activas y no silenciaste esta noticia.
gate-quiet-then = Sin retener: nada se interpuso.
gate-banned = Sin retener: este chat está bloqueado; un administrador del bot puede levantarlo con { $order }.
gate-uninvited = Sin retener: este chat no está admitido; un administrador del bot puede hacerlo con { $order }.
gate-paused = Sin retener: aquí las alertas están en pausa.
gate-muted = Sin retener: silenciaste esta noticia.
gate-parked = Sin retener: no se podía alcanzar este chat ({ $reason }).
gate-untold = Nuevo para ti: no se te había contado esta noticia.
gate-told = Nuevo para ti: contado { $ago }, con este artículo.
gate-same-story = Nuevo para ti: la misma noticia que { $title }, contada { $ago }.
gate-alone = Primero el más fuerte: ningún otro artículo cuenta esta noticia.
gate-strongest = { $count ->
    [one] Primero el más fuerte: va por delante de otro artículo sobre esta noticia.
   *[other] Primero el más fuerte: va por delante de otros { $count } artículos sobre esta noticia.
}
gate-weaker = Primero el más fuerte: { $title } ({ $quality }) encabeza esta noticia.
gate-guard = Control de avalanchas: no hace falta para un artículo; demasiados en una hora llegan en un solo resumen.

## Lo que lo cambiaría

fix-lower = { $bar ->
    [0] Recibir todo sobre { $topic }
   *[other] Bajar el umbral de { $topic } a { $bar }
}
fix-alerts = { $bar ->
    [0] Alertas de todo sobre { $topic }
   *[other] Alertas de { $topic } desde { $bar }
}
fix-subscribe = { $bar ->
    [0] Seguir todo sobre { $topic }
   *[other] Seguir { $topic } desde { $bar }
}

## Medios, palabras y lo que cambiaría algo en ellos

why-told-outlets = Te llegó el { $at } porque { $outlets } medios publican la noticia, y en { $topic } esperas a { $bar }.
why-few-outlets = No te llegó porque en { $topic } esperas a { $bar } medios independientes, y { $outlets ->
    [one] lo publica uno
   *[other] lo publican { $outlets }
}.
why-exclude = No te llegó porque contiene «{ $entry }», que excluiste.
why-require = No te llegó porque no contiene «{ $entry }», que pides.
why-require-any = No te llegó porque no contiene ninguna de las palabras que pides.
why-muted-outlet = No te llegó porque silenciaste el medio { $entry }.
gate-outlets = Sobre tu umbral: { $outlets ->
    [one] un medio publica
   *[other] { $outlets } medios publican
} la noticia, y en { $topic } esperas a { $bar }.
gate-few-outlets = Sobre tu umbral: { $outlets ->
    [one] un medio publica
   *[other] { $outlets } medios publican
} la noticia, y en { $topic } esperas a { $bar }.
gate-exclude = Sin retener: contiene «{ $entry }», que excluiste.
gate-require = Sin retener: no contiene «{ $entry }», que pides.
gate-require-any = Sin retener: no contiene ninguna de las palabras que pides.
gate-muted-outlet = Sin retener: silenciaste el medio { $entry }.
fix-outlets = { $outlets ->
    [one] No esperar a otro medio en { $topic }
   *[other] Esperar a { $outlets } medios en { $topic }
}
fix-exclude = Dejar pasar «{ $entry }»
fix-require = No pedir palabras
fix-outlet = Volver a oír de { $entry }

## El resumen y lo que está en camino

why-told-digest = { $digest ->
    [0] Te llegó el { $at } porque recibes todas las noticias sobre { $topic } en tu resumen.
   *[other] Te llegó el { $at } porque la calidad { $quality } alcanza el umbral { $digest } de tu resumen en { $topic }.
}
why-digest = No es una alerta porque la calidad { $quality } está por debajo de tu umbral { $bar } en { $topic }; desde { $digest } va a tu resumen.
why-below-digest = No te llegó porque la calidad { $quality } está por debajo del umbral { $bar } de tu resumen en { $topic }.
why-held = Aún no lo tienes: tus horas de silencio lo retienen hasta el { $at }, y llega con lo demás de esas horas.
why-flood = Aún no lo tienes: llegó tanto a la vez que viene con el resto en un solo mensaje cuando acabe la hora.
why-owed = Aún no lo tienes: está en camino.
gate-digest = Sobre tu umbral: calidad { $quality }; tu umbral en { $topic } es { $bar } para alertas y { $digest } para el resumen.
gate-below-digest = Sobre tu umbral: calidad { $quality }, tu umbral { $bar } en { $topic }, solo para el resumen.
gate-held = Sin retener: tus horas de silencio lo retienen hasta el { $at }.
gate-owed = Nuevo para ti: pendiente desde { $ago }, y aún sin enviar.
gate-flood = Control de avalanchas: llegaron demasiados en una hora; viene con el resto en un solo mensaje.

## Quién más podría cambiarlo

who-retracted = Solo quien lo publicó puede devolverlo.
who-draft = Solo quien lo publica puede cambiarlo: cuando esté publicado llegará, si entonces aún es noticia.
who-stale = Nada de aquí lo cambia: quien me administra eligió no enviar noticias de más de { $hours } horas. /latest las muestra.
who-no-topics = Solo quien lo publicó puede darle un tema.
who-old = Para lo próximo no hay que cambiar nada; /latest muestra lo que hay ahora.
fix-weighed = Con ello { $topic } trae { $volume }, según lo que llegó últimamente.
fix-weighed-now = Con ello { $topic } trae { $volume } en lugar de { $now }, según lo que llegó últimamente.
fix-follow = Seguir esta noticia
