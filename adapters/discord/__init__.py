"""Discord by discord.py: run, translate, render; its errors become ours."""
