### La página de chat: lo que rodea a los mensajes.

web-tagline = Alertas por temas, con lo que dicen otros
web-skip = Ir al cuadro de mensaje
web-log = Conversación
web-live = En vivo
web-connecting = Conectando…
web-reconnecting = Reconectando…
web-commands = Órdenes
web-menu = Órdenes que puedes escribir
web-say = Mensaje
web-placeholder = Escribe / para ver las órdenes
web-send = Enviar
web-new = Nuevos: { $count }
web-today = Hoy
web-yesterday = Ayer
web-you = Tú:
web-bot = Topicwire:
web-no-script = Esta página necesita JavaScript para enviar y recibir mensajes.

web-welcome = Sigue un tema y olvida el resto
web-welcome-text = Suscríbete a lo que te importa. Cuando una noticia tenga suficiente peso, llegará aquí, una sola vez, con quién más la publica.
web-try = Prueba con una de estas

web-demo = Demostración
web-publish-wanted = Publicar una que te llegaría
web-publish-unwanted = Publicar una que no te llegaría

web-download = Descargar
web-handed-over = Descargado
web-unshowable = Este mensaje lo escribió otra versión y no se puede mostrar.

web-unsent = No enviado: se ha perdido la conexión. Tu texto sigue en el cuadro.
web-not-pressed = Se ha perdido la conexión. Prueba de nuevo en un momento.
web-too-fast = Eso ha sido mucho de golpe. Dame unos segundos.
web-too-long = Ese mensaje es demasiado largo.
web-too-many = Este chat está abierto en demasiadas pestañas. Cierra una y esta se pondrá en vivo.
web-failed = Algo ha fallado de este lado. Ha quedado registrado; prueba de nuevo, por favor.
web-storage = Ahora mismo no llego a mi memoria. Prueba de nuevo dentro de un minuto.
web-refused = No se ha entendido esa petición.
web-name = Un nombre tiene como mucho 64 letras, cifras, - y _.
web-other-host = Esta dirección no lleva a la página de chat.
web-other-site = Se rechazan las peticiones de otros sitios.
web-no-chat = Abre primero la página de chat.
web-gone = Ese archivo ya se entregó o ha caducado. Pídelo otra vez con /export.

web-password = Contraseña
web-enter = Abrir el chat
web-wrong-password = Esa no es la contraseña.
web-locked = Demasiadas contraseñas erróneas. Prueba de nuevo dentro de 15 minutos.
web-picture = Imagen
