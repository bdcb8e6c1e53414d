### Resúmenes: muchas noticias en un mensaje.

## Encabezado

digest = <b>Tu resumen</b> · { $date }{ $parts ->
    [1] {""}
   *[other] {" "}({ $part } de { $parts })
}
digest-count = { $count ->
    [0] Nada nuevo, pero sí más sobre lo que ya sabes.
    [one] Esta vez solo una noticia.
    [2] Esta vez solo dos noticias.
   *[other] { $count } noticias sobre tus temas.
}
digest-now = <b>Tu resumen hasta ahora</b> · { $date }{ $parts ->
    [1] {""}
   *[other] {" "}({ $part } de { $parts })
}
digest-now-count = { $count ->
    [0] Nada nuevo, pero sí más sobre lo que ya sabes.
    [one] Una noticia que aún no se te había contado.
   *[other] { $count } noticias que aún no se te habían contado.
}
held-digest = <b>{ $count ->
        [one] Una noticia más
       *[other] { $count } noticias más
    } para ti</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } de { $parts })
    }
held-digest-count = { $count ->
    [one] Llegó tanto a la vez que esta quedó para después.
   *[other] Llegó tanto a la vez que estas esperan aquí juntas en lugar de una por una.
}
digest-late = Antes no pude enviar: esto recupera los días desde el { $date }.

digest-nothing = Nada nuevo: de lo que llegó a tus umbrales ya se te ha contado todo.
digest-nothing-but-held = { $count ->
    [one] Nada nuevo salvo una noticia que espera; llegará sola.
   *[other] Nada nuevo salvo { $count } noticias que esperan; llegarán solas.
}

## Grupos

digest-other = <b>Otros temas</b>
digest-known = <b>Más sobre lo que ya sabes</b>
digest-near = <b>Justo por debajo de tu umbral</b>
digest-outlets = { $count } medios
digest-rose = calidad { $before } → { $after }
digest-stronger = ahora la encabeza un artículo más fuerte
digest-joined = { $count ->
    [one] un medio más
   *[other] { $count } medios más
}
digest-changed = algo ha cambiado
digest-just-below = { $topic } · { $quality }
digest-more = { $count ->
    [one] Una noticia más llegó a tus umbrales.
   *[other] { $count } noticias más llegaron a tus umbrales.
}

button-digest-more = Ver más
button-lower-to = Bajar { $topic } a { $bar }
