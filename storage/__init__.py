"""Where the house keeps what it knows: tables, units of work, the event ledger, raw objects, seals.

Here: the only SQLAlchemy, boto3 and cryptography of the project. Not here: any rule about complaints (nistaran/domain).
"""
