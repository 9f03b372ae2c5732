using System.Net;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>
/// The artefact's digest says what is meant: a manifest, an index or a blob. What a manifest names has to be there too, or no engine could
/// run it; of an index that holds for all its manifests, or for those of the platform that the path names.
/// </summary>
internal sealed class OciReader(StoreHttp http) : IStoreReader
{
    private const int BlobsAtOnce = 4;

    public StoreKind Kind => StoreKind.Oci;

    public async Task<StoredContent> OpenAsync(StoreAccess store, Artefact artefact, CancellationToken cancellationToken)
    {
        if (OciPath.Parse(artefact.Path) is not { Error: null, Value: var path }) throw new StoreRefusedException($"“{artefact.Path}” names no repository. {OciPath.Rule}");

        var repository = new OciRepository(http, store, path);
        var digest = artefact.Digest.ToString();
        if (await repository.IsBlobAsync(digest, cancellationToken) || await repository.ManifestAsync(digest, cancellationToken) is not { } bytes) return await BlobAsync(repository, path, artefact, cancellationToken);

        // Of other bytes than were registered nothing is believed; whoever compares says so.
        var note = Digest.OfBytes(bytes) == artefact.Digest ? await new Contents(repository, path.Platform).CheckAsync(bytes, digest, cancellationToken) : null;
        return new StoredContent(new MemoryStream(bytes), bytes.Length, note);
    }

    private static async Task<StoredContent> BlobAsync(OciRepository repository, OciPath path, Artefact artefact, CancellationToken cancellationToken)
    {
        if (path.Platform is not null) throw Missing($"the registry has no index {artefact.Digest} in {repository.Name}");
        try
        {
            return await repository.OpenBlobAsync(artefact.Digest.ToString(), cancellationToken);
        }
        catch (StoreRefusedException refused) when (refused.IsMissing)
        {
            throw Missing($"the registry has neither a manifest nor a blob {artefact.Digest} in {repository.Name}");
        }
    }

    private static StoreRefusedException Missing(string words) => new($"{words}. Push it there, or correct the artefact's path.", HttpStatusCode.NotFound);

    /// <summary>All that hangs on one manifest or index.</summary>
    private sealed class Contents(OciRepository repository, OciPlatform? platform)
    {
        private const int MostListed = 10;

        private readonly Dictionary<string, OciDescriptor> _blobs = [];
        private readonly List<string> _images = [];

        public async Task<string> CheckAsync(byte[] bytes, string digest, CancellationToken cancellationToken)
        {
            var document = OciDocument.Parse(bytes, $"the manifest {digest}");
            if (!document.IsIndex && platform is not null) throw new StoreRefusedException($"{digest} is the manifest of one image and no index, so it has no platforms to choose from: leave @{platform} out of the path.");

            await CollectAsync(document, digest, cancellationToken);
            await Parallel.ForEachAsync(_blobs.Values, new ParallelOptions { MaxDegreeOfParallelism = BlobsAtOnce, CancellationToken = cancellationToken },
                async (blob, cancel) => await repository.CheckBlobAsync(blob, cancel));
            return $"{(document.IsIndex ? $"index of {Words.Count(_images.Count, "image")} ({List(_images)})" : "image")}, {Words.Count(_blobs.Count, "blob")} of {_blobs.Values.Sum(blob => blob.Size):N0} bytes";
        }

        private async Task CollectAsync(OciDocument document, string digest, CancellationToken cancellationToken)
        {
            if (!document.IsIndex)
            {
                foreach (var blob in document.Names) AddBlob(blob);
                return;
            }

            var chosen = document.Names.Where(named => platform is null || named.Platform is { } offered && platform.Covers(offered)).ToList();
            if (chosen.Count == 0 && platform is not null)
                throw new StoreRefusedException($"the index {digest} has nothing for {platform}, only for {List(document.Names.Select(NameOf))}. Push that image too, or name one of these.");

            foreach (var manifest in chosen) await CollectAsync(manifest, digest, cancellationToken);
        }

        private async Task CollectAsync(OciDescriptor named, string index, CancellationToken cancellationToken)
        {
            var bytes = await repository.ManifestAsync(named.Digest, cancellationToken)
                ?? throw new StoreRefusedException($"the registry lacks the manifest {named.Digest} of {repository.Name}, which the index {index} names{(named.Platform is null ? "" : $" for {named.Platform}")}. Push it too, or name one platform in the artefact's path.");
            if (bytes.Length != named.Size || Digest.OfBytes(bytes).ToString() != named.Digest)
                throw new StoreRefusedException($"the registry gives other bytes for the manifest {named.Digest} of {repository.Name} than the index {index} names. Push the image again, and find out who changed it.");

            var document = OciDocument.Parse(bytes, $"the manifest {named.Digest}");
            if (document.IsIndex) throw new StoreRefusedException($"the index {index} names another index, {named.Digest}, which no engine can choose from. Push the images in one index.");

            _images.Add(NameOf(named));
            foreach (var blob in document.Names) AddBlob(blob);
        }

        private static string NameOf(OciDescriptor manifest) => manifest.Platform?.ToString() ?? "no platform";

        private static string List(IEnumerable<string> platforms)
        {
            var all = platforms.Distinct().ToList();
            return string.Join(", ", all.Count <= MostListed ? all : [.. all.Take(MostListed), "…"]);
        }

        private void AddBlob(OciDescriptor blob)
        {
            if (!_blobs.TryAdd(blob.Digest, blob) && _blobs[blob.Digest].Size != blob.Size) throw new StoreRefusedException($"{repository.Name} says two different sizes of the blob {blob.Digest}. Push the image again.");
            if (_blobs.Count > OciDocument.MostNames) throw new StoreRefusedException($"{repository.Name} names more than {OciDocument.MostNames} blobs for this artefact. Name one platform in the artefact's path.");
        }
    }
}
