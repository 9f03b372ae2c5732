namespace DeployHub.IntegrationTests.Steps;

/// <summary>
/// A host whose systemctl and journalctl speak systemd's protocol without a systemd: answers, exit codes and properties are those of
/// systemd 252. What a unit does is written into its file: good, slow, crashes, refuses or deaf.
/// </summary>
public sealed class SystemdStandIn : SshTarget, IDisposable
{
    private const string Systemctl = """
        #!/bin/sh
        here=$(dirname "$0")
        verb=$1; for unit in "$@"; do :; done
        echo "$*" >> "$here/asked"
        unit=${unit%.service}
        file="$here/unit-$unit"
        now() { date +%s%3N; }
        if [ ! -f "$file" ]; then
          case " $* " in *" --value "*) echo not-found; exit 0;; esac
          [ "$verb" != show ] || { printf 'LoadState=not-found\nActiveState=inactive\nSubState=dead\nMainPID=0\nInvocationID=\nResult=success\n'; exit 0; }
          echo "Failed to $verb $unit.service: Unit $unit.service not found." >&2; exit 5
        fi
        does=$(cat "$file")
        case $verb in
          restart|start)
            [ "$does" != refuses ] || { echo "Job for $unit.service failed because the control process exited with error code." >&2; exit 1; }
            [ "$does" = deaf ] || now > "$file.since"
            rm -f "$file.stopped";;
          stop) touch "$file.stopped";;
          reload) ;;
          show)
            since=$(cat "$file.since" 2>/dev/null || echo 0); age=$(( $(now) - since )) life=$since state=active sub=running result=success
            [ "$does" != slow ] || [ $age -gt 1500 ] || { state=activating sub=start; }
            if [ "$does" = crashes ]; then life=$since-$((age / 1200)); [ $((age % 1200)) -lt 600 ] || { state=activating sub=auto-restart result=exit-code; }; fi
            [ "$does" != dies ] || [ $age -lt 700 ] || { state=failed sub=failed result=signal; }
            [ ! -f "$file.stopped" ] || { state=inactive sub=dead life=; }
            printf 'LoadState=loaded\nActiveState=%s\nSubState=%s\nMainPID=%s\nInvocationID=%s\nResult=%s\n' $state $sub $((since % 30000 + 2)) "$life" $result;;
        esac
        """;

    private const string Journalctl = """
        #!/bin/sh
        echo "$*" >> "$(dirname "$0")/asked"
        case " $* " in
          *" -u none.service "*) ;;
          *" short-iso "*) echo "-- Journal begins at Sun 2026-11-01 --"; echo "$(date +%Y-%m-%dT%H:%M:%S%z) web-1 shop[7]: ready";;
          *) echo "starting"; echo "cannot bind port 8080: address in use";;
        esac
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-systemd-").FullName;

    public SystemdStandIn()
    {
        foreach (var (name, script) in new[] { ("systemctl", Systemctl), ("journalctl", Journalctl), ("sudo", "#!/bin/sh\n[ \"$1\" = -n ] || exit 1\nshift\nSUDONE=1 exec \"$@\"\n") })
        {
            File.WriteAllText(At(name), script);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    protected override string Path => _directory;

    /// <summary>What systemctl and journalctl were called with.</summary>
    public string[] Asked => File.Exists(At("asked")) ? File.ReadAllLines(At("asked")) : [];

    /// <summary>A unit of a name of its own that behaves so; answers the name.</summary>
    public string Unit(string does)
    {
        var name = $"{does}-{Guid.NewGuid():N}";
        File.WriteAllText(At($"unit-{name}"), does);
        return name;
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string At(string file) => System.IO.Path.Combine(_directory, file);
}
