"""The web: Gradio chat, source pages and JSON API in one FastAPI server.

`server.create_app` puts the parts together. Gradio is imported by `chat` only, and `chat` only
inside `create_app`.
"""
