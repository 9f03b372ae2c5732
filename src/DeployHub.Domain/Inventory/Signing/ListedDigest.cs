namespace DeployHub.Domain.Inventory.Signing;

public enum ChecksumAlgorithm
{
    Sha256,
    Sha512,
}

/// <summary>What a checksum file says of one name.</summary>
/// <param name="Hex">In lower case: 64 digits for SHA-256, 128 for SHA-512.</param>
public sealed record ListedDigest(string Name, ChecksumAlgorithm Algorithm, string Hex);
