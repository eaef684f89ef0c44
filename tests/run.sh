#!/usr/bin/env bash
# Installs what the tests need on a bare Debian and runs them all.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
server_user=nobody
not_run=0
times=()

clean_up() {
    if [ -f "$work/pg/postmaster.pid" ]; then
        as_server pg_ctl -D "$work/pg" -m immediate stop >/dev/null 2>&1 || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT

stage() {
    local name=$1 started=$SECONDS
    shift
    printf '== %s\n' "$name"
    "$@"
    times+=("$(printf '%-20s %3d min %02d s' "$name" $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60)))")
}

# PostgreSQL does not run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u "$server_user" -- env PATH="$PATH" "$@"
    else
        "$@"
    fi
}

need() {
    if ! command -v "$1" >/dev/null 2>&1; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2"
    fi
}

postgres() {
    PATH="$PATH:/usr/lib/postgresql/15/bin"
    if ! command -v initdb >/dev/null 2>&1; then
        need initdb postgresql-15
    fi
    need runuser util-linux
    chmod 755 "$work"
    install -d -m 700 "$work/pg"
    if [ "$(id -u)" = 0 ]; then
        chown "$server_user" "$work/pg"
    fi
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_server initdb -D "$work/pg" -U sanviec -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as_server pg_ctl -D "$work/pg" -w -l "$work/pg/log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work/pg -c fsync=off -c max_connections=200" start >/dev/null
    export SANVIEC_TEST_POSTGRES="postgres://sanviec@127.0.0.1:$port"
    export SANVIEC_REQUIRE_POSTGRES=1
}

real_data() {
    export SANVIEC_REAL_DATA=${SANVIEC_REAL_DATA:-$PWD/../shared/data}
    if [ ! -d "$SANVIEC_REAL_DATA" ]; then
        printf 'NOT RUN: tests with real data, there is none in %s\n' "$SANVIEC_REAL_DATA"
        not_run=$((not_run + 1))
        [ "${SANVIEC_REQUIRE_REAL_DATA:-0}" != 1 ]
    fi
}

run_tests() {
    if cargo nextest --version >/dev/null 2>&1; then
        cargo nextest run --workspace --locked --no-fail-fast
    else
        cargo test --workspace --locked --no-fail-fast
    fi
}

need perl perl
need make make
need gcc gcc
need python3 python3
stage 'database' postgres
stage 'real data' real_data
stage 'build' cargo build --workspace --all-targets --locked
stage 'tests' run_tests

printf '== minutes\n'
printf '%s\n' "${times[@]}"
printf 'not run: %d\n' "$not_run"
