### The demo's two buttons on the chat page.

demo-subscribe-first = This chat follows nothing yet. Type <code>/subscribe computer-vision</code> first, then press again.
demo-paused = This chat is paused, so nothing is sent to it. Type <code>/resume</code> first.
demo-none-left = Every sample that fits your topics is out. Subscribe to another topic, or restart the demo after deleting its <code>data</code> folder.
demo-on-its-way = Published “{ $title }” on { $topic } with quality { $quality }. It is on its way to you.
demo-not-for-you = Published “{ $title }” on { $topic } with quality { $quality }. It will not come to you.
demo-why-not = Why not?
