"""What a database says it will read to carry out a statement."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from tests.storage.volume import LARGE

WHOLE = re.compile(r"SCAN \w+(?! USING)$|SEARCH destinations USING (COVERING )?INDEX \w+ \(platform=\?\)$")
"""SQLite goes through all of a table, or through all chats of a platform, which are nearly all there are."""


async def scans_of(
    connection: AsyncConnection, statement: str, parameters: Any, large: frozenset[str] = LARGE
) -> list[str]:
    """The large tables that a statement reads whole, each with the statement."""
    if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", statement):
        return []
    if connection.dialect.name == "sqlite":
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found = [row.detail for row in rows if WHOLE.match(row.detail)]
        names = {alias_of(statement, detail.split()[1]): detail for detail in found}
    else:
        plan = (await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)).scalar_one()
        names = {}
        for node in nodes(json.loads(plan) if isinstance(plan, str) else plan):
            if node["Node Type"] == "Seq Scan":
                names[node["Relation Name"]] = f"Seq Scan on {node['Relation Name']}"
    return [f"{detail}:\n{statement}\n{parameters}" for name, detail in names.items() if name in large]


def alias_of(statement: str, name: str) -> str:
    found = re.search(rf"(\w+) AS \"?{name}\"?", statement)
    return found[1] if found else name


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    for node in plan if isinstance(plan, list) else [plan]:
        if "Node Type" in node:
            yield node
        for child in (node.get("Plan"), *node.get("Plans", ())):
            if child:
                yield from nodes(child)
