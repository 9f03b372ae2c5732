using System.Net;
using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>One repository of a registry. The path of the store's address begins the names of all repositories in it.</summary>
internal sealed class OciRepository
{
    /// <summary>What registries have to take at least, and what none takes more than.</summary>
    private const int LargestManifest = 4 * 1024 * 1024;

    private readonly StoreHttp _http;
    private readonly StoreRequest _request;
    private readonly Uri _root;

    public OciRepository(StoreHttp http, StoreAccess store, OciPath path)
    {
        _http = http;
        Name = $"{store.Address.AbsolutePath.Trim('/')}/{path.Repository}".TrimStart('/');
        _root = new Uri(store.Address, $"/v2/{Name}/");
        _request = new StoreRequest(store, _root, new RegistryToken(http, store, Name));
    }

    public string Name { get; }

    /// <summary>Whether the digest names no manifest. The reference registry answers 500, not 404, to who asks for a blob as a manifest.</summary>
    public async Task<bool> IsBlobAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            using var found = await _http.SendAsync(Manifest(digest) with { Method = HttpMethod.Head }, cancellationToken);
            return false;
        }
        catch (HttpRequestException broke) when (broke.StatusCode is HttpStatusCode.InternalServerError)
        {
            return await HasBlobAsync(digest, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreRefusedException || Retries.MayHelp(exception, cancellationToken))
        {
            return exception is StoreRefusedException { IsMissing: true }; // anything else is met again by who asks for the manifest
        }
    }

    /// <summary>The bytes that the registry gives for a manifest or an index, whatever their digest; null when it has none.</summary>
    public async Task<byte[]?> ManifestAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.ReadAsync(Manifest(digest), LargestManifest, cancellationToken);
        }
        catch (StoreRefusedException refused) when (refused.IsMissing)
        {
            return null;
        }
    }

    public Task<StoredContent> OpenBlobAsync(string digest, CancellationToken cancellationToken) => _http.OpenAsync(To($"blobs/{digest}"), cancellationToken);

    /// <exception cref="StoreRefusedException">It is not there, or not in that size.</exception>
    public async Task CheckBlobAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        long? length;
        try
        {
            length = await _http.LengthAsync(To($"blobs/{blob.Digest}"), cancellationToken);
        }
        catch (StoreRefusedException refused) when (refused.IsMissing)
        {
            throw new StoreRefusedException($"the registry lacks the blob {blob.Digest} of {Name}, which the manifest names. Push the image again.");
        }

        if (length != blob.Size)
            throw new StoreRefusedException($"the blob {blob.Digest} of {Name} has {(length is null ? "no size that the registry would tell" : $"{length:N0} bytes")}, but the manifest says {blob.Size:N0}. Push the image again.");
    }

    private async Task<bool> HasBlobAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            await _http.LengthAsync(To($"blobs/{digest}"), cancellationToken);
            return true;
        }
        catch (StoreRefusedException)
        {
            return false;
        }
    }

    private StoreRequest Manifest(string digest) => To($"manifests/{digest}") with { Accept = OciDocument.MediaTypes };

    private StoreRequest To(string what) => _request with { Address = new Uri(_root, what) };
}
