### Por qué no se puede escribir a un chat: los motivos de las plataformas, tal como se guardan, en palabras.

closed-otherwise = la plataforma no dijo por qué
closed-blocked-by-the-user = allí bloquearon al bot
closed-removed-from-the-chat = quitaron al bot del chat
closed-removed-from-the-channel = quitaron al bot del canal
closed-removed-from-the-server = quitaron al bot del servidor
closed-no-right-to-write = el bot no tiene permiso para escribir allí
closed-the-account-is-deleted = la cuenta está borrada
closed-the-chat-is-deleted = el chat está borrado
closed-the-channel-is-deleted = el canal está borrado
closed-the-topic-is-closed = el tema está cerrado
closed-the-topic-is-deleted = el tema está borrado
closed-the-thread-is-archived = el hilo está archivado
closed-the-thread-is-locked = el hilo está bloqueado
closed-the-webhook-is-deleted = el webhook está borrado
closed-chat-not-found = no existe ese chat
closed-no-such-person = no existe esa persona
closed-never-started = allí nunca se inició el bot
closed-a-bot = es un bot
closed-closed-to-the-bot = está cerrado para el bot
closed-no-server-in-common = no hay ningún servidor en común
closed-not-a-channel-for-messages = no es un canal para mensajes
closed-not-a-channel-id = no es un canal
closed-the-person-takes-no-messages-from-the-bot = la persona no acepta mensajes del bot
closed-the-forum-wants-a-tag-on-every-post-and-has-none-to-give = el foro exige una etiqueta en cada publicación y no tiene ninguna
closed-stopped-by-the-server-s-moderation-rules = lo impidieron las reglas de moderación del servidor
