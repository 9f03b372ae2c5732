#!/bin/sh
# Installs a version of greeter in a directory and runs it:  deploy.sh [<directory> [<version> [<port>]]]
# Left out, they are the current directory, $VERSION and $PORT. The package is <directory>/incoming/package.tar.gz; the copy of this
# script inside an installed release starts that release as it is and asks for no package.
# Running it twice gives the same: one process of that version on that port.
set -eu

dir=${1:-.} version=${2:-${VERSION:-}} port=${3:-${PORT:-}}
case $version in '' | .* | */*) echo "'$version' cannot be a version" >&2; exit 64 ;; esac
case $port in '' | *[!0-9]*) echo "'$port' is not a port" >&2; exit 64 ;; esac

mkdir -p "$dir/releases" "$dir/logs"
dir=$(cd "$dir" && pwd -P) self=$(cd "$(dirname "$0")" && pwd -P)
package=$dir/incoming/package.tar.gz release=$dir/releases/$version pidfile=$dir/greeter.pid log=$dir/logs/greeter.log

pause() { sleep 0.2 2>/dev/null || sleep 1; }

command_of() { if [ -r "/proc/$1/cmdline" ]; then tr '\0' ' ' <"/proc/$1/cmdline"; else ps -p "$1" -o args= 2>/dev/null; fi; }

# The number of a process may belong to somebody else by now, so its command line has to name this directory.
is_ours() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null && case $(command_of "$1") in *"$dir/releases/"*greeter.dll*) true ;; *) false ;; esac; }

running() { pid=$(cat "$pidfile" 2>/dev/null || true); is_ours "$pid"; }

find_dotnet() {
    command -v dotnet && return
    for home in "${DOTNET_ROOT:-}" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet "${HOME:-}/.dotnet"; do
        [ -x "$home/dotnet" ] && echo "$home/dotnet" && return
    done
    echo "there is no dotnet on this machine: install the ASP.NET Core 10 runtime" >&2
    return 1
}

# Two at once can only happen when the first lost its caller; the second waits for it.
enter() {
    tries=0
    until mkdir "$dir/.deploying" 2>/dev/null; do
        holder=$(cat "$dir/.deploying/pid" 2>/dev/null || true)
        tries=$((tries + 1))
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then rm -rf "$dir/.deploying"; continue; fi
        [ "$tries" -lt 300 ] || { echo "another deployment works in $dir" >&2; exit 75; }
        pause
    done
    echo $$ >"$dir/.deploying/pid"
    trap 'rm -rf "$dir/.deploying"' EXIT
    trap 'exit 143' HUP INT TERM
}

unpack() {
    [ "$self" != "$release" ] || return 0
    [ -f "$package" ] || { echo "there is no package at $package" >&2; exit 66; }
    sum=$(cksum <"$package")
    [ "$sum" = "$(cat "$release/.package" 2>/dev/null || true)" ] && { echo "$version is already unpacked"; return 0; }

    rm -rf "$release.new" && mkdir "$release.new"
    tar -xzf "$package" -C "$release.new"
    grep -q "\"greeter/$version\"" "$release.new/app/greeter.deps.json" ||
        { echo "the package at $package does not hold greeter $version" >&2; rm -rf "$release.new"; exit 65; }
    echo "$sum" >"$release.new/.package"
    rm -rf "$release" && mv "$release.new" "$release"
    echo "unpacked $version"
}

switch() {
    ln -sfn "releases/$version" "$dir/current"
    echo "current is $version"
}

stop() {
    running || { rm -f "$pidfile"; return 0; }
    kill "$pid" 2>/dev/null || true
    tries=0
    while is_ours "$pid"; do
        tries=$((tries + 1))
        [ "$tries" -ne 50 ] || kill -9 "$pid" 2>/dev/null || true
        [ "$tries" -lt 100 ] || { echo "process $pid does not end" >&2; exit 1; }
        pause
    done
    rm -f "$pidfile"
    echo "stopped process $pid"
}

start() {
    dotnet=$(find_dotnet)
    [ ! -f "$log" ] || mv "$log" "$dir/logs/greeter.previous.log"
    detach=nohup
    ! command -v setsid >/dev/null || detach='setsid nohup'
    cd "$release/app"
    GREETER_INSTANCE=$(basename "$dir") $detach "$dotnet" "$release/app/greeter.dll" --urls "http://${GREETER_BIND:-127.0.0.1}:$port" \
        </dev/null >"$log" 2>&1 &
    pid=$!
    echo "$pid" >"$pidfile"
}

give_up() {
    echo "greeter $version $1:" >&2
    { grep -m 1 -i exception "$log" || tail -n 5 "$log"; } >&2
    exit 1
}

await() {
    tries=0
    until grep -q "greeter $version is listening" "$log" 2>/dev/null; do
        tries=$((tries + 1))
        kill -0 "$pid" 2>/dev/null || give_up "ended at once"
        [ "$tries" -lt 150 ] || give_up "did not listen on port $port in time"
        pause
    done
    echo "greeter $version runs on port $port as process $pid"
}

enter
unpack
stop
switch
start
await
