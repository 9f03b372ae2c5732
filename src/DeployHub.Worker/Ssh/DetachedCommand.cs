using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeployHub.Worker.Steps;
using Renci.SshNet;

namespace DeployHub.Worker.Ssh;

/// <summary>How a command that goes on alone stands.</summary>
internal enum DetachedState
{
    Running,
    Ended,

    /// <summary>Its processes are gone and left no exit code: killed from outside, or the host was restarted.</summary>
    Gone,

    /// <summary>The host knows nothing of it.</summary>
    Unknown,
}

/// <param name="Output">New bytes of standard output; <paramref name="HasMore"/> says that not all of them fitted.</param>
internal sealed record DetachedLook(DetachedState State, int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Errors, bool HasMore);

/// <summary>
/// A command under a small supervisor of its own on the host, in a folder of the account's home named after the step's key. Made once by
/// <c>mkdir</c>, the folder is what makes a second beginning of the same key find the first. It holds the output (cut where no log would
/// keep more), the process group and, at last, the exit code.
/// </summary>
internal sealed class DetachedCommand(SshClient client, string key, DateTimeOffset startedAt, Become? become, TimeSpan limit)
{
    private const int LargestOutput = 11 * 1024 * 1024; // one MiB more than a log keeps, so that the log says that it cut
    private const int LargestChunk = 1024 * 1024;

    private const string Home = "\"${HOME:-/var/tmp}/.deployhub\"";

    /// <summary>Reads the command from its input; $1 is the folder, $2 the umask. A daemon that the command leaves behind keeps its pipes, not the supervisor.</summary>
    private static readonly string Supervisor = $$"""
        cd "$1" || exit 1
        echo $$ > group.new; mv group.new group
        command=$(cat)
        mkfifo out.pipe err.pipe
        { head -c {{LargestOutput}} > out; cat > /dev/null; : > out.end; } < out.pipe &
        { head -c {{LargestOutput}} > err; cat > /dev/null; : > err.end; } < err.pipe &
        (umask "$2"; eval "$command") < /dev/null > out.pipe 2> err.pipe
        code=$?
        tries=0
        until { [ -e out.end ] && [ -e err.end ]; } || [ $tries -ge 20 ]; do tries=$((tries + 1)); sleep 0.05 2>/dev/null || sleep 1; done
        echo $code > code.new; mv code.new code
        """;

    private readonly string _name = NameOf(key, startedAt);

    /// <summary>The script with a file in the folder for what it says for the steps after it.</summary>
    public static string WithOutputs(string script) => $"DEPLOYHUB_OUTPUT=\"$PWD/outputs\"; export DEPLOYHUB_OUTPUT; : > \"$DEPLOYHUB_OUTPUT\"; {script}";

    /// <summary>Begins the command, unless it was begun before.</summary>
    /// <exception cref="HostRefusedException">The host could not be told, or nobody knows whether it was.</exception>
    public async Task BeginAsync(string script)
    {
        var said = await RunAsync($"""
            mask=$(umask); umask 077
            mkdir -p {Home} && cd {Home} || exit 1
            if mkdir {_name} 2>/dev/null; then
            printf %s {RemoteCommand.Quoted(script)} | setsid sh -c {RemoteCommand.Quoted(Supervisor)} supervisor {_name} "$mask" >/dev/null 2>&1 &
            else [ -d {_name} ] || exit 1; fi
            """);
        if (said.ExitCode != 0) throw new HostRefusedException(Domain.Runs.HaltCause.PrerequisiteMissing, $"No folder can be made in the home of the account on the host, so the command cannot go on alone there: {said.Errors}");
    }

