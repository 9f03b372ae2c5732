using System.Globalization;
using DeployHub.Worker.Steps;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// Through the connection that is open anyway, by one command that takes the bytes, compares them and renames: another connection for SFTP
/// costs more than a small file.
/// </summary>
internal sealed class ShellUpload : IUploadWay
{
    private const int Block = 32 * 1024; // one packet: what is written after the channel was closed costs all the connection

    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(2);

    private readonly RemoteShell _shell;
    private readonly IDisposable? _place;

    private ShellUpload(RemoteShell shell, IDisposable? place, long there) => (_shell, _place, There) = (shell, place, there);

    public long There { get; }

    /// <exception cref="HostRefusedException">The account has no shell, or the host cannot be used.</exception>
    /// <exception cref="SshException">It cannot be written there, or the connection was lost.</exception>
    public static async Task<ShellUpload> OpenAsync(SshClient client, FileToHost what, CancellationToken cancellationToken)
    {
        var place = client is HostClient warm ? await warm.PlaceForUploadAsync(cancellationToken) : null;
        RemoteShell? shell = null;
        try
        {
            shell = await RemoteShell.StartFedAsync(client, Script(what), cancellationToken);
            var there = await OwnThread.RunAsync(() => Answer(shell)).WaitAsync(RemoteShell.GreetingLimit, cancellationToken);
            return new ShellUpload(shell, place, long.Parse(there, CultureInfo.InvariantCulture));
        }
        catch (Exception exception)
        {
            shell?.Dispose();
            place?.Dispose();
            if (exception is TimeoutException) throw HostRefusedException.Unreachable($"The host started a shell, but said nothing of {what.Path} within {RemoteShell.GreetingLimit.TotalSeconds:0} s: a log-in script may have read what was meant for it.");
            throw;
        }
    }

    public async Task<Arrival> CompleteAsync(FileStream from, CancellationToken cancellationToken)
    {
        from.Seek(There, SeekOrigin.Begin);
        var answer = OwnThread.RunAsync(() => Answer(_shell));
        var feeding = OwnThread.RunAsync(() => Feed(from, answer, cancellationToken));
        await FedAsync(feeding, cancellationToken);
        _shell.Input.Dispose();
        return await answer.WaitAsync(cancellationToken) switch
        {
            "placed" => Arrival.Placed,
            "differs" => Arrival.Differs,
            "untold" => Arrival.CannotTell,
            var other => throw new SshConnectionException($"not every byte has arrived ({other})"),
        };
    }

    public void Dispose()
    {
        _shell.Dispose();
        _place?.Dispose();
    }

    /// <summary>Called off, it lets the thread come to its end: bytes that follow a closed channel make a host drop the connection, and others use it, too.</summary>
    private static async Task FedAsync(Task feeding, CancellationToken cancellationToken)
    {
        try
        {
            await feeding.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(feeding, Task.Delay(StopsWithin, CancellationToken.None));
            throw;
        }
    }

    /// <summary>An answer before the end means that nobody wants the rest.</summary>
    private void Feed(FileStream from, Task answer, CancellationToken cancellationToken)
    {
        var block = new byte[Block];
        for (int read; !cancellationToken.IsCancellationRequested && !answer.IsCompleted && (read = from.Read(block)) > 0;) _shell.Input.Write(block, 0, read);
    }

    /// <summary>What stands before it is what the commands complained of.</summary>
    private static string Answer(RemoteShell shell)
    {
        var complaints = new List<string>();
        while (shell.ReadLine() is { } line)
        {
            if (line == "=failed") throw new SshException(string.Join(' ', complaints));
            if (line.StartsWith('=')) return line[1..].Trim();

            complaints.Add(line);
        }

        throw new SshConnectionException(complaints.Count == 0 ? "the host said nothing more" : string.Join(' ', complaints));
    }

    /// <summary>
    /// Bytes are written where they belong in the file, so that what a dead connection still delivers does no harm. Who cannot write goes on
    /// reading, else the worker would wait for a host that takes nothing. The digest is the content's alone: a name may hold one, too.
    /// </summary>
    private static string Script(FileToHost what) => string.Join(' ',
        $"exec 2>&1; half={RemoteCommand.Quoted(what.Half)} path={RemoteCommand.Quoted(what.Path)} folder={RemoteCommand.Quoted(what.Folder)} length={what.Length};",
        """failed() { rm -f "$half"; echo =failed; exec cat >/dev/null; };""",
        """[ ! -d "$path" ] || { echo "it is a folder there"; failed; };""",
        """[ -z "$folder" ] || [ -d "$folder" ] || mkdir -p "$folder" || failed;""",
        """there=0; [ ! -f "$half" ] || there=$(wc -c <"$half") || failed; [ "$there" -le $length ] || { rm -f "$half"; there=0; };""",
        "echo =$there;",
        """if [ "$there" -eq 0 ]; then cat >"$half" || failed; else { dd bs=1 seek=$there count=0 conv=notrunc 2>/dev/null && cat; } 1<>"$half" || failed; fi;""",
        """there=$(wc -c <"$half") || { echo =untold; exit; }; [ "$there" -eq $length ] || { echo =$there; exit; };""",
        """sum=$(sha256sum <"$half" 2>/dev/null || shasum -a 256 <"$half" 2>/dev/null || openssl dgst -sha256 <"$half" 2>/dev/null) || { echo =untold; exit; };""",
        $"case $sum in *{what.Digest.Hex}*)",
        """mv -f "$half" "$path" && echo =placed || failed ;; *) rm -f "$half"; echo =differs ;; esac""");
}
