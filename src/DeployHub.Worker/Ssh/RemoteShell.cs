using System.Text;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// One POSIX shell on a host that waits for its script on standard input. So no value of the script shows in the host's list of
/// processes, the process group to end is known before anything runs, and a connection that broke before can be opened again.
/// </summary>
/// <remarks>Each process more is felt on a fleet: where sshd has made the shell a group of its own, which it does unless sudo is between, no other is made.</remarks>
internal sealed class RemoteShell : IDisposable
{
    /// <summary>How long a started shell may take to greet: an overloaded host, slow log-in scripts.</summary>
    public static readonly TimeSpan GreetingLimit = TimeSpan.FromMinutes(2);

    /// <summary>When sudo has not begun by then, it asks again: the password was wrong. It is given once, so that no account is locked.</summary>
    private static readonly TimeSpan PasswordLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long output may still come after the script ended.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(20);

    private readonly SshClient _client;
    private readonly Become? _become;
    private readonly SshCommand _command;
    private readonly IDisposable? _use;
    private readonly string _mark = $"deployhub-{Guid.NewGuid():N}";
    private Task _execution = Task.CompletedTask;
    private Stream? _input;
    private string _group = "";

    private RemoteShell(SshClient client, Become? become, bool isFed)
    {
        (_client, _become, _use) = (client, become, (client as HostClient)?.Use());
        var shell = $"""sh -c 'eval "$1"' sh '{Waiting(isFed)}'""";
        _command = client.CreateCommand(become switch
        {
            null => $"exec {shell}",
            { Password: null } => $"exec sudo -n -H -u {RemoteCommand.Quoted(become.User)} -- {shell}",
            _ => $"exec sudo -S -H -p '' -u {RemoteCommand.Quoted(become.User)} -- {shell}",
        });
    }

    /// <summary>The first line read is the mark: what sudo left of its password lies before it. The last line proves that a script came whole.</summary>
    private string Waiting(bool isFed)
    {
        const string leadsGroup = """{ read -r _ _ _ _ group _ </proc/$$/stat; } 2>/dev/null; [ -n "$group" ] || group=$(ps -o pgid= -p $$ 2>/dev/null); [ "$group" -eq $$ ] 2>/dev/null""";
        var takesScript = isFed ? "IFS= read -r script || exit 125" : $"""script=$(cat); case $script in *"#{_mark}") ;; *) echo "The command did not arrive whole: a log-in script may have read it." >&2; exit 125 ;; esac; exec </dev/null""";
        return $$"""[ -n "$2" ] || { {{leadsGroup}} || exec setsid -w sh -c "$1" sh "$1" again; }; echo "{{_mark}} $$"; while read -r line && [ "$line" != {{_mark}} ]; do :; done; {{takesScript}}; unset group line; set --; eval "$script" """;
    }

    private string Host => NameOf(_client);

    /// <summary>Runs a script and answers its exit code. Cancelled, it ends the script's whole process group.</summary>
    /// <param name="readOutput">Reads standard output until its end.</param>
    /// <exception cref="HostRefusedException">The connection was lost, or sudo refuses.</exception>
    public static async Task<int> RunAsync(
        SshClient client, string script, Become? become, Action<Stream> readOutput, Action<Stream> readError, CancellationToken cancellationToken)
    {
        using var shell = await StartAsync(client, become, isFed: false, cancellationToken);
        return await shell.RunAsync(script, readOutput, readError, cancellationToken);
    }

    /// <summary>Starts a script of one line that reads what <see cref="Input"/> is given. When its input ends early it has to end, too: nobody ends it otherwise.</summary>
    /// <exception cref="HostRefusedException">The connection was lost, or the account has no shell.</exception>
    public static async Task<RemoteShell> StartFedAsync(SshClient client, string line, CancellationToken cancellationToken)
    {
        var shell = await StartAsync(client, null, isFed: true, cancellationToken);
        try
        {
            shell.Send($"{line}\n");
            return shell;
        }
        catch
        {
            shell.Dispose();
            throw;
        }
    }

    /// <summary>Writing blocks while the host takes nothing.</summary>
    public Stream Input => _input!;

    /// <summary>Blocks until the script says a line; null when it has ended.</summary>
    public string? ReadLine() => ReadLine(_command.OutputStream);

    /// <summary>A connection that broke unnoticed is opened again, once: nothing was started on it.</summary>
    private static async Task<RemoteShell> StartAsync(SshClient client, Become? become, bool isFed, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(client, become, isFed, cancellationToken);
        }
        catch (Exception exception) when (HostRefusedException.IsLost(exception) && client is HostClient warm)
        {
            client = await warm.ReopenAsync(cancellationToken);
        }

