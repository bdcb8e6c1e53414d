"""`python -m bot` is the same as `topicwire`."""

from bot.cli import main

main()
