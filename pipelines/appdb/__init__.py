"""The application's own state: what people and other systems tell it.

SQLite by default, PostgreSQL by URL; tables are made when they are missing. Webhooks'
inbox first; users and subscriptions come beside it. No warehouse data.
"""
