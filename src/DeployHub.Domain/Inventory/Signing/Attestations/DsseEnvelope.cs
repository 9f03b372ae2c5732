using System.Globalization;
using System.Text;

namespace DeployHub.Domain.Inventory.Signing.Attestations;

/// <summary>A payload with its signatures, as DSSE 1.0 writes it (github.com/secure-systems-lab/dsse). Refused with <c>envelope.…</c>.</summary>
public sealed record DsseEnvelope(string PayloadType, byte[] Payload, IReadOnlyList<byte[]> Signatures)
{
    /// <summary>Bytes.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private const int MostSignatures = 16;

    /// <summary>What the signatures are over: the pre-authentication encoding, which binds the type to the payload.</summary>
    public byte[] Signed
    {
        get
        {
            var type = Encoding.UTF8.GetBytes(PayloadType);
            return [.. "DSSEv1 "u8, .. Length(type), (byte)' ', .. type, (byte)' ', .. Length(Payload), (byte)' ', .. Payload];
        }
    }

    public static Result<DsseEnvelope> Parse(ReadOnlyMemory<byte> bytes) => JsonPlace.Read(bytes, "envelope", "The envelope", Read);

    internal static DsseEnvelope Read(JsonPlace envelope)
    {
        var signatures = envelope.Items("signatures").Select(signature => signature.NeededBytes("sig")).ToList();
        if (signatures.Count is 0 or > MostSignatures) throw envelope.Refuse($"has {signatures.Count} signatures, and 1 to {MostSignatures} are read");
        return new DsseEnvelope(envelope.Needed("payloadType"), envelope.NeededBytes("payload"), signatures);
    }

    private static byte[] Length(byte[] bytes) => Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture));
}
