"""How notices travel to offices: a folder of JSON files, e-mail, a webhook. Each honours the idempotency key."""
