### The chat page: what stands around the messages.

web-tagline = Topic alerts, with what others say
web-skip = Skip to the message box
web-log = Conversation
web-live = Live
web-connecting = Connecting…
web-reconnecting = Reconnecting…
web-commands = Commands
web-menu = Commands you can type
web-say = Message
web-placeholder = Type / for commands
web-send = Send
web-new = { $count } new
web-today = Today
web-yesterday = Yesterday
web-you = You:
web-bot = Topicwire:
web-no-script = This page needs JavaScript to send and receive messages.

web-welcome = Follow a topic, skip the rest
web-welcome-text = Subscribe to what you care about. When news on it is strong enough, it arrives here, once, with who else covers it.
web-try = Try one of these

web-demo = Demo
web-publish-wanted = Publish one you would get
web-publish-unwanted = Publish one you would not get

web-download = Download
web-handed-over = Downloaded
web-unshowable = This message was written by another version and cannot be shown.

web-unsent = Not sent: the connection is gone. Your text is still in the box.
web-not-pressed = The connection is gone. Try again in a moment.
web-too-fast = That was a lot at once. Give me a few seconds.
web-too-long = That message is too long.
web-too-many = This chat is open in too many tabs. Close one, then this one goes live.
web-failed = Something went wrong on this side. It has been logged; please try again.
web-storage = I cannot reach my memory right now. Try again in a minute.
web-refused = That request was not understood.
web-name = A name has up to 64 letters, digits, - and _.
web-other-host = This address does not lead to the chat page.
web-other-site = Requests from other sites are refused.
web-no-chat = Open the chat page first.
web-gone = That file was handed over already, or has expired. Ask for it again with /export.

web-password = Password
web-enter = Open the chat
web-wrong-password = That is not the password.
web-locked = Too many wrong passwords. Try again in 15 minutes.
web-picture = Picture
