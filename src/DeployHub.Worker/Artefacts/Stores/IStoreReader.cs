using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Reads one kind of definitive store.</summary>
internal interface IStoreReader
{
    StoreKind Kind { get; }

    /// <summary>The bytes of an artefact, once all that belongs to them has been found. Whoever asked compares their digest.</summary>
    /// <exception cref="StoreRefusedException">The store does not give them.</exception>
    /// <exception cref="ContentChangedException">Also while reading: there are other bytes now, so begin again.</exception>
    Task<StoredContent> OpenAsync(StoreAccess store, Artefact artefact, CancellationToken cancellationToken);
}
