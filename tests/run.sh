#!/usr/bin/env bash
# Installs what the tests need on a bare Debian (Rust, gcc, make, perl, python3 and node are there)
# and runs them all, on SQLite and on a PostgreSQL of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
server_user=nobody
lines=()
passed=0
failed=0
not_run=0
setting_up=
since=0

clean_up() {
    if [ -f "$work/pg/postmaster.pid" ]; then
        as_server pg_ctl -D "$work/pg" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$work"
}

finish() {
    local code=$?
    clean_up
    if [ "$code" != 0 ] && [ -n "$setting_up" ]; then
        failed=$((failed + 1))
        note "$setting_up" $((SECONDS - since)) FAILED
    fi
    printf '== minutes of each stage\n'
    printf '%s\n' "${lines[@]}"
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$not_run"
    [ "$code" = 0 ] && [ "$failed" = 0 ] || exit 1
}
trap finish EXIT

note() {
    lines+=("$(printf '%-24s %3d min %02d s  %s' "$1" $(($2 / 60)) $(($2 % 60)) "$3")")
}

# What everything after it stands on: where it fails, the run ends. It may export.
set_up() {
    setting_up=$1
    since=$SECONDS
    shift
    printf '== %s\n' "$setting_up"
    "$@"
    note "$setting_up" $((SECONDS - since)) ready
    setting_up=
}

# Tests: where they fail, the others run all the same.
check() {
    local name=$1 started=$SECONDS code
    shift
    printf '== %s\n' "$name"
    # Not in a condition: there, bash would not stop at the first command that fails.
    set +e
    (
        set -e
        trap - EXIT
        "$@"
    )
    code=$?
    set -e
    if [ "$code" = 0 ]; then
        passed=$((passed + 1))
        note "$name" $((SECONDS - started)) passed
    else
        failed=$((failed + 1))
        note "$name" $((SECONDS - started)) FAILED
    fi
}

# PostgreSQL does not run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u "$server_user" -- env PATH="$PATH" "$@"
    else
        "$@"
    fi
}

has() {
    command -v "$1" >/dev/null 2>&1
}

postgres_on_path() {
    local folder
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && PATH="$folder:$PATH"
    done
    has initdb && has pg_ctl
}

install_tools() {
    local missing=()
    has gcc || missing+=(gcc libc6-dev)
    has make || missing+=(make)
    has perl || missing+=(perl)
    has python3 || missing+=(python3)
    has runuser || missing+=(util-linux)
    has chromium || missing+=(chromium)
    has node || missing+=(nodejs)
    has npm || missing+=(npm)
    if ! postgres_on_path; then
        missing+=(postgresql)
        # Debian would start a server that nobody asked for.
        if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
            mkdir -p /etc/postgresql-common
            echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
        fi
    fi
    if [ ${#missing[@]} -gt 0 ]; then
        printf 'installing %s\n' "${missing[*]}"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            -o Dpkg::Options::=--force-confold "${missing[@]}" </dev/null
        postgres_on_path
    fi
    local node
    node=$(node --version)
    node=${node#v}
    if [ "${node%%.*}" -lt 20 ]; then
        printf 'node %s is too old: the browser tests need 20\n' "$node"
        return 1
    fi
    (cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

start_postgres() {
    chmod 755 "$work"
    mkdir -m 700 "$work/pg"
    if [ "$(id -u)" = 0 ]; then
        chown "$server_user" "$work/pg"
    fi
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_server initdb -D "$work/pg" -U sanviec -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$work/initdb.log" 2>&1 || {
        cat "$work/initdb.log"
        return 1
    }
    # Each test opens a pool of its own, hence the many connections.
    as_server pg_ctl -D "$work/pg" -w -t 60 -l "$work/pg/log" -o "-p $port -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c max_connections=300" start >/dev/null || {
        cat "$work/pg/log"
        return 1
    }
    export SANVIEC_TEST_POSTGRES="postgres://sanviec@127.0.0.1:$port"
    export SANVIEC_REQUIRE_POSTGRES=1
}

find_real_data() {
    if [ "${SANVIEC_REQUIRE_REAL_DATA:-0}" != 1 ]; then
        unset SANVIEC_REQUIRE_REAL_DATA
    fi
    export SANVIEC_REAL_DATA=${SANVIEC_REAL_DATA:-$PWD/../shared/data}
    if [ ! -d "$SANVIEC_REAL_DATA" ]; then
        printf 'NOT RUN: tests with real data, there is none in %s\n' "$SANVIEC_REAL_DATA"
        not_run=$((not_run + 1))
        [ "${SANVIEC_REQUIRE_REAL_DATA:-0}" != 1 ]
    fi
}

rust_tests() {
    if cargo nextest --version >/dev/null 2>&1; then
        cargo nextest run --workspace --locked --no-fail-fast
    else
        cargo test --workspace --tests --locked --no-fail-fast
    fi
}

# nextest leaves out the examples in documentation.
doc_tests() {
    cargo test --workspace --doc --locked
}

browser_tests() {
    node tests/browser/with-server.mjs \
        node --test --test-reporter=spec --test-concurrency=1 --test-timeout=300000 tests/browser/*.test.mjs
}

set_up 'tools' install_tools
set_up 'PostgreSQL' start_postgres
set_up 'real data' find_real_data
set_up 'build' cargo build --workspace --all-targets --locked
check 'tests' rust_tests
check 'documentation tests' doc_tests
check 'browser tests' browser_tests
