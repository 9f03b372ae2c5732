using System.Net;
using System.Net.Sockets;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using DnsClient;
using DnsClient.Protocol;

namespace DeployHub.Worker.Checks;

/// <summary>Asks without a cache of its own. A name server that cannot answer tells nothing, which is not the same as an answer without records.</summary>
internal sealed class CheckDnsVerifier(TimeProvider clock) : StepExecutor<CheckDns>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    protected override async Task<StepOutcome> ExecuteAsync(CheckDns settings, StepContext context, CancellationToken cancellationToken)
    {
        var (client, unknown) = await ClientAsync(settings.Server, cancellationToken);
        if (client is null) return new StepOutcome.Failed(unknown!, HaltCause.ExternalSystemDown);

        DnsAnswer answer = null!;
        var asking = await Asking.UntilGoodAsync(clock, settings.Within, Duration.Of(settings.Every), async _ => (answer = await AskAsync(client, settings, cancellationToken)).Objection(settings), cancellationToken);
        context.Log.Write(asking.Objection is null ? LogStream.Out : LogStream.Error, $"{settings.Name} {settings.Type}: {answer.Trouble ?? Shown(answer.Records)}");
        if (asking.Objection is null) return new StepOutcome.Succeeded([new Evidence($"{settings.Name} ({settings.Type})", Shown(answer.Records))]);

        return answer.Trouble is not null
            ? new StepOutcome.Inconclusive($"{asking.Objection}.")
            : new StepOutcome.Failed($"{asking.Objection} after {settings.Within}.", HaltCause.HealthCheckFailed) { Evidence = [new Evidence($"{settings.Name} ({settings.Type})", Shown(answer.Records))] };
    }

    private static string Shown(IReadOnlyList<string> records) => records.Count == 0 ? "none" : Printable.Of(string.Join(", ", records));

    private static async Task<(LookupClient? Client, string? Unknown)> ClientAsync(string? server, CancellationToken cancellationToken)
    {
        if (server is null) return (new LookupClient(With(new LookupClientOptions())), null);
        if (HostAndPort.Parse(server, 53) is not { } place) return (null, $"“{server}” is no address of a name server.");

        try
        {
            var address = IPAddress.TryParse(place.Host, out var given) ? given : (await Dns.GetHostAddressesAsync(place.Host, cancellationToken))[0];
            return (new LookupClient(With(new LookupClientOptions(new IPEndPoint(address, place.Port)))), null);
        }
        catch (SocketException exception)
        {
            return (null, $"The name server {server} is not found: {exception.Message}.");
        }
    }

    private static LookupClientOptions With(LookupClientOptions options)
    {
        (options.UseCache, options.Timeout, options.Retries, options.ThrowDnsErrors) = (false, Limit, 1, false);
        return options;
    }

    private static async Task<DnsAnswer> AskAsync(LookupClient client, CheckDns settings, CancellationToken cancellationToken)
    {
        try
        {
            var said = await client.QueryAsync(settings.Name, QueryTypeOf(settings.Type), cancellationToken: cancellationToken);
            return said.HasError && said.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain
                ? new DnsAnswer([], $"answers {said.ErrorMessage}")
                : new DnsAnswer([.. said.Answers.Where(record => record.RecordType == ResourceRecordTypeOf(settings.Type)).Select(TextOf).OfType<string>().Order(StringComparer.Ordinal)], null);
        }
        catch (Exception exception) when (exception is DnsResponseException or ArgumentException)
        {
            return new DnsAnswer([], $"gives no answer: {exception.Message}");
        }
    }

    private static QueryType QueryTypeOf(DnsRecordType type) => type switch
    {
        DnsRecordType.Aaaa => QueryType.AAAA,
        DnsRecordType.Cname => QueryType.CNAME,
        DnsRecordType.Mx => QueryType.MX,
        DnsRecordType.Ns => QueryType.NS,
        DnsRecordType.Txt => QueryType.TXT,
        _ => QueryType.A,
    };

    /// <summary>An alias that leads to the records is not one of them.</summary>
    private static ResourceRecordType ResourceRecordTypeOf(DnsRecordType type) => (ResourceRecordType)QueryTypeOf(type);

    /// <summary>Null for what nobody asked for.</summary>
    private static string? TextOf(DnsResourceRecord record) => record switch
    {
        AddressRecord address => address.Address.ToString(),
        CNameRecord alias => Name(alias.CanonicalName),
        MxRecord mail => $"{mail.Preference} {Name(mail.Exchange)}",
        NsRecord server => Name(server.NSDName),
        TxtRecord text => string.Concat(text.Text),
        _ => null,
    };

    internal static string Name(string text) => text.TrimEnd('.').ToLowerInvariant();
}

/// <param name="Trouble">Why the server told nothing, in words that follow its name.</param>
internal sealed record DnsAnswer(IReadOnlyList<string> Records, string? Trouble)
{
    public string? Objection(CheckDns settings)
    {
        if (Trouble is not null) return $"{(settings.Server is { } server ? $"The name server {server}" : "DNS")} {Trouble}";

        var expected = settings.Expect.Select(record => settings.Type is DnsRecordType.Txt ? record : CheckDnsVerifier.Name(IPAddress.TryParse(record, out var address) ? address.ToString() : record)).Order(StringComparer.Ordinal);
        return expected.SequenceEqual(Records, StringComparer.Ordinal)
            ? null
            : $"{settings.Name} has {(Records.Count == 0 ? "no records" : Printable.Of(Words.List(Records)))} of type {settings.Type} where {(settings.Expect.Count == 0 ? "none" : Words.List(settings.Expect))} {(settings.Expect.Count > 1 ? "are" : "is")} expected";
    }
}
