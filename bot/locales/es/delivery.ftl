### Mensajes que llegan por su cuenta.

held-notice =
    <b>Ha actuado el control de avalanchas.</b>
    { $stories ->
        [one] Una noticia ha llegado
       *[other] { $stories } noticias han llegado
    } además de las alertas de una hora y se han juntado en resúmenes para { $chats ->
        [one] un chat
       *[other] { $chats } chats
    }. FLOOD_GUARD fija cuántas alertas por hora son demasiadas.
