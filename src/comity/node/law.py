"""`comity law list`: the law that this version knows, row by row, with how sure each is."""

import json
from argparse import Namespace

from comity.convention import law_rows
from comity.convention.rows import Evidence, Row


def list_all(args: Namespace) -> int:
    """Print every row."""
    rows = law_rows()
    if args.json:
        print(json.dumps({"rows": [_data(row) for row in rows]}, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row.id:<44} {row.evidence:<12} {row.title}")
    unsure = sum(row.evidence is Evidence.UNCONFIRMED for row in rows)
    print(f"\n{len(rows)} rows, {unsure} unconfirmed.")
    return 0


def _data(row: Row) -> dict[str, str]:
    return {
        "id": row.id,
        "instrument": row.instrument,
        "article": row.article,
        "kind": row.kind.value,
        "evidence": row.evidence.value,
        "source": row.source,
    }
