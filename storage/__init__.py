"""The database: tables, one module of queries per entity, migrations. SQLAlchemy never leaves it."""
