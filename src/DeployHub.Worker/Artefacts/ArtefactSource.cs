using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Artefacts;

/// <summary>Why an artefact could not be had.</summary>
internal sealed record ArtefactTrouble(HaltCause Cause, string Sentence)
{
    /// <summary>What a check that found all these has found: other bytes than were approved outweigh everything, as nothing makes them good (domain §2.4.4).</summary>
    public static HaltCause CauseOf(IReadOnlyList<ArtefactTrouble> troubles) => troubles.Select(trouble => trouble.Cause).FirstOrDefault(HaltCauses.IsForgery, troubles[0].Cause);
}

/// <summary>A verified copy in the cache, or the trouble.</summary>
internal sealed record Fetched(string? File, ArtefactTrouble? Trouble);

/// <summary>
/// Fetches artefacts from their definitive stores and compares their SHA-256 while they stream. Verified copies are kept in a cache
/// named by digest, the least recently used are dropped beyond <c>DeployHub:ArtefactCacheMiB</c> (2048).
/// </summary>
internal sealed class ArtefactSource(IServiceScopeFactory scopes, IHttpClientFactory clients, ISecrets secrets, IConfiguration configuration)
{
    private readonly string _cache = Directory.CreateDirectory(configuration["DeployHub:ArtefactCache"] ?? Path.Combine(Path.GetTempPath(), $"deployhub-artefacts-{System.Environment.UserName}")).FullName;
    private readonly long _cacheLimit = configuration.GetValue("DeployHub:ArtefactCacheMiB", 2048L) * 1024 * 1024;
    private readonly long _sizeLimit = configuration.GetValue("DeployHub:ArtefactLimitMiB", 4096L) * 1024 * 1024;
    private readonly ConcurrentDictionary<Digest, SemaphoreSlim> _gates = [];

    /// <summary>A verified file, from the cache when it is there.</summary>
    public async Task<Fetched> FetchAsync(Artefact artefact, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_cache, artefact.Digest.ToString().Replace(':', '-'));
        var gate = _gates.GetOrAdd(artefact.Digest, _ => new SemaphoreSlim(1)); // six targets want the same bytes at once
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (File.Exists(file))
            {
                File.SetLastAccessTimeUtc(file, DateTime.UtcNow);
                return new Fetched(file, null);
            }

            var trouble = await DownloadAsync(artefact, file, cancellationToken);
            if (trouble is null) DropOld();
            return new Fetched(trouble is null ? file : null, trouble);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Reads the artefact from its store and compares; keeps nothing.</summary>
    public Task<ArtefactTrouble?> VerifyAsync(Artefact artefact, CancellationToken cancellationToken) => DownloadAsync(artefact, null, cancellationToken);

    /// <summary>A small file, such as a signature, from the artefact's store. Neither bytes nor trouble when the store answers that it has none.</summary>
    /// <param name="path">Below the store's location.</param>
    public async Task<(byte[]? Bytes, ArtefactTrouble? Trouble)> ReadBesideAsync(Artefact artefact, string path, int mostBytes, CancellationToken cancellationToken)
    {
        var store = await StoreAsync(artefact.Store, cancellationToken);
        if (store is null) return (null, new ArtefactTrouble(HaltCause.NotFromDefinitiveStore, $"The artefact {artefact.Name} names the store “{artefact.Store}”, which is no definitive store."));
        if (path.Split('/').Contains("..") || path.IndexOfAny(['?', '#', '%', '\\']) >= 0)
            return (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"“{path}” is no path below the store {store.Name}: write it with forward slashes, without “..”, “%”, “?” or “#”."));

        try
        {
            await using var stream = await OpenAsync(store, artefact with { Path = path }, cancellationToken);
            var bytes = new byte[mostBytes + 1];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return length <= mostBytes ? (bytes[..length], null) : (null, new ArtefactTrouble(HaltCause.SignatureInvalid, $"{path} beside the artefact {artefact.Name} is larger than {mostBytes / 1024:N0} KiB, which none of its kind needs."));
        }
        catch (Exception exception) when (exception is HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone } || (exception is FileNotFoundException or DirectoryNotFoundException && Directory.Exists(store.Location)))
        {
            return (null, null);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or UnauthorizedAccessException or UriFormatException)
        {
            return (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"{path} beside the artefact {artefact.Name} cannot be fetched from {store.Name}: {exception.Message}"));
        }
    }

    private async Task<ArtefactTrouble?> DownloadAsync(Artefact artefact, string? file, CancellationToken cancellationToken)
    {
        var store = await StoreAsync(artefact.Store, cancellationToken);
        if (store is null) return new ArtefactTrouble(HaltCause.NotFromDefinitiveStore, $"The artefact {artefact.Name} names the store “{artefact.Store}”, which is no definitive store.");

        try
        {
            await using var stream = await OpenAsync(store, artefact, cancellationToken);
            return await CompareAsync(stream, artefact, file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or UnauthorizedAccessException or UriFormatException)
        {
            return new ArtefactTrouble(HaltCause.ComponentMissing, $"The artefact {artefact.Name} cannot be fetched from {store.Name}: {exception.Message}");
        }
    }

    private async Task<ArtefactTrouble?> CompareAsync(Stream stream, Artefact artefact, string? file, CancellationToken cancellationToken)
    {
        var half = file is null ? null : $"{file}.{Guid.NewGuid():N}.part";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        await using (Stream into = half is null ? Stream.Null : File.Create(half))
        {
            var buffer = new byte[128 * 1024];
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                if ((size += read) > _sizeLimit) return Drop(half, new ArtefactTrouble(HaltCause.ComponentMissing, $"The artefact {artefact.Name} is larger than {_sizeLimit / 1024 / 1024:N0} MiB (DeployHub:ArtefactLimitMiB)."));
                await into.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        var found = Digest.OfHash(hash.GetHashAndReset());
        if (found != artefact.Digest)
            return Drop(half, new ArtefactTrouble(HaltCause.DigestMismatch, $"The artefact {artefact.Name} ({artefact.Path}) has the digest {found}, but {artefact.Digest} was registered and approved."));

        if (half is not null) File.Move(half, file!, overwrite: true);
        return null;
    }

    private static ArtefactTrouble Drop(string? half, ArtefactTrouble trouble)
    {
        if (half is not null) File.Delete(half);
        return trouble;
    }

    private async Task<Stream> OpenAsync(DefinitiveStore store, Artefact artefact, CancellationToken cancellationToken)
    {
        if (store.Kind is StoreKind.Folder)
            return File.OpenRead(Workplace.Below(store.Location, artefact.Path) ?? throw new IOException($"{artefact.Path} would leave the store's folder."));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{store.Location.TrimEnd('/')}/{artefact.Path.TrimStart('/')}");
        if (store.Credential is { } name) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await CredentialAsync(name, cancellationToken));
        var response = await clients.CreateClient("stores").SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    private async Task<string> CredentialAsync(string name, CancellationToken cancellationToken) =>
        await secrets.FindAsync(name, cancellationToken) ?? throw new IOException($"this worker knows no secret named “{name}”.");

    private async Task<DefinitiveStore?> StoreAsync(string key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeployHubDb>().Stores.AsNoTracking().SingleOrDefaultAsync(store => store.Key == key, cancellationToken);
    }

    private void DropOld()
    {
        var files = new DirectoryInfo(_cache).GetFiles().OrderByDescending(file => file.LastAccessTimeUtc).ToList();
        long kept = 0;
        foreach (var file in files)
            if ((kept += file.Length) > _cacheLimit) file.Delete();
    }
}
