"""Other engines on the portfolio of the benchmark, beside Spelregel and the rules written by hand.

    cargo run --release -p spelregel-benches --bin portfolio -- 100 /tmp/portfolio
    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python peers.py /tmp/portfolio

The number is one of programmes; a programme brings a hundred elements. Each engine answers first, and is timed only for
the rules on which its answers are those expected, on one thread. What the host does for an engine before (tables, joins,
nested documents) isn't timed. Prints one table: how many times what the same rules take by hand.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"
HERE = Path(__file__).resolve().parent
RELATIONS = [
    "mandated_by", "issued_by", "goal_of", "role_of", "project_of", "held_by", "member_of", "prepares",
    "contributes_to", "owned_by", "delivers", "depends_on",
]
PROPERTIES = ["kind", "phase", "status", "end", "target_date", "budget"]
ACTIVE_PHASES = ["define", "deliver", "embed", "close"]


class Portfolio:
    def __init__(self, document):
        self.sections = {name: section for name, section in document.items() if isinstance(section, list)}
        self.links = {relation: [] for relation in RELATIONS}
        for section in self.sections.values():
            for element in section:
                for relation in RELATIONS:
                    self.links[relation] += [(element["id"], to) for to in element.get(relation, [])]

    def backwards(self, relation):
        sources = defaultdict(list)
        for source, target in self.links[relation]:
            sources[target].append(source)
        return sources

    def by_id(self, section):
        return {element["id"]: element for element in self.sections[section]}


def duckdb_rules(portfolio):
    import duckdb
    import polars

    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    with tempfile.TemporaryDirectory() as folder:
        for name, section in portfolio.sections.items():
            columns = {key: [element.get(key) for element in section] for key in ["id", *PROPERTIES]}
            polars.DataFrame(columns, strict=False, infer_schema_length=None).write_parquet(f"{folder}/t.parquet")
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM '{folder}/t.parquet'")
        for name, links in portfolio.links.items():
            frame = polars.DataFrame(links, schema={"src": polars.Utf8, "dst": polars.Utf8}, orient="row")
            frame.write_parquet(f"{folder}/t.parquet")
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM '{folder}/t.parquet'")
    queries = (HERE / "rules.sql").read_text().split("\n-- ")[1:]
    queries = {int(query.split("\n")[0]): query.split("\n", 1)[1] for query in queries}
    ask = lambda query: [row[0] for row in connection.execute(query).fetchall()]
    return {rule: (lambda query=query: ask(query)) for rule, query in queries.items()}


def polars_rules(portfolio):
    import polars as pl

    tables = {}
    for name, section in portfolio.sections.items():
        columns = {key: [element.get(key) for element in section] for key in ["id", *PROPERTIES]}
        tables[name] = pl.DataFrame(columns, strict=False, infer_schema_length=None)
    for name, links in portfolio.links.items():
        tables[name] = pl.DataFrame(links, schema={"src": pl.Utf8, "dst": pl.Utf8}, orient="row")
    t = type("Tables", (), tables)
    col = pl.col

    def without(frame, other, on):
        return frame.join(other, left_on="id", right_on=on, how="anti")["id"].to_list()

    def r1():
        issued = t.issued_by.join(t.bodies.filter(col("kind").is_in(["council", "executive"])), left_on="dst", right_on="id", how="semi")
        return without(t.programmes, t.mandated_by.join(issued, left_on="dst", right_on="src", how="semi"), "src")

    def r2():
        sponsors = t.role_of.join(t.roles.filter(col("kind") == "sponsor"), left_on="src", right_on="id", how="semi")
        teams = t.member_of.join(t.bodies.filter(col("kind") == "management_team"), left_on="dst", right_on="id", how="semi")
        held = t.held_by.join(teams, left_on="dst", right_on="src", how="semi")
        single = sponsors.group_by("dst").len().filter(col("len") == 1)
        well_held = sponsors.join(held, on="src", how="semi").join(single, on="dst", how="semi")
        return without(t.programmes, well_held, "dst")

    def r3():
        begun = t.role_of.join(t.programmes.filter(col("phase").is_in(ACTIVE_PHASES)), left_on="dst", right_on="id", how="semi")
        done = t.prepares.join(t.learning_activities.filter(col("status") == "completed"), left_on="src", right_on="id", how="semi")
        roles = t.roles.join(begun, left_on="id", right_on="src", how="semi")
        return without(roles, done, "dst")

    def r4():
        owned = t.owned_by.join(t.held_by, left_on="dst", right_on="src", how="semi")
        return without(t.benefits, t.contributes_to.join(owned, on="src", how="semi"), "src")

    def closure(start, step):
        # From pairs (a, at): over `step` to all pairs (a, reached), the first ones included.
        all_pairs = start.unique()
        new = all_pairs
        while len(new):
            further = new.join(step, left_on="at", right_on="src").select("a", at="dst").unique()
            new = further.join(all_pairs, on=["a", "at"], how="anti")
            all_pairs = pl.concat([all_pairs, new])
        return all_pairs

    def r6():
        pairs = closure(t.depends_on.select(a="src", at="dst"), t.depends_on)
        return pairs.filter(col("a") == col("at"))["a"].unique().to_list()

    def r7():
        active = t.delivers.join(t.projects.filter(col("status") == "active"), left_on="src", right_on="id", how="semi")
        return without(t.goals, t.contributes_to.join(active, left_on="src", right_on="dst", how="semi"), "dst")

    def r8():
        spent = t.project_of.join(t.projects, left_on="src", right_on="id").group_by("dst").agg(spent=col("budget").sum())
        both = t.programmes.join(spent, left_on="id", right_on="dst")
        return both.filter(col("spent") > col("budget"))["id"].to_list()

    def r9():
        seats = t.held_by.join(t.roles, left_on="src", right_on="id").join(t.role_of.rename({"dst": "programme"}), on="src")
        sponsors = seats.filter(col("kind") == "sponsor")
        return sponsors.join(seats.filter(col("kind") == "assurance"), on=["dst", "programme"], how="semi")["dst"].unique().to_list()

    def r10():
        needs = closure(t.delivers.select(a="dst", at="src"), t.depends_on)
        ends = needs.join(t.projects.select(at="id", last="end"), on="at")
        both = ends.join(t.benefits.select(a="id", target="target_date"), on="a")
        return both.filter(col("target") < col("last"))["a"].unique().to_list()

    def r5():
        return without(t.projects, t.delivers, "src")

    return dict(enumerate([r1, r2, r3, r4, r5, r6, r7, r8, r9, r10], 1))


def nested(portfolio):
    """One document for each element that a rule asks, with all it joins in it: what engines for single inputs want."""
    bodies, roles = portfolio.by_id("bodies"), portfolio.by_id("roles")
    programmes, projects = portfolio.by_id("programmes"), portfolio.by_id("projects")
    learning = portfolio.by_id("learning_activities")
    forward = defaultdict(lambda: defaultdict(list))
    for relation, links in portfolio.links.items():
        for source, target in links:
            forward[relation][source].append(target)
    roles_of, prepared, delivered = (portfolio.backwards(name) for name in ["role_of", "prepares", "delivers"])
    supported, holds, parts = (portfolio.backwards(name) for name in ["contributes_to", "held_by", "project_of"])

    def kinds_of_bodies(ids):
        return [bodies[body].get("kind", "") for body in ids]

    def role(id):
        holders = forward["held_by"][id]
        return {"kind": roles[id].get("kind", ""), "teams": [k for h in holders for k in kinds_of_bodies(forward["member_of"][h])]}

    documents = {}
    documents[1] = [(p, {"issuers": [k for m in forward["mandated_by"][p] for k in kinds_of_bodies(forward["issued_by"][m])]}) for p in programmes]
    documents[2] = [(p, {"roles": [role(r) for r in roles_of[p]]}) for p in programmes]
    documents[3] = [(r, {"phases": [programmes[p].get("phase", "") for p in forward["role_of"][r]],
                         "statuses": [learning[l].get("status", "") for l in prepared[r]]}) for r in roles]
    documents[4] = [(b["id"], {"goals": forward["contributes_to"][b["id"]],
                               "holders": [h for r in forward["owned_by"][b["id"]] for h in forward["held_by"][r]]})
                    for b in portfolio.sections["benefits"]]
    documents[5] = [(j, {"benefits": forward["delivers"][j]}) for j in projects]
    documents[7] = [(g["id"], {"statuses": [projects[j].get("status", "") for b in supported[g["id"]] for j in delivered[b]]})
                    for g in portfolio.sections["goals"]]
    documents[8] = [(p, {"budget": one.get("budget", -1), "budgets": [projects[j].get("budget", 0) for j in parts[p]]})
                    for p, one in programmes.items()]
    documents[9] = [(h["id"], {"seats": [{"kind": roles[r].get("kind", ""), "programme": p} for r in holds[h["id"]] for p in forward["role_of"][r]]})
                    for h in portfolio.sections["persons"]]
    return documents


CEL = {
    1: "!issuers.exists(k, k in ['council', 'executive'])",
    2: "roles.filter(r, r.kind == 'sponsor').size() != 1"
       " || !roles.exists(r, r.kind == 'sponsor' && r.teams.exists(k, k == 'management_team'))",
    3: "phases.exists(p, p in ['define', 'deliver', 'embed', 'close']) && !statuses.exists(s, s == 'completed')",
    4: "goals.size() == 0 || holders.size() == 0",
    5: "benefits.size() == 0",
    7: "!statuses.exists(s, s == 'active')",
    9: "seats.exists(a, a.kind == 'sponsor' && seats.exists(b, b.kind == 'assurance' && a.programme == b.programme))",
}
ZEN = {
    1: "none(issuers, # in ['council', 'executive'])",
    2: "count(roles, #.kind == 'sponsor') != 1 or none(roles, #.kind == 'sponsor' and 'management_team' in #.teams)",
    3: "some(phases, # in ['define', 'deliver', 'embed', 'close']) and none(statuses, # == 'completed')",
    4: "len(goals) == 0 or len(holders) == 0",
    5: "len(benefits) == 0",
    7: "none(statuses, # == 'active')",
    8: "budget >= 0 and len(budgets) > 0 and sum(budgets) > budget",
}


def cel_rules(portfolio):
    import cel

    documents = nested(portfolio)

    def asked(rule, text):
        program = cel.compile(text)
        return lambda: [id for id, document in documents[rule] if program.execute(document)]

    return {rule: asked(rule, text) for rule, text in CEL.items()}


def zen_rules(portfolio):
    import zen

    documents = nested(portfolio)

    def asked(rule, text):
        expression = zen.compile_expression(text)
        return lambda: [id for id, document in documents[rule] if expression.evaluate(document)]

    return {rule: asked(rule, text) for rule, text in ZEN.items()}


def median(run, at_least=5, seconds=0.5, most=60.0):
    """Of the time that this process works, so that what else the machine does doesn't count."""
    times = []
    begin = time.process_time()
    while len(times) < at_least or time.process_time() - begin < seconds:
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
        if time.process_time() - begin > most:
            break
    return statistics.median(times), len(times)


