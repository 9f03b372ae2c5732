namespace DeployHub.Domain.Inventory.Signing.Sigstore;

/// <summary>Whom to believe offline: a Sigstore <c>trusted_root.json</c> of v0.1 or v0.2. Refused with <c>trusted-root.…</c>.</summary>
/// <param name="Authorities">Who gives certificates to signers (Fulcio).</param>
/// <param name="Logs">Which logs hold signatures (Rekor).</param>
/// <param name="CertificateLogs">Which logs hold certificates.</param>
/// <param name="TimeAuthorities">Who stamps times (RFC 3161).</param>
public sealed record SigstoreTrustedRoot(
    IReadOnlyList<TrustedAuthority> Authorities, IReadOnlyList<TrustedLog> Logs, IReadOnlyList<TrustedLog> CertificateLogs, IReadOnlyList<TrustedAuthority> TimeAuthorities)
{
    private const int MostOfEach = 50;
    private const string Type = "application/vnd.dev.sigstore.trustedroot";

    public static Result<SigstoreTrustedRoot> Parse(ReadOnlyMemory<byte> bytes) => JsonPlace.Read(bytes, "trusted-root", "The trusted root", document =>
    {
        if (document.Text("mediaType") is not ($"{Type}+json;version=0.1" or $"{Type}.v0.2+json" or $"{Type}+json;version=0.2")) throw document.Refuse("is no Sigstore trusted root of v0.1 or v0.2", "version");
        return new SigstoreTrustedRoot(
            [.. Few(document, "certificateAuthorities").Select(TrustedAuthority.Read)],
            [.. Few(document, "tlogs").Select(TrustedLog.Read)],
            [.. Few(document, "ctlogs").Select(TrustedLog.Read)],
            [.. Few(document, "timestampAuthorities").Select(TrustedAuthority.Read)]);
    });

    private static List<JsonPlace> Few(JsonPlace place, string name)
    {
        var items = place.Items(name).Take(MostOfEach + 1).ToList();
        return items.Count <= MostOfEach ? items : throw place.Refuse($"has more than {MostOfEach} {name}", "size");
    }
}

/// <param name="Chain">In DER, the one nearest to the signer first and the root last.</param>
public sealed record TrustedAuthority(string Uri, IReadOnlyList<byte[]> Chain, TrustedPeriod ValidFor)
{
    private const int LongestChain = 10;

    internal static TrustedAuthority Read(JsonPlace authority)
    {
        var chain = authority.Member("certChain")?.Items("certificates").Take(LongestChain + 1).Select(certificate => certificate.NeededBytes("rawBytes")).ToList() ?? [];
        if (chain.Count is 0 or > LongestChain) throw authority.Refuse($"has {chain.Count} certificates in its chain, and 1 to {LongestChain} are read");
        return new TrustedAuthority(authority.Text("uri") ?? "", chain, TrustedPeriod.Read(authority.Member("validFor")));
    }
}

/// <param name="PublicKey">SubjectPublicKeyInfo, in DER.</param>
public sealed record TrustedLog(string Uri, byte[] Id, byte[] PublicKey, TrustedPeriod ValidFor)
{
    internal static TrustedLog Read(JsonPlace log)
    {
        var key = log.Member("publicKey") ?? throw log.Refuse("has no publicKey");
        var id = log.Member("logId") ?? throw log.Refuse("has no logId");
        return new TrustedLog(log.Text("baseUrl") ?? "", id.NeededBytes("keyId"), key.NeededBytes("rawBytes"), TrustedPeriod.Read(key.Member("validFor")));
    }
}

/// <summary>Both ends belong to it. Without a beginning it is never.</summary>
public sealed record TrustedPeriod(DateTimeOffset? Start, DateTimeOffset? End)
{
    public bool Contains(DateTimeOffset at) => at >= Start && !(at > End);

    internal static TrustedPeriod Read(JsonPlace? period) => new(period?.Instant("start"), period?.Instant("end"));
}
