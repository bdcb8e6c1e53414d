### El idioma de un chat.

language-now = Aquí escribo en { $language }. Elige otro idioma:
language-chosen = A partir de ahora escribo aquí en { $language }.
language-auto = A partir de ahora sigo el idioma de tu aplicación: { $language }.
language-unknown = Todavía no hablo { $typed }. Estos idiomas sí:
settings-language = Idioma: { $language }
button-settings-language = Idioma
button-language-auto = Como mi aplicación
language-summary = en qué idioma escribo aquí
language-arguments = [idioma]
