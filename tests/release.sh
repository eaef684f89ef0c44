#!/usr/bin/env bash
# The long doses, before a release: what the tests do in minutes, for hours, with the release build.
#
#   bash tests/release.sh                 all of it
#   bash tests/release.sh quick           all of it in small doses, to see that it works
#   bash tests/release.sh STAGE [DOSE]    one stage: kill serve power statements errors full read-only
#                                         busy stop start soak advisories sbom mutants coverage
#
# SANVIEC_ADVISORIES names the folder of an advisory database (its git clone), and
# SANVIEC_TEST_POSTGRES a server in which databases may be made; else one is started. What it finds
# is written to tests/RELEASE.md; a run of one stage adds its lines.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
report=tests/RELEASE.md
# SANVIEC_PROFILE=dev tries a dose without the long build; its figures say so.
profile=${SANVIEC_PROFILE:-release}
programs=target/${profile/#dev/debug}
server_user=nobody
passed=0
failed=0
not_run=0

clean_up() {
    if [ -f "$work/pg/postmaster.pid" ]; then
        as_server pg_ctl -D "$work/pg" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT

# PostgreSQL does not run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u "$server_user" -- env PATH="$PATH" "$@"
    else
        "$@"
    fi
}

# As it is in a service, nothing of safety switched off.
start_postgres() {
    if [ -n "${SANVIEC_TEST_POSTGRES:-}" ]; then
        return
    fi
    local folder port
    for folder in /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ]; then
            PATH="$folder:$PATH"
        fi
    done
    if ! command -v initdb >/dev/null; then
        tell 'PostgreSQL' 'NOT RUN: there is no initdb'
        not_run=$((not_run + 1))
        return
    fi
    chmod 755 "$work"
    mkdir -m 700 "$work/pg"
    if [ "$(id -u)" = 0 ]; then
        chown "$server_user" "$work/pg"
    fi
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_server initdb -D "$work/pg" -U sanviec -A trust -E UTF8 --locale=C.UTF-8 >"$work/initdb.log" 2>&1
    as_server pg_ctl -D "$work/pg" -w -t 60 -l "$work/pg/log" -o "-p $port -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c max_connections=300" start >/dev/null
    export SANVIEC_TEST_POSTGRES="postgres://sanviec@127.0.0.1:$port"
}

# A line of the report, and of the output.
tell() {
    printf '%s: %s\n' "$1" "$2"
    printf -- '- **%s**: %s\n' "$1" "$2" >>"$report"
}

