### Lo que solo muestra Discord.

discord-news = Noticias
discord-forum-post = Todo lo de este día sobre { $subject }.
discord-channel-option = Otro canal de este servidor, en lugar de este
discord-no-channels = Eso es para servidores: aquí te escribo solo a ti.
