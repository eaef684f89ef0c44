"""What a program of the workspace is made of, as CycloneDX 1.6, from `cargo metadata`.

    python3 tests/sbom.py METADATA.json PROGRAM

Crates that only tests or builds need are left out. The same input gives the same bytes. It fails
where a crate says no licence.
"""

import json
import sys
import uuid


def shipped(metadata, program):
    """The packages that end in the program, each with those it needs."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    packages = {package["id"]: package for package in metadata["packages"]}
    (root,) = (id for id, package in packages.items() if package["name"] == program)
    needs, open_ids = {}, [root]
    while open_ids:
        id = open_ids.pop()
        if id in needs:
            continue
        needs[id] = [
            dep["pkg"]
            for dep in nodes[id]["deps"]
            if any(kind["kind"] is None for kind in dep["dep_kinds"])
        ]
        open_ids += needs[id]
    return root, packages, needs


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, kind):
    licence = package["license"]
    if not licence:
        raise SystemExit(f"{package['name']} says no licence")
    return {
        "type": kind,
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        # An older way of writing "or".
        "licenses": [{"expression": licence.replace("/", " OR ")}],
        "purl": purl(package),
    }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        metadata = json.load(file)
    root, packages, needs = shipped(metadata, sys.argv[2])
    others = sorted((packages[id] for id in needs if id != root), key=purl)
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component(packages[root], "application")},
        "components": [component(package, "library") for package in others],
        "dependencies": sorted(
            (
                {
                    "ref": purl(packages[id]),
                    "dependsOn": sorted({purl(packages[need]) for need in needs[id]}),
                }
                for id in needs
            ),
            key=lambda entry: entry["ref"],
        ),
    }
    body["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body))}"
    json.dump(body, sys.stdout, indent=1)
    print()


main()
