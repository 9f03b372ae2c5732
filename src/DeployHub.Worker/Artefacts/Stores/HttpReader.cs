using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

internal sealed class HttpReader(StoreHttp http) : IStoreReader
{
    public StoreKind Kind => StoreKind.Http;

    public Task<StoredContent> OpenAsync(StoreAccess store, Artefact artefact, CancellationToken cancellationToken) =>
        http.OpenAsync(new StoreRequest(store, store.Below(artefact.Path), SecretHeader.Of(store)), cancellationToken);
}
