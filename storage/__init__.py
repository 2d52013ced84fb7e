"""Tables, engine, queries by noun, migrations. Knows nothing of chat or analysis."""
