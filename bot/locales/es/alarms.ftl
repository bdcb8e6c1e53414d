### Lo que se dice a los administradores cuando algo los necesita. Los detalles están en la línea de órdenes y en el registro.

alarm-quiet =
    <b>No llegan artículos nuevos.</b> En la fuente { $name } no hay nada nuevo ni cambiado desde hace { $hours ->
        [one] una hora
       *[other] { $hours } horas
    }. Si no es lo habitual, mira si sus artículos siguen llegando a esta máquina.
    QUIET_ALARM_HOURS fija después de cuántas horas lo digo.
alarm-quiet-over = <b>Ya está bien otra vez:</b> vuelven a llegar artículos de la fuente { $name }.

alarm-source =
    <b>No se puede leer una fuente:</b> { $name }.
    { $reason }
    Lo que contenía sigue siendo conocido, y vuelvo a mirar todo el tiempo.
alarm-source-over = <b>Ya está bien otra vez:</b> la fuente { $name } se puede leer.

alarm-token =
    <b>No se puede enviar nada por { $name }.</b>
    { $reason }
    Lo pendiente se guarda. Pon el token correcto y arranca Topicwire de nuevo.
alarm-token-over = <b>Ya está bien otra vez:</b> se acepta el token de { $name }.

alarm-parked =
    <b>Muchos chats se han cerrado al bot:</b> { $count } en una hora, por el mismo motivo ({ $name }: { $closed }).
    Sus suscripciones se conservan y recibirán sus mensajes cuando se les pueda alcanzar otra vez. Si nadie lo quería, revisa la cuenta y los permisos del bot.
alarm-parked-over = <b>Ya está bien otra vez:</b> ya no se cierran chats en cantidad ({ $name }: { $closed }).

alarm-uncertain =
    <b>Puede que { $count ->
        [one] un mensaje no haya llegado
       *[other] { $count } mensajes no hayan llegado
    }</b> por { $name } en la última hora: la respuesta se perdió cada vez. No se intentan de nuevo.
    <code>topicwire deliveries</code> con la dirección del chat los muestra.
alarm-uncertain-over = <b>Ya está bien otra vez:</b> cada mensaje por { $name } recibe su respuesta.

alarm-rejected =
    <b>{ $name } ha rechazado { $count ->
        [one] un mensaje
       *[other] { $count } mensajes
    }</b> en la última hora. Es un fallo mío; por favor, comunícalo con las líneas <code>not sent</code> del registro.
alarm-rejected-over = <b>Ya está bien otra vez:</b> { $name } ya no rechaza mensajes.

alarm-reason-gone = Su carpeta no está. Vuelve a ponerla o corrige ARTICLES.
alarm-reason-refused = No puedo leer su carpeta. Dale permiso a la cuenta con la que funciona Topicwire.
alarm-reason-token-telegram = Telegram rechaza el token. Pon en TELEGRAM_TOKEN el que dio @BotFather; si se usa TELEGRAM_API_URL, debe ser la raíz de un servidor de Bot API.
alarm-reason-token-discord = Discord rechaza el token. Pon en DISCORD_TOKEN el que muestra el portal de desarrolladores en Bot; si se usa DISCORD_API_URL, debe llevar a la API de Discord.
alarm-reason-other = Los detalles están en el registro, en la línea que empieza por «alarm».
