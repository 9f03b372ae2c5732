namespace DeployHub.Domain.Inventory.Signing.Sigstore;

/// <summary>That a transparency log (Rekor) holds a signature, and how that is shown.</summary>
/// <param name="LogId">Of the log, as the trusted root names it.</param>
/// <param name="IntegratedAt">Seconds since 1970, as the log says; only a promise signs them.</param>
/// <param name="Promise">The signed entry timestamp; null when there is none.</param>
/// <param name="Body">What was logged, byte by byte.</param>
public sealed record LogEntry(long Index, byte[] LogId, string Kind, string KindVersion, long IntegratedAt, byte[]? Promise, InclusionProof? Proof, byte[] Body)
{
    /// <summary>What names the entry by what was shown: the promise signs the log's index, the proof that in its tree.</summary>
    public long ProvenIndex => Promise is null && Proof is { } proof ? proof.Index : Index;

    internal static LogEntry Read(JsonPlace entry)
    {
        var id = entry.Member("logId") ?? throw entry.Refuse("has no logId");
        var kind = entry.Member("kindVersion") ?? throw entry.Refuse("has no kindVersion");
        return new LogEntry(
            entry.Count("logIndex") ?? 0, // ProtoJSON leaves out what is zero
            id.NeededBytes("keyId"),
            kind.Needed("kind"),
            kind.Needed("version"),
            entry.Count("integratedTime") ?? 0,
            entry.Member("inclusionPromise")?.Bytes("signedEntryTimestamp"),
            entry.Member("inclusionProof") is { } proof ? InclusionProof.Read(proof) : null,
            entry.NeededBytes("canonicalizedBody"));
    }
}

/// <summary>How a leaf leads to the root of the log's tree.</summary>
/// <param name="Checkpoint">The root as the log signed it; null when there is none, and then the proof shows nothing by itself.</param>
public sealed record InclusionProof(long Index, long TreeSize, byte[] RootHash, IReadOnlyList<byte[]> Hashes, string? Checkpoint)
{
    private const int MostHashes = 64;

    internal static InclusionProof Read(JsonPlace proof)
    {
        var hashes = proof.Items("hashes").Take(MostHashes + 1).Select(hash => hash.AsBytes()).ToList();
        if (hashes.Count > MostHashes) throw proof.Refuse($"has more than {MostHashes} hashes", "size");
        return new InclusionProof(proof.Count("logIndex") ?? 0, proof.Count("treeSize") ?? 0, proof.NeededBytes("rootHash"), hashes, proof.Member("checkpoint")?.Text("envelope") is { Length: > 0 } checkpoint ? checkpoint : null);
    }
}