    /// <param name="patience">How long the host waits for the end before it answers.</param>
    public async Task<DetachedLook> LookAsync(DetachedTicket.Begun seen, TimeSpan patience)
    {
        var said = await RunAsync($$"""
            cd {{Home}}/{{_name}} 2>/dev/null || { echo Unknown 0 0 0; exit 0; }
            tries=0
            until [ -e code ] || [ $tries -ge {{(int)(patience.TotalMilliseconds / 50)}} ]; do tries=$((tries + 1)); sleep 0.05 2>/dev/null || sleep 1; done
            state=Running code=0
            if [ ! -e code ] && [ -e group ] && ! kill -s 0 -- "-$(cat group)" 2>/dev/null && [ ! -e code ]; then state=Gone; fi
            if [ ! -e group ] && [ -n "$(find . -prune -mmin +1)" ]; then state=Gone; fi
            if [ -e code ]; then state=Ended code=$(cat code); fi
            rest() { size=0; [ ! -e "$1" ] || size=$(($(wc -c < "$1") - $2)); [ $size -le {{LargestChunk}} ] || size={{LargestChunk}}; echo $size; }
            out=$(rest out {{seen.Output}}) err=$(rest err {{seen.Errors}})
            echo $state $code $out $err
            [ $out -eq 0 ] || tail -c +{{seen.Output + 1}} out | head -c $out
            [ $err -eq 0 ] || tail -c +{{seen.Errors + 1}} err | head -c $err
            """);
        return Read(said.Output) ?? throw HostRefusedException.Unreachable($"The host's answer about the command is not whole: {said.Errors}");
    }

    /// <summary>The last thing it said on standard error.</summary>
    public async Task<string?> LastErrorAsync()
    {
        var said = await RunAsync($"tail -c 4000 {Home}/{_name}/err");
        return Encoding.UTF8.GetString(said.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
    }

    /// <summary>What it said for the steps after it, as it wrote it.</summary>
    public async Task<string> OutputsAsync() => Encoding.UTF8.GetString((await RunAsync($"head -c {SaidOutputs.LargestFile + 1} {Home}/{_name}/outputs")).Output);

    /// <summary>Ends its whole process group.</summary>
    public Task KillAsync() => RunAsync($"cd {Home}/{_name} && kill -s KILL -- \"-$(cat group)\"");

    public Task RemoveAsync() => RunAsync($"cd {Home} && rm -rf {_name}");

    private static DetachedLook? Read(byte[] answer)
    {
        var end = Array.IndexOf(answer, (byte)'\n');
        if (end < 0 || Encoding.ASCII.GetString(answer, 0, end).Split(' ') is not [var state, var code, var output, var errors]) return null;

        var (outputs, errorBytes) = (int.Parse(output, CultureInfo.InvariantCulture), int.Parse(errors, CultureInfo.InvariantCulture));
        var rest = answer.AsMemory(end + 1);
        return rest.Length < outputs + errorBytes ? null : new DetachedLook(
            Enum.Parse<DetachedState>(state), int.Parse(code, CultureInfo.InvariantCulture), rest[..outputs], rest.Slice(outputs, errorBytes),
            outputs == LargestChunk || errorBytes == LargestChunk);
    }

    private async Task<(int ExitCode, byte[] Output, string Errors)> RunAsync(string script)
    {
        using var end = new CancellationTokenSource(limit);
        using var output = new MemoryStream();
        var errors = new StringBuilder();
        try
        {
            var exitCode = await RemoteShell.RunAsync(
                client, script, become, from => from.CopyTo(output), from => OutputLines.Read(from, line => errors.Append(errors.Length < 1000 ? $"{line} " : "")), end.Token);
            return (exitCode, output.ToArray(), errors.ToString().Trim());
        }
        catch (OperationCanceledException)
        {
            throw HostRefusedException.Unreachable($"The host did not answer a small command within {limit.TotalSeconds:0} s.");
        }
    }

    /// <summary>Readable, short enough for any file system, and another one for the same key of another installation.</summary>
    public static string NameOf(string key, DateTimeOffset startedAt)
    {
        var readable = string.Concat(key.Take(120).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return $"{readable}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key} {startedAt.ToUnixTimeMilliseconds()}")))[..12]}";
    }
}