def expected_by_rule(folder):
    expected = defaultdict(set)
    for rule, id in json.loads((folder / "expected.json").read_text()):
        expected[rule].add(id)
    return expected


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    times = json.loads((folder / "times.json").read_text())
    expected = expected_by_rule(folder)
    portfolio = Portfolio(json.loads((folder / "portfolio.json").read_text()))
    rows = [("by hand", range(1, 11), times["by_hand"], None), ("Spelregel", range(1, 11), times["spelregel"], None)]

    for name, make in [("DuckDB", duckdb_rules), ("Polars", polars_rules), ("cel", cel_rules), ("ZEN", zen_rules)]:
        rules = make(portfolio)
        right = []
        for rule, ask in sorted(rules.items()):
            answer = list(ask())
            if set(answer) == expected[rule]:
                right.append(rule)
            else:
                print(f"{name}, R{rule}: {len(answer)} answers, not the {len(expected[rule])} expected", file=sys.stderr)
        seconds, runs = median(lambda: [rules[rule]() for rule in right])
        rows.append((name, right, seconds, runs))

    print(f"{times['elements']} elements; medians")
    print("| engine | rules | time | over the same rules by hand | runs |")
    print("| --- | --- | --- | --- | --- |")
    for name, rules, seconds, runs in rows:
        rules = list(rules)
        by_hand = times["by_hand"] if len(rules) == 10 else sum(times["by_hand_rules"][str(rule)] for rule in rules)
        left_out = [f"R{rule}" for rule in range(1, 11) if rule not in rules]
        which = "all ten" if not left_out else "all but " + ", ".join(left_out)
        print(f"| {name} | {which} | {seconds * 1e3:.3g} ms | {seconds / by_hand:.3g}× | {runs or 'many'} |")


if __name__ == "__main__":
    main()
