namespace DeployHub.Features.Inventory.Signing;

/// <summary>The frame of OpenPGP packets (RFC 9580 §4.2), looked at before anybody reads their inside: every packet is one of those expected and ends inside the data.</summary>
internal static class Packets
{
    public const int Signature = 2;
    public const int PublicKey = 6;

    private const int Most = 2000;

    /// <summary>Tags of a key that is exported without photographs.</summary>
    public static readonly int[] OfKey = [Signature, PublicKey, 12, 13, 14];

    /// <summary>The tags in order; null when the frame is broken or something else is in it.</summary>
    public static IReadOnlyList<int>? Tags(ReadOnlySpan<byte> data, params ReadOnlySpan<int> allowed)
    {
        var tags = new List<int>();
        while (!data.IsEmpty)
        {
            if (tags.Count == Most || Head(data) is not { } head || !allowed.Contains(head.Tag) || head.Length > data.Length - head.Size) return null;
            tags.Add(head.Tag);
            data = data[(int)(head.Size + head.Length)..];
        }

        return tags.Count == 0 ? null : tags;
    }

    /// <summary>Null for lengths in parts, which only data packets may have, and for a header that is cut off.</summary>
    private static (int Tag, int Size, long Length)? Head(ReadOnlySpan<byte> data)
    {
        if ((data[0] & 0x80) == 0) return null;
        if ((data[0] & 0x40) == 0)
        {
            var octets = (data[0] & 3) switch { 0 => 1, 1 => 2, 2 => 4, _ => 0 };
            return octets == 0 || data.Length < 1 + octets ? null : ((data[0] >> 2) & 15, 1 + octets, Number(data.Slice(1, octets)));
        }

        var tag = data[0] & 63;
        if (data.Length < 2) return null;
        return data[1] switch
        {
            < 192 => (tag, 2, data[1]),
            < 224 => data.Length < 3 ? null : (tag, 3, ((data[1] - 192) << 8) + data[2] + 192),
            255 => data.Length < 6 ? null : (tag, 6, Number(data.Slice(2, 4))),
            _ => null,
        };
    }

    private static long Number(ReadOnlySpan<byte> octets)
    {
        long number = 0;
        foreach (var octet in octets) number = (number << 8) | octet;
        return number;
    }
}
