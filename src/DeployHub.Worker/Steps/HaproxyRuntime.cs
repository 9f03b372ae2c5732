using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace DeployHub.Worker.Steps;

/// <summary>What HAProxy says of one server of a backend.</summary>
/// <param name="Status">Such as UP, DOWN, DRAIN, MAINT or no check.</param>
internal sealed record HaproxyServer(string Status, int Sessions, int Queue, int Weight)
{
    public bool TakesTraffic => Status.StartsWith("UP", StringComparison.Ordinal) || Status is "no check" or "OPEN";

    /// <summary>It would take traffic and is given some.</summary>
    public bool HasUsers => TakesTraffic && Weight > 0;

    public override string ToString() => $"{Status}, weight {Weight}, {Sessions} sessions";
}

/// <summary>HAProxy refused or could not be asked, in words for people.</summary>
internal sealed class HaproxyException(string sentence, bool isUnreachable = false) : Exception(sentence)
{
    public bool IsUnreachable => isUnreachable;
}

/// <summary>One HAProxy's runtime API: a command a connection, the answer ends with it.</summary>
internal sealed partial class HaproxyRuntime(string address)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Address => address;

    /// <summary>Parameters were filled in after the model was checked; a semicolon or a line break would be another command.</summary>
    public static string? Objection(IEnumerable<string> addresses, string backend, string server)
    {
        if (!Name().IsMatch(backend)) return $"“{backend}” cannot name a backend of HAProxy.";
        if (!Name().IsMatch(server)) return $"“{server}” cannot name a server of HAProxy.";
        return addresses.FirstOrDefault(known => !Place().IsMatch(known)) is { } wrong ? $"“{wrong}” is no address of a runtime API: write host:port or the path of a socket." : null;
    }

    /// <exception cref="HaproxyException">It cannot be reached, or knows no such server.</exception>
    public async Task<HaproxyServer> ServerAsync(string backend, string server, CancellationToken cancellationToken)
    {
        var lines = (await AskAsync("show stat", cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || !lines[0].StartsWith('#')) throw new HaproxyException($"HAProxy at {address} does not answer “show stat”: {lines.FirstOrDefault() ?? "nothing"}");

        var columns = lines[0].TrimStart('#', ' ').Split(',').Select((name, index) => (name, index)).Where(column => column.name.Length > 0).ToDictionary(column => column.name, column => column.index);
        var rows = lines[1..].Select(line => line.Split(',')).Where(row => row.Length > columns["status"] && row[columns["pxname"]] == backend).ToList();
        if (rows.Count == 0) throw new HaproxyException($"HAProxy at {address} has no backend {backend}.");

        var row = rows.Find(row => row[columns["svname"]] == server) ?? throw new HaproxyException($"Backend {backend} of HAProxy at {address} has no server {server}.");
        return new HaproxyServer(row[columns["status"]], Number("scur"), Number("qcur"), Number("weight"));

        int Number(string column) => int.TryParse(row[columns[column]], CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>A command that says nothing when it was carried out.</summary>
    /// <exception cref="HaproxyException">It was refused; HAProxy's own words.</exception>
    public async Task TellAsync(string command, CancellationToken cancellationToken)
    {
        var answer = (await AskAsync(command, cancellationToken)).Trim();
        if (answer.Length > 0) throw new HaproxyException($"HAProxy at {address} refuses “{command}”: {answer.ReplaceLineEndings(" ")}");
    }

    private async Task<string> AskAsync(string command, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var socket = await ConnectAsync(limit.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\n"), limit.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await reader.ReadToEndAsync(limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            throw new HaproxyException($"HAProxy at {address} cannot be reached: {exception.Message}", isUnreachable: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HaproxyException($"HAProxy at {address} gave no answer within {Patience.TotalSeconds:N0} seconds.", isUnreachable: true);
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        if (address.StartsWith('/'))
        {
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await local.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellationToken);
            return local;
        }

        var colon = address.LastIndexOf(':');
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address[..colon].Trim('[', ']'), int.Parse(address[(colon + 1)..], CultureInfo.InvariantCulture), cancellationToken);
        return socket;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]+\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(/\S+|\S+:[0-9]{1,5})\z")]
    private static partial Regex Place();
}
