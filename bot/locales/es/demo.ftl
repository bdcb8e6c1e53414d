### Los dos botones de la demostración en la página de chat.

demo-subscribe-first = Este chat aún no sigue nada. Escribe primero <code>/subscribe computer-vision</code> y pulsa otra vez.
demo-paused = Este chat está en pausa, así que no se le envía nada. Escribe primero <code>/resume</code>.
demo-none-left = Ya han salido todas las muestras que encajan con tus temas. Suscríbete a otro tema, o borra la carpeta <code>data</code> de la demostración y arráncala de nuevo.
demo-on-its-way = Publicado «{ $title }» sobre { $topic } con calidad { $quality }. Va de camino hacia ti.
demo-not-for-you = Publicado «{ $title }» sobre { $topic } con calidad { $quality }. No te llegará.
demo-why-not = ¿Por qué no?
