using System.Security.Cryptography;

namespace DeployHub.Domain.Inventory.Signing.Sigstore;

/// <summary>The tree of a transparency log (RFC 6962 §2.1, RFC 9162 §2.1.3.2).</summary>
public static class MerkleTree
{
    public static byte[] LeafHash(byte[] content) => SHA256.HashData([0, .. content]);

    /// <summary>The root to which the hashes lead from a leaf; null when they cannot be those of that leaf in a tree of that size.</summary>
    public static byte[]? Root(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> hashes)
    {
        if (index < 0 || index >= size || hashes.Any(hash => hash.Length != SHA256.HashSizeInBytes)) return null;

        var (node, last, root) = (index, size - 1, leafHash);
        foreach (var hash in hashes)
        {
            if (last == 0) return null;
            if ((node & 1) == 1 || node == last)
            {
                root = Parent(hash, root);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                root = Parent(root, hash);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 ? root : null;
    }

    public static byte[] Parent(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
