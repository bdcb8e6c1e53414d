### The language of a chat.

language-now = Here I write in { $language }. Choose another:
language-chosen = From now on I write in { $language } here.
language-auto = From now on I go by the language of your app: { $language }.
language-unknown = I do not speak { $typed } yet. These I do:
settings-language = Language: { $language }
button-settings-language = Language
button-language-auto = As my app
language-summary = in which language I write here
language-arguments = [language]
