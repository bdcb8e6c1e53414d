### Las páginas de /settings, los filtros y las noticias que se siguen.

## La página principal

settings = <b>Ajustes</b> de este chat
settings-topics = { $count ->
    [0] Temas: aún ninguno
    [one] Temas: uno
   *[other] Temas: { $count }
}
settings-form = Las alertas se ven así: { $form }
form-compact = una línea
form-card = una tarjeta
form-picture = una tarjeta, con la imagen primero
settings-loud = Sonido: activado
settings-silent = Sonido: desactivado, los mensajes llegan en silencio
settings-living = Las alertas cambian donde están cuando crece su noticia
settings-still = Las alertas se quedan como se enviaron
button-living = Tarjetas vivas
button-still = Tarjetas fijas
settings-awake = Alertas: activas
settings-snoozed = Alertas: en pausa
settings-stories = { $followed ->
    [one] Noticias: 1 seguida
   *[other] Noticias: { $followed } seguidas
}{ $muted ->
    [one] , 1 silenciada
   *[other] , { $muted } silenciadas
}
settings-digest = Resumen: { $days } a las { $time }
settings-digest-none = Resumen: ninguno
settings-quiet-hold = Horas de silencio: { $start }–{ $end }, las alertas esperan y llegan juntas
settings-quiet-silent = Horas de silencio: { $start }–{ $end }, las alertas llegan sin sonido
settings-quiet-bar = Horas de silencio: { $start }–{ $end }, solo pasan las alertas desde { $bar }
settings-quiet-none = Horas de silencio: ninguna
settings-zone = Zona horaria: { $zone }, donde son las { $time }

button-form-compact = Una línea
button-form-compact-on = ✓ Una línea
button-form-card = Tarjeta
button-form-card-on = ✓ Tarjeta
button-form-picture = Imagen
button-form-picture-on = ✓ Imagen
button-loud = Con sonido
button-silent = Sin sonido
button-settings = ‹ Ajustes
button-settings-topics = Temas
button-settings-words = Palabras, medios
button-settings-stories = Noticias
button-settings-snooze = Pausa
button-settings-digest = Resumen
button-settings-quiet = Silencio
button-settings-timezone = Zona horaria

## Temas

settings-topics-page = { $pages ->
    [1] <b>Tus temas</b> ({ $count }). Elige uno para ajustarlo:
   *[other] <b>Tus temas</b> ({ $count }, página { $page } de { $pages }). Elige uno para ajustarlo:
}
settings-topics-none = Ninguno de tus temas se parece a «{ $text }».
settings-topic = { $topic }: { $bars }.
settings-topic-silent = { $topic }: ninguna alerta por calidad, y tampoco en el resumen.
settings-topic-no-digest = Pero aquí no llega ningún resumen: <code>/digest 08:00</code> lo activa.
settings-outlets = También, sea cual sea su calidad, en cuanto { $count } medios independientes publiquen una noticia.
settings-outlets-none = Los medios no se cuentan, solo decide la calidad.
outlets-short = o { $count } medios
filtered-short = filtrado
silent-short = nada por calidad
button-alerts = Alertas: no
button-alerts-on = ✓ Alertas
button-in-digest = Resumen: no
button-in-digest-on = ✓ Resumen
button-outlets = O { $count } medios
button-outlets-off = Solo calidad
button-unsubscribe = Dejar de seguir
button-back-topic = ‹ Tema

## Palabras y medios

settings-words = <b>Palabras y medios</b>, para todos los temas
settings-words-of = <b>Palabras y medios</b> para { $topic }
settings-words-none = No se filtran palabras ni medios.
settings-words-hint =
    Escribe lo que no quieres con un menos y lo que debe aparecer con un más:
    { $words }
    { $outlet }
