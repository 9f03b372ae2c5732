#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, builds once, runs every test and ends with one line of numbers.
#   ./test.sh                     everything
#   ./test.sh unit integration    only these (unit, integration, browser)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
export PATH="$PATH:/usr/sbin:/sbin" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Nothing here runs long enough to earn back what instrumenting code for a second compilation costs.
export DOTNET_TieredPGO=0

refuse() { echo "test.sh: $*" >&2; exit 2; }
has() { command -v "$1" >/dev/null 2>&1; }
installs() { [ "$(id -u)" = 0 ] && has apt-get; }
# The shell alone takes half the processor time of a whole browser.
shell=chromium-headless-shell
has_chromium() { has $shell || has chromium || has chromium-browser || has google-chrome || [ -d "/Applications/Google Chrome.app" ]; }

project_of() {
    case $1 in
        unit) echo DeployHub.UnitTests ;;
        integration) echo DeployHub.IntegrationTests ;;
        browser) echo DeployHub.BrowserTests ;;
        *) return 1 ;;
    esac
}

install_missing() {
    local missing=()
    [[ " $* " != *" browser "* ]] || has $shell || ! installs || missing+=($shell)
    [[ " $* " != *" browser "* ]] || has_chromium || installs || missing+=(chromium)
    [[ " $* " != *" integration "* ]] || has sshd || missing+=(openssh-server)
    [[ " $* " != *" integration "* ]] || has haproxy || missing+=(haproxy)
    [[ " $* " != *" integration "* ]] || has nginx || missing+=(nginx-light)
    [[ " $* " != *" integration "* ]] || has prometheus || missing+=(prometheus)
    [[ " $* " != *" integration "* ]] || has minisign || missing+=(minisign)
    [[ " $* " != *" integration "* ]] || has gpg || missing+=(gnupg)
    [[ " $* " != *" integration "* ]] || has sudo || missing+=(sudo)
    [[ " $* " != *" integration "* ]] || has ansible-playbook || missing+=(ansible-core)
    [[ " $* " != *" integration "* ]] || has podman || missing+=(podman runc)
    [[ " $* " != *" integration "* ]] || has docker-registry || missing+=(docker-registry)
    [[ " $* " != *" integration "* ]] || has busybox || missing+=(busybox-static)
    [[ " $* " != *" integration "* ]] || has ssh || missing+=(openssh-client)
    [[ " $* " != *" integration "* ]] || has git || missing+=(git)
    [[ " $* " != *" integration "* ]] || has jq || missing+=(jq)
    [[ " $* " != *" integration "* ]] || has curl || missing+=(curl)
    [ ${#missing[@]} -gt 0 ] || return 0

    installs ||
        refuse "these tests need ${missing[*]}, which this machine lacks. Install it with your package manager, for instance: sudo apt-get install ${missing[*]}"
    echo "Installing ${missing[*]}"
    apt-get update -qq >/dev/null
    apt-cache show $shell >/dev/null 2>&1 || missing=("${missing[@]/#$shell/chromium}")
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        refuse "apt-get could not install ${missing[*]}"
}

# The one counter that the test runner writes: total, executed, passed, failed. What was not executed was skipped.
count_of() { grep -o "<Counters [^>]*" "$1" | grep -o "[[:space:]]$2=\"[0-9]*\"" | tr -cd '0-9'; }

passed=0 failed=0 skipped=0 broken=()

run() {
    local project=$1 results="artifacts/test-results/$1.trx"
    rm -f "$results"
    echo "== $project"
    dotnet test "tests/$project" --no-build --nologo -v quiet --results-directory artifacts/test-results --logger "trx;LogFileName=$project.trx" --logger "console;verbosity=normal" 2>&1 |
        grep -v -e '^  Passed ' -e '^Test run for ' -e '^A total of ' -e '^Results File: ' -e '^\[xUnit.net '
    local status=${PIPESTATUS[0]}

    if [ ! -f "$results" ]; then
        broken+=("$project ran no test")
        return
    fi
    local failures
    failures=$(count_of "$results" failed)
    passed=$((passed + $(count_of "$results" passed)))
    failed=$((failed + failures))
    skipped=$((skipped + $(count_of "$results" total) - $(count_of "$results" executed)))
    [ "$status" = 0 ] || [ "$failures" -gt 0 ] || broken+=("$project ended with code $status before its end")
}

suites=("$@")
[ $# -gt 0 ] || suites=(unit integration browser)
for suite in "${suites[@]}"; do project_of "$suite" >/dev/null || refuse "there is no suite “$suite”: unit, integration, browser"; done
has dotnet || refuse "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
has npm || refuse "Node 20 or newer with npm is missing: https://nodejs.org"

install_missing "${suites[@]}"
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd # sshd wants it and only a boot would make it

echo "== build"
# One compiler for all projects, warm after the first of them; it need not stay in memory beside the tests.
dotnet build --nologo -v quiet -clp:ErrorsOnly -p:UseSharedCompilation=true
built=$?
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1
[ "$built" = 0 ] || { echo "The build failed; no test ran."; exit 1; }
for suite in "${suites[@]}"; do run "$(project_of "$suite")"; done

echo
[ ${#broken[@]} -eq 0 ] || printf '%s\n' "${broken[@]}"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ ${#broken[@]} -eq 0 ]
