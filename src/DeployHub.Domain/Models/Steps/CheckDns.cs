namespace DeployHub.Domain.Models.Steps;

/// <summary>What is asked of a name server.</summary>
public enum DnsRecordType
{
    A,
    Aaaa,
    Cname,
    Mx,
    Ns,
    Txt,
}

/// <summary>Asks a name server until a name has exactly the expected records, or, where none are expected, until it has none.</summary>
/// <param name="Name">Such as <c>shop.example.com</c>.</param>
/// <param name="Expect">All of its records in any order: addresses, names without the last dot, texts, or <c>10 mail.example.com</c>.</param>
/// <param name="Type">Which records are asked for.</param>
/// <param name="Server">A name server's address, with a port where it is not 53; the worker's own unless told.</param>
/// <param name="Within">How long it may take, such as <c>5m</c>.</param>
/// <param name="Every">The pause between two questions.</param>
public sealed record CheckDns(string Name, IReadOnlyList<string> Expect, DnsRecordType Type = DnsRecordType.A, string? Server = null, string Within = "30s", string Every = "2s") : StepSettings;
