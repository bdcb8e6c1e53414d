### Lo que aparece en una tarjeta, la lleve el mensaje que la lleve.

just-now = ahora mismo
card-quality = calidad { $quality }
card-unrated = aún sin valorar
card-video = Vídeo
card-also = También lo publican
card-more = y { $count } más
card-second-look = Segunda mirada: esta noticia ha ganado peso
card-grown = { $outlets ->
    [one] Ahora un medio
   *[other] Ahora { $outlets } medios
}, { $first } cuando llegó
card-new-lead = Ahora encabeza esta noticia un artículo más fuerte

button-coverage = Cobertura
button-why = ¿Por qué?
button-follow = Seguir
button-unfollow = Dejar de seguir
button-mute = Silenciar
button-higher = Subir umbral
button-lower = Bajar umbral