filter-require = Solo con: { $entries }
filter-exclude = Nunca con: { $entries }
filter-muted = Nunca de: { $entries }
filter-preferred = Primero: { $entries }
button-drop-require = ✕ +{ $entry }
button-drop-exclude = ✕ −{ $entry }
button-drop-muted = ✕ −{ $entry }
button-drop-preferred = ✕ { $entry }
filter-now = A partir de ahora, en todos los temas:
filter-now-of = A partir de ahora, en { $topic }:
filter-dropped = Las noticias ya no se filtran por { $entries }.
filter-refused = No puedo buscar { $word }. Da una palabra o una frase, o una expresión como <code>/layoffs?/</code>, de 100 caracteres como mucho, sin mirar alrededor ni referencias hacia atrás.
filter-too-many = Un filtro admite { $most } palabras y medios de cada clase. /settings los muestra; quita antes alguno.
filter-unclear = No entiendo { $part }. Por ejemplo <code>/filter -crypto</code>, o para un solo tema <code>/filter ai: -crypto</code>.
filter-outlets-unclear = ¿Cuántos medios? De 2 a { $most }, como en <code>/filter ai: outlets:3</code>, o <code>outlets:off</code>.
filter-preferred-everywhere = Los medios se prefieren en todos los temas: <code>/filter from:outlet.com</code>, sin tema.
waits-for = { $count ->
    [0] { $topic }: ya no se cuentan los medios, solo decide la calidad.
   *[other] { $topic }: una noticia llega también en cuanto la publican { $count } medios independientes.
}

## Noticias

followed = Sigues { $title }. Llega cada artículo nuevo sobre ello, sean cuales sean tus umbrales, hasta que pasen { $days } días en calma.
unfollowed = Ya no sigues la noticia.
follows-too-many = Este chat sigue { $most } noticias, que es el máximo. /settings las muestra.
stories-none = Aquí no se sigue ni se silencia ninguna noticia. Lo hacen los botones bajo una alerta.
stories = <b>Noticias</b>: { $followed ->
    [one] 1 seguida
   *[other] { $followed } seguidas
}{ $muted ->
    [one] , 1 silenciada
   *[other] , { $muted } silenciadas
}{ $pages ->
    [1] {""}
   *[other] {" "}(página { $page } de { $pages })
}
stories-unfollow = Seguida: { $title }
stories-unmute = Silenciada: { $title }
story-gone = una noticia que ya no se conserva
button-story-unfollow = No seguir: { $title }
button-story-unmute = No silenciar: { $title }
toast-followed = La sigues
toast-unfollowed = Ya no la sigues

## Pausa

snooze = ¿Por cuánto tiempo pausar las alertas? No se guarda nada para después.
snoozed = Las alertas están en pausa hasta que las reanudes.
snoozed-until = Las alertas están en pausa hasta el { $until }.
button-snooze-1h = 1 hora
button-snooze-8h = 8 horas
button-snooze-tomorrow = Hasta mañana
button-snooze-ever = Hasta reanudar

## Primer contacto

begin-bar = { $topic }: ¿cuánto quieres? La calidad dice lo fuerte que es una noticia.
begin-way = { $bar ->
    [0] { $topic }, todas las noticias: ¿cómo han de llegar?
   *[other] { $topic }, desde { $bar }: ¿cómo ha de llegar?
}
button-bar-any = Todo
button-bar-good = Buenas: { $bar }+
button-bar-top = Mejores: { $bar }+
button-way-1 = Alertas al momento
button-way-2 = Resumen diario
button-way-3 = Las dos cosas
button-other-bar = ‹ Otro umbral
button-other-topics = ‹ Otros temas
button-more-topics = Más temas
button-settings-all = Ajustes
button-tune = Ajustar

## Menú y /help

settings-summary = cómo y qué recibe este chat
filter-summary = palabras y medios que quieres o no quieres
filter-arguments = [tema:] [-palabra] [+palabra] [-from:medio]
filter-more =
    Un menos aparta las noticias con una palabra, un más la exige; las comas separan frases, un asterisco vale por cualquier terminación y /una expresión/ es una expresión regular. Sin tema vale para todos.
    <code>/filter -crypto, -layoff*</code> nunca con estas
    <code>/filter ai: +chips</code> sobre AI solo con esta
    <code>/filter -from:outlet.com</code> nunca de este medio, <code>/filter from:outlet.com</code> nombrado primero
    <code>/filter ai: outlets:3</code> también en cuanto tres medios publiquen una noticia
    <code>/filter off</code> ningún filtro más
