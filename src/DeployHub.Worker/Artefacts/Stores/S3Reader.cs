using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>The bucket is in the store's address, in its path or its host, and both are signed as they are. Without a secret it reads as everybody may.</summary>
internal sealed class S3Reader(StoreHttp http, TimeProvider clock) : IStoreReader
{
    public StoreKind Kind => StoreKind.S3;

    public Task<StoredContent> OpenAsync(StoreAccess store, Artefact artefact, CancellationToken cancellationToken) =>
        http.OpenAsync(new StoreRequest(store, store.Below(artefact.Path), store.Secret is null ? null : SignatureV4.Of(store, clock)), cancellationToken);
}
