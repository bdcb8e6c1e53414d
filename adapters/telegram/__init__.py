"""Telegram by python-telegram-bot: run, translate, render; its errors become ours."""
