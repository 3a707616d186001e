"""The one door to the query engine: the only module that imports duckdb.

A warehouse is two functions, ``register`` a table and ``run`` a SELECT, so that another engine that reads Parquet can
take its place. It lives in memory, reads no file by itself and is closed to the network; each query has its own
cursor, since one connection shared by threads returns silently empty results.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa


class QueryFailed(Exception):
    """A query that could not run; names the file or table it was for, never a value."""


class Warehouse:
    """Named tables and the queries over them."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "enable_external_access": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "threads": "2",
            },
        )
        self._connection.execute("set lock_configuration = true")

    def register(self, name: str, table: pa.Table) -> None:
        """Makes ``table`` known as ``name`` ("schema.table" or "table"), replacing one of that name."""
        cursor = self._connection.cursor()
        schema, _, _ = name.rpartition(".")
        if schema:
            cursor.execute(f"create schema if not exists {schema}")
        cursor.register("arriving", table)
        cursor.execute(f"create or replace table {name} as select * from arriving")
        cursor.unregister("arriving")

    def define(self, functions: str) -> None:
        """Adds scalar functions written in SQL, for use in staging alone."""
        self._connection.cursor().execute(functions)

    def run(self, sql: str, parameters: Mapping[str, Any] | None = None, *, name: str = "query") -> pa.Table:
        """The rows of one SELECT. Raises QueryFailed, naming ``name``."""
        try:
            relation = self._connection.cursor().sql(sql, params=dict(parameters) if parameters else None)
            return relation.to_arrow_table()
        except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as fault:
            raise QueryFailed(f"{name}: {fault}") from None  # about the text of the query, before it saw a row
        except duckdb.Error as fault:
            # the engine's own message may quote a value, so only its kind is passed on
            raise QueryFailed(f"{name}: {type(fault).__name__}") from None


def tables_read(sql: str) -> set[str]:
    """The tables a SELECT reads, as "schema.table" (or "table"), without those it defines itself.

    Raises QueryFailed if the text is not one SELECT.
    """
    row = duckdb.execute("select json_serialize_sql($sql)", {"sql": sql}).fetchone()
    parsed: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if parsed["error"] or len(parsed["statements"]) != 1:
        raise QueryFailed("not one SELECT: " + str(parsed.get("error_message", "")))
    found: set[str] = set()
    own: set[str] = set()
    _walk(parsed["statements"][0], found, own)
    return found - own


def _walk(node: Any, found: set[str], own: set[str]) -> None:
    if isinstance(node, list):
        for child in node:
            _walk(child, found, own)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            found.add(".".join(part for part in (node.get("schema_name"), node["table_name"]) if part))
        if "cte_map" in node:
            own.update(entry["key"] for entry in node["cte_map"]["map"])
        for child in node.values():
            _walk(child, found, own)
