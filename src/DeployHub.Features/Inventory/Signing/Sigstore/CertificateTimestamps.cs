using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>Signed certificate timestamps inside a certificate (RFC 6962 §3.2, §3.3).</summary>
internal static class CertificateTimestamps
{
    private const string Extension = "1.3.6.1.4.1.11129.2.4.2";
    private const int MostTimestamps = 16;

    /// <summary>At least one is by a log that was trusted then.</summary>
    /// <param name="issuer">SubjectPublicKeyInfo of who gave the certificate.</param>
    public static bool Hold(X509Certificate2 certificate, byte[] issuer, IReadOnlyList<TrustedLog> logs) => OpenPgpRules.Tried(() =>
    {
        if (certificate.Extensions[Extension] is not { } extension) return false;
        var list = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadOctetString().AsSpan()[2..];
        var entry = Precertificate(certificate, issuer);
        for (var count = 0; !list.IsEmpty && count < MostTimestamps; count++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(list);
            if (Holds(list.Slice(2, length), entry, logs)) return true;
            list = list[(2 + length)..];
        }

        return false;
    });

    private static bool Holds(ReadOnlySpan<byte> timestamp, byte[] entry, IReadOnlyList<TrustedLog> logs)
    {
        const int head = 1 + 32 + 8;
        var id = timestamp.Slice(1, 32).ToArray();
        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)BinaryPrimitives.ReadUInt64BigEndian(timestamp[33..]));
        var extensions = timestamp.Slice(head, 2 + BinaryPrimitives.ReadUInt16BigEndian(timestamp[head..]));
        var signature = timestamp[(head + extensions.Length + 4)..].ToArray(); // after hash, algorithm and length, which the key's kind says, too
        if (timestamp[0] != 0 || logs.FirstOrDefault(log => log.Id.AsSpan().SequenceEqual(id)) is not { } log || !log.ValidFor.Contains(at)) return false;

        byte[] signed = [0, 0, .. timestamp.Slice(33, 8), .. entry, .. extensions];
        return SigningKey.Read(log.PublicKey)?.Made(signature, SignedMessage.Of(signed)) == true;
    }

    /// <summary>The certificate as the log saw it: without the timestamps, and with who was to give it.</summary>
    private static byte[] Precertificate(X509Certificate2 certificate, byte[] issuer)
    {
        var body = WithoutTimestamps(certificate.RawData);
        return [0, 1, .. SHA256.HashData(issuer), (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    private static byte[] WithoutTimestamps(byte[] certificate)
    {
        var extensionsTag = new Asn1Tag(TagClass.ContextSpecific, 3, isConstructed: true);
        var body = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            while (body.HasData)
            {
                if (body.PeekTag() != extensionsTag)
                {
                    writer.WriteEncodedValue(body.ReadEncodedValue().Span);
                    continue;
                }

                var extensions = body.ReadSequence(extensionsTag).ReadSequence();
                using (writer.PushSequence(extensionsTag))
                using (writer.PushSequence())
                    while (extensions.HasData)
                    {
                        var extension = extensions.ReadEncodedValue();
                        if (new AsnReader(extension, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier() != Extension) writer.WriteEncodedValue(extension.Span);
                    }
            }

        return writer.Encode();
    }
}
