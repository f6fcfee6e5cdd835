"""Reads FollowTheMoney JSON from stdin as those do who work with it, where `followthemoney` is
installed and nothing of ours.

Prints how many entities of each schema there were; ends with 1 where one is refused or loses a
value, and says which.
"""

import json
import sys
from collections import Counter

from followthemoney import model
from followthemoney.exc import InvalidData

seen: Counter[str] = Counter()
wrong: list[str] = []
ids, named = set(), set()
for line in sys.stdin:
    written = json.loads(line)
    try:
        proxy = model.get_proxy(written, cleaned=False)
        proxy.schema.validate(written)
    except InvalidData as error:
        wrong.append(f"{written['id']}: {error}")
        continue
    seen[proxy.schema.name] += 1
    ids.add(proxy.id)
    for name, values in written["properties"].items():
        kind = proxy.schema.get(name).type
        lost = {kind.clean(value, proxy=proxy) for value in values} ^ set(proxy.get(name))
        if lost or None in lost or len(proxy.get(name)) != len(set(values)):
            wrong.append(f"{written['id']}: {name}: {values} is read as {proxy.get(name)}")
        if kind.name == "entity":
            named.update(values)
wrong += [f"{missing}: named, and not there" for missing in named - ids]
sys.stdout.write(json.dumps(seen))
sys.stderr.write("\n".join(wrong))
sys.exit(bool(wrong))
