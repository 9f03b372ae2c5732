using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Domain.Inventory.Signing.Attestations;

/// <summary>A signed envelope as it lies beside an artefact. Refused with <c>attestation.…</c>.</summary>
/// <param name="Bundle">What the envelope came in; null when it lay there alone.</param>
public sealed record Attestation(DsseEnvelope Envelope, SigstoreBundle? Bundle)
{
    /// <summary>Bytes of a file of them.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    private const int MostInFile = 32;

    /// <summary>Bytes of an envelope, in a bundle or alone.</summary>
    private const int MostBytesOfOne = DsseEnvelope.MostBytes;

    /// <summary>One envelope or Sigstore bundle, or several, each on a line of its own (JSON lines).</summary>
    public static Result<IReadOnlyList<Attestation>> ParseFile(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MostBytes) return Refusal("size", $"is larger than {MostBytes / 1024 / 1024} MiB.");

        var lines = Lines(bytes);
        if (lines.Count == 0) return Refusal("malformed", "is empty.");
        if (lines.Count > MostInFile) return Refusal("size", $"holds more than the {MostInFile} attestations that are read.");
        var read = new List<Attestation>();
        foreach (var line in lines)
        {
            if (line.Length > MostBytesOfOne) return Refusal("size", $"is larger than the {MostBytesOfOne / 1024 / 1024} MiB that are read of one.");
            var attestation = JsonPlace.Read(line, "attestation", "The attestation", Read);
            if (attestation.Error is { } refusal) return refusal;
            read.Add(attestation.Value);
        }

        return read;
    }

    private static Attestation Read(JsonPlace document)
    {
        if (!SigstoreBundle.IsOne(document)) return new Attestation(DsseEnvelope.Read(document), null);
        var bundle = SigstoreBundle.Read(document);
        return bundle.Envelope is { } envelope ? new Attestation(envelope, bundle) : throw document.Refuse("is a bundle over a file, which says nothing of how it was made", "kind");
    }

    /// <summary>The whole when its lines are not documents of their own: JSON may be written over many lines.</summary>
    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> bytes)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        var isEach = true;
        for (var rest = bytes; !rest.IsEmpty && lines.Count <= MostInFile && isEach;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = Trimmed(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.IsEmpty) continue;
            isEach = line.Span[0] == '{' && line.Span[^1] == '}';
            lines.Add(line);
        }

        return isEach ? lines : [bytes];
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> line)
    {
        var (start, length) = (line.Length - line.Span.TrimStart(" \t\r"u8).Length, line.Span.Trim(" \t\r"u8).Length);
        return line.Slice(start, length);
    }

    private static Error Refusal(string rule, string sentence) => new(ErrorKind.Invalid, $"attestation.{rule}", $"The attestation {sentence}");
}