        try
        {
            return await OpenAsync(client, become, isFed, cancellationToken);
        }
        catch (Exception exception) when (HostRefusedException.IsLost(exception))
        {
            throw HostRefusedException.Unreachable($"{NameOf(client)} drops the connection before anything could be started there: {exception.Message}");
        }
    }

    private static async Task<RemoteShell> OpenAsync(SshClient client, Become? become, bool isFed, CancellationToken cancellationToken)
    {
        var shell = new RemoteShell(client, become, isFed);
        try
        {
            var greeting = OwnThread.RunAsync(shell.Greet);
            if (become?.Password is not null && await Task.WhenAny(greeting, Task.Delay(PasswordLimit, cancellationToken)) != greeting) shell._input?.Dispose();
            await greeting.WaitAsync(GreetingLimit, cancellationToken);
            return shell;
        }
        catch (Exception exception)
        {
            shell.Dispose();
            if (exception is TimeoutException) throw HostRefusedException.Unreachable($"{shell.Host} let the worker in, but started no shell within {GreetingLimit.TotalSeconds:0} s.");
            throw;
        }
    }

    private void Greet()
    {
        _execution = _command.ExecuteAsync(CancellationToken.None); // returns when the host has confirmed that it starts the shell
        Introduce();

        var said = new List<string>();
        while (ReadLine(_command.OutputStream) is { } line)
        {
            var at = line.IndexOf(_mark, StringComparison.Ordinal);
            if (at >= 0)
            {
                _group = line[(at + _mark.Length)..].Trim();
                return;
            }

            if (said.Count < 20) said.Add(line); // what a log-in script prints
        }

        _execution.GetAwaiter().GetResult(); // says so when the connection broke
        while (said.Count < 40 && ReadLine(_command.ExtendedOutputStream) is { } line) said.Add(line);
        throw Refusal(string.Join(' ', said).Trim());
    }

    private void Introduce()
    {
        try
        {
            _input = _command.CreateInputStream();
            if (_become?.Password is { } password) Send($"{password}\n");
            if (_become is null) Send($"{_mark}\n"); // at once: what is no shell, such as an SFTP server, takes offence and ends
        }
        catch (InvalidOperationException)
        {
            if (!SpinWait.SpinUntil(() => _execution.IsCompleted, LastWords)) throw; // it has ended already, and what it said tells why
        }
    }

    private async Task<int> RunAsync(string script, Action<Stream> readOutput, Action<Stream> readError, CancellationToken cancellationToken)
    {
        var reading = Task.WhenAll(OwnThread.RunAsync(() => readOutput(_command.OutputStream)), OwnThread.RunAsync(() => readError(_command.ExtendedOutputStream)));
        try
        {
            SendAll(script);
            await _execution.WaitAsync(cancellationToken);
            await Task.WhenAny(reading, Task.Delay(LastWords, CancellationToken.None));
            return _command.ExitStatus ?? -1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await KillAsync();
            throw;
        }
        catch (Exception exception) when (HostRefusedException.IsLost(exception))
        {
            throw HostRefusedException.Unreachable($"The connection to {Host} was lost while a command ran there; whether it came to its end is not known: {exception.Message}");
        }
        finally
        {
            _ = reading.ContinueWith(broken => broken.Exception, TaskScheduler.Default); // seen, so that nobody reports it
        }
    }

    private async Task KillAsync()
    {
        using var limit = new CancellationTokenSource(KillLimit);
        try
        {
            using var killer = await StartAsync(_client, _become, isFed: false, limit.Token);
            killer.SendAll($"kill -s KILL -- -{_group}");
            await killer._execution.WaitAsync(limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HostRefusedException || HostRefusedException.IsLost(exception))
        {
            // The host is away: what runs there cannot be ended from here, and the step's outcome says that it was cut off.
        }
    }

    private void SendAll(string script)
    {
        Send($"{(_become is null ? "" : $"{_mark}\n")}{script}\n#{_mark}");
        _input!.Dispose(); // the shell reads to the end
        _input = null;
    }

    private void Send(string text)
    {
        _input!.Write(Encoding.UTF8.GetBytes(text));
        _input.Flush();
    }

    private HostRefusedException Refusal(string said)
    {
        var user = _client.ConnectionInfo.Username;
        if (_become is null) return new(HaltCause.PrerequisiteMissing, $"{Host} lets {user} in, but starts no shell (needed are sh and setsid){(said.Length == 0 ? "." : $": {said}")}");

        var advice = _become.Password is null
            ? "Allow it in sudoers without a password, or name the secret that holds the password."
            : "Look whether the secret holds the right password and whether sudoers allows it.";
        return new(
            _become.Password is null ? HaltCause.PrerequisiteMissing : HaltCause.CredentialInvalid,
            $"sudo on {Host} does not let {user} become {_become.User}{(said.Length == 0 ? "" : $" ({said.TrimEnd('.')})")}. {advice}");
    }

    private static string NameOf(SshClient client) => (client as HostClient)?.Host ?? client.ConnectionInfo.Host;

    /// <summary>Byte by byte, so that what follows is left to who reads next. Null at the end.</summary>
    private static string? ReadLine(Stream stream)
    {
        var bytes = new List<byte>();
        int next;
        while ((next = stream.ReadByte()) is not (-1 or '\n'))
            if (bytes.Count < 1024) bytes.Add((byte)next);
        return bytes.Count > 0 || next == '\n' ? Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r') : null;
    }

    public void Dispose()
    {
        try
        {
            _input?.Dispose();
            _command.Dispose();
        }
        catch (Exception exception) when (HostRefusedException.IsLost(exception) || exception is SshException)
        {
        }

        _ = _execution.ContinueWith(broken => broken.Exception, TaskScheduler.Default);
        _use?.Dispose();
    }
}