head_of_report() {
    cat >"$report" <<HEAD
# Before a release

Written by \`bash tests/release.sh\`; what each row asks is in its first words. A figure "wrong" that
is not 0 is a reason not to release, and so is a stage that was not run.

HEAD
}

head_of_run() {
    {
        printf '\n## %s, `bash tests/release.sh%s`\n\n' "$(date -u +%Y-%m-%d)" "${1:+ $1}"
        printf 'Machine: %s cores (%s), %s GiB of memory, Linux %s; commit %s.\n\n' "$(nproc)" \
            "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" \
            "$(awk '/MemTotal/ { print int($2 / 1048576 + 0.5) }' /proc/meminfo)" \
            "$(uname -r | cut -d- -f1)" "$(git rev-parse --short HEAD), $profile build"
    } >>"$report"
}

# Runs a row of the goals: each line of JSON that it prints is a line of the report.
hammer() {
    local name="hammer $*" began=$SECONDS code=0
    printf '== %s\n' "$name"
    "$programs/hammer" "$@" >"$work/out" 2>"$work/errors" || code=$?
    while IFS= read -r line; do
        tell "$name" "\`$line\`"
    done <"$work/out"
    grep '^NOT RUN' "$work/errors" | sort -u | while IFS= read -r line; do
        tell "$name" "$line"
    done || true
    not_run=$((not_run + $(grep -c '^NOT RUN' "$work/errors" || true)))
    ended "$name" "$code" $((SECONDS - began))
}

ended() {
    local minutes=$((($3 + 30) / 60))
    if [ "$2" = 0 ]; then
        passed=$((passed + 1))
        printf '   held, %d min\n' "$minutes"
    else
        failed=$((failed + 1))
        tell "$1" "**FAILED** after $minutes min"
        head -20 "$work/errors"
    fi
}

# S20: known holes in what is used. The database comes from outside and is at most 30 days old.
advisories() {
    local folder=${SANVIEC_ADVISORIES:-} age
    if [ ! -d "${folder:-/nowhere}/crates" ]; then
        tell 'S20 advisories' 'NOT RUN: SANVIEC_ADVISORIES names no clone of an advisory database'
        not_run=$((not_run + 1))
        return
    fi
    age=$((($(date +%s) - $(git -C "$folder" log -1 --format=%ct)) / 86400))
    if [ "$age" -gt 30 ]; then
        failed=$((failed + 1))
        tell 'S20 advisories' "**FAILED**: the database is $age days old"
        return
    fi
    # cargo-deny fetches by an address with a name; git is told to find the folder there.
    cp deny.toml "$work/deny.toml"
    printf '\n[advisories]\ndb-path = "%s"\ndb-urls = ["https://advisories.invalid/db"]\ngit-fetch-with-cli = true\n' \
        "$work/advisories" >>"$work/deny.toml"
    local code=0
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="url.file://$folder.insteadOf" \
        GIT_CONFIG_VALUE_0=https://advisories.invalid/db \
        cargo-deny --locked --config "$work/deny.toml" check advisories >"$work/errors" 2>&1 || code=$?
    tell 'S20 advisories' "database of $age days: $(tail -1 "$work/errors")"
    ended 'S20 advisories' "$code" 0
}

# S20: what the program is made of, as CycloneDX.
sbom() {
    local code=0
    mkdir -p target
    cargo metadata --format-version 1 --locked --filter-platform x86_64-unknown-linux-gnu >"$work/metadata.json"
    python3 tests/sbom.py "$work/metadata.json" sanviec >target/sanviec.cdx.json 2>"$work/errors" || code=$?
    tell 'S20 SBOM' "target/sanviec.cdx.json: $(grep -c '"purl"' target/sanviec.cdx.json) crates, \
none without a licence, SHA-256 $(sha256sum target/sanviec.cdx.json | cut -c1-16)…"
    ended 'S20 SBOM' "$code" 0
}

# S22: whether the tests notice when the rules say something else.
mutants() {
    if ! cargo mutants --version >/dev/null 2>&1; then
        tell 'S22 mutants' 'NOT RUN: cargo install cargo-mutants --locked'
        not_run=$((not_run + 1))
        return
    fi
    local code=0 caught missed files=("$@")
    if [ ${#files[@]} = 0 ]; then
        files=(crates/domain/src/actor.rs crates/domain/src/vacancy.rs crates/domain/src/seeker.rs
            crates/domain/src/time.rs 'crates/matching/src/definition/*.rs')
    fi
    # 2: some survived; how many may is reckoned here.
    cargo mutants --no-shuffle --jobs 1 --timeout 120 --output "$work" \
        "${files[@]/#/--file=}" >"$work/errors" 2>&1 || code=$?
    caught=$(cat "$work"/mutants.out/{caught,timeout}.txt | wc -l)
    missed=$(wc -l <"$work/mutants.out/missed.txt")
    tell 'S22 mutants' "of $((caught + missed)) in ${files[*]}, $missed survived (at most 5 %)"
    sed 's/^/  - survived: `/; s/$/`/' "$work/mutants.out/missed.txt" | tee -a "$report"
    if [ "$code" = 2 ] || [ "$code" = 3 ]; then
        code=$((missed * 20 > caught + missed ? 1 : 0))
    fi
    ended 'S22 mutants' "$code" 0
}

# S22: lines that the tests pass through.
coverage() {
    # LLVM_COV and LLVM_PROFDATA may name tools of the same LLVM as the compiler's.
    if ! cargo llvm-cov --version >/dev/null 2>&1 ||
        { [ -z "${LLVM_COV:-}" ] && [ ! -x "$(rustc --print target-libdir)/../bin/llvm-cov" ]; }; then
        tell 'S22 coverage' 'NOT RUN: cargo install cargo-llvm-cov --locked; rustup component add llvm-tools'
        not_run=$((not_run + 1))
        return
    fi
    local code=0
    cargo llvm-cov nextest --locked -p domain -p store -p matching -p api --json --summary-only \
        --output-path "$work/coverage.json" >"$work/errors" 2>&1 || code=$?
    if [ "$code" = 0 ]; then
        python3 - "$work/coverage.json" >"$work/out" 2>"$work/errors" <<'PYTHON' || code=$?
import collections, json, sys

least = {"domain": 90, "store": 90, "api": 80, "matching": 90}
lines = collections.Counter()
for file in json.load(open(sys.argv[1]))["data"][0]["files"]:
    parts = file["filename"].split("/crates/")[-1].split("/")
    if len(parts) > 1 and parts[1] == "src":
        lines[parts[0]] += file["summary"]["lines"]["count"]
        lines[parts[0], "covered"] += file["summary"]["lines"]["covered"]
low = 0
for crate, wanted in least.items():
    share = 100 * lines[crate, "covered"] / max(lines[crate], 1)
    low += share < wanted
    print(f"{crate} {share:.1f} % of lines (at least {wanted} %)")
sys.exit(1 if low else 0)
PYTHON
        tell 'S22 coverage' "$(paste -sd, "$work/out" | sed 's/,/, /g')"
    fi
    ended 'S22 coverage' "$code" 0
}

# Each stage with its dose; the seed is the day, so that every release tries other moments.
stage() {
    local name=$1 dose=${2:-} seed
    seed=$(date +%Y%m%d)
    case $name in
        kill) hammer --seed "$seed" kill --rounds "${dose:-500}" ;;
        serve) hammer --seed "$seed" serve --rounds "${dose:-500}" ;;
        power) hammer --seed "$seed" power --rounds "${dose:-200}" ;;
        statements) hammer statements ;;
        errors) hammer --seed "$seed" errors --points "${dose:-5000}" ;;
        full) hammer full --rounds "${dose:-20}" ;;
        read-only) hammer read-only --rounds "${dose:-10}" ;;
        busy) hammer busy --rounds "${dose:-10}" ;;
        stop) hammer --seed "$seed" stop --rounds "${dose:-200}" ;;
        start) hammer start --rounds "${dose:-100}" ;;
        soak) hammer soak --minutes "${dose:-60}" ;;
        advisories) advisories ;;
        sbom) sbom ;;
        mutants) mutants ${dose:+"$dose"} ;;
        coverage) coverage ;;
        *)
            printf 'no such stage: %s\n' "$name"
            exit 2
            ;;
    esac
}

if [ ! -f "$report" ] || [ $# = 0 ]; then
    head_of_report
fi
head_of_run "$*"
cargo build --profile "$profile" --locked -p sanviec -p hammer
start_postgres
case ${1:-all} in
    all)
        for name in advisories sbom statements start kill serve power errors full read-only busy stop mutants \
            coverage soak; do
            stage "$name"
        done
        ;;
    quick)
        for name in advisories sbom statements; do stage "$name"; done
        stage start 5
        stage kill 20
        stage serve 20
        stage power 20
        stage errors 100
        stage full 3
        stage read-only 3
        stage busy 1
        stage stop 10
        stage soak 3
        ;;
    *) stage "$@" ;;
esac
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$not_run" | tee -a "$report"
[ "$failed" = 0 ]
