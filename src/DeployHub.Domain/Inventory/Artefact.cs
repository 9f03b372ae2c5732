namespace DeployHub.Domain.Inventory;

/// <summary>The concrete thing with bytes that embodies a version (domain §1.2).</summary>
/// <param name="Name">Unique within its version, such as <c>package</c>.</param>
/// <param name="Store">Key of the definitive store it may be fetched from.</param>
/// <param name="Path">Where in that store: relative, no <c>..</c>; in what form says <see cref="StoreKind"/>.</param>
/// <param name="Digest">Over its bytes; what approval and verification bind to.</param>
/// <param name="Size">Bytes, when known at registration.</param>
public sealed record Artefact(string Name, string Store, string Path, Digest Digest, long? Size = null);
