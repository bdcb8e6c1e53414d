### Mensajes que llegan por su cuenta.

held-digest =
    <b>{ $count ->
        [one] Una noticia más
       *[other] { $count } noticias más
    } para ti</b>{ $parts ->
        [1] {""}
       *[other] {" "}({ $part } de { $parts })
    }
    Llegó tanto a la vez que estas esperan aquí juntas en lugar de una por una.
held-notice =
    <b>Ha actuado el control de avalanchas.</b>
    { $stories ->
        [one] Una noticia ha llegado
       *[other] { $stories } noticias han llegado
    } además de las alertas de una hora y se han juntado en resúmenes para { $chats ->
        [one] un chat
       *[other] { $chats } chats
    }. FLOOD_GUARD fija cuántas alertas por hora son demasiadas.
