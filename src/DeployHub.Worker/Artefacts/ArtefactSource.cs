using System.Collections.Concurrent;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Worker.Artefacts.Stores;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Artefacts;

/// <summary>Fetches artefacts from their definitive stores and compares their SHA-256 while they stream. At most <c>DeployHub:ArtefactLimitMiB</c> (4096) each.</summary>
internal sealed class ArtefactSource(IServiceScopeFactory scopes, IEnumerable<IStoreReader> readers, ArtefactCache cache, ISecrets secrets, IConfiguration configuration)
{
    private const int MostBeginnings = 3;

    private readonly Dictionary<StoreKind, IStoreReader> _readers = readers.ToDictionary(reader => reader.Kind);
    private readonly long _sizeLimit = configuration.GetValue("DeployHub:ArtefactLimitMiB", 4096L) * 1024 * 1024;
    private readonly ConcurrentDictionary<Digest, SemaphoreSlim> _gates = [];

    /// <summary>A verified file, from the cache when it is there.</summary>
    public async Task<Fetched> FetchAsync(Artefact artefact, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(artefact.Digest, _ => new SemaphoreSlim(1)); // six targets want the same bytes at once
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (await cache.FindAsync(artefact.Digest, cancellationToken) is { } kept) return new Fetched(kept);

            var (file, _, trouble) = await TakeAsync(artefact, keeps: true, cancellationToken);
            if (trouble is not null) return new Fetched(trouble);

            cache.WasVerified(artefact.Digest);
            return new Fetched(file!);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Reads the artefact from its store and compares; keeps nothing. What else was found there is a note for the record.</summary>
    public async Task<(string? Note, ArtefactTrouble? Trouble)> VerifyAsync(Artefact artefact, CancellationToken cancellationToken)
    {
        var (_, note, trouble) = await TakeAsync(artefact, keeps: false, cancellationToken);
        return (note, trouble);
    }

    /// <summary>The digest and size of whatever lies there now. Nothing is compared, and nothing is kept.</summary>
    public async Task<StoreAnswer> MeasureAsync(DefinitiveStore store, string path, CancellationToken cancellationToken)
    {
        var artefact = new Artefact("artefact", store.Key, path, Digest.OfText(""), null); // of what holds files, only the path is asked for
        try
        {
            await using var content = await OpenAsync(store, artefact, cancellationToken);
            var (digest, size) = await Transfer.RunAsync(content.Bytes, null, _sizeLimit, cancellationToken);
            return digest is not null ? new StoreAnswer([], Digest: digest, Size: size)
                : StoreAnswer.Failed($"{path} has more than {_sizeLimit / 1024 / 1024:N0} MiB, and no more are fetched.");
        }
        catch (Exception exception) when (exception is ContentChangedException || IsAnswer(exception))
        {
            return StoreAnswer.Failed($"{path} cannot be read from {store.Name}: {exception.Message}");
        }
    }

    /// <summary>A small file, such as a signature, from the artefact's store. Neither bytes nor trouble when the store answers that it has none.</summary>
    /// <param name="path">Below the store's location.</param>
    public async Task<(byte[]? Bytes, ArtefactTrouble? Trouble)> ReadBesideAsync(Artefact artefact, string path, int mostBytes, CancellationToken cancellationToken)
    {
        var (store, trouble) = await StoreAsync(artefact, cancellationToken);
        if (store is null) return (null, trouble);
        if (!store.Kind.HoldsFiles())
            return (null, new ArtefactTrouble(HaltCause.SignatureInvalid, $"Nothing can lie beside the artefact {artefact.Name}, because {store.Name} holds no files. Keep what is signed in a folder, at an address or in a bucket."));
        if (path.Split('/').Contains("..") || path.IndexOfAny(['?', '#', '%', '\\']) >= 0)
            return (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"“{path}” is no path below the store {store.Name}: write it with forward slashes, without “..”, “%”, “?” or “#”."));

        try
        {
            await using var content = await OpenAsync(store, artefact with { Path = path }, cancellationToken);
            var bytes = new byte[mostBytes + 1];
            var length = await content.Bytes.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).AsTask().WaitAsync(cancellationToken); // a file server that has gone is not waited for
            return length <= mostBytes ? (bytes[..length], null) : (null, new ArtefactTrouble(HaltCause.SignatureInvalid, $"{path} beside the artefact {artefact.Name} is larger than {mostBytes / 1024:N0} KiB, which none of its kind needs."));
        }
        catch (StoreRefusedException refused) when (refused.IsMissing)
        {
            return (null, null);
        }
        catch (Exception exception) when (exception is ContentChangedException || IsAnswer(exception))
        {
            return (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"{path} beside the artefact {artefact.Name} cannot be fetched from {store.Name}: {exception.Message}", IsAway(exception)));
        }
    }

    private async Task<Taken> TakeAsync(Artefact artefact, bool keeps, CancellationToken cancellationToken)
    {
        var (store, unknown) = await StoreAsync(artefact, cancellationToken);
        if (store is null) return new Taken(null, null, unknown);

        for (var beginning = 1; ; beginning++)
        {
            try
            {
                return await TakeAsync(store, artefact, keeps, cancellationToken);
            }
            catch (ContentChangedException) when (beginning < MostBeginnings)
            {
                // from the first byte again: two contents are never mixed
            }
            catch (ContentChangedException changed)
            {
                return Refused(HaltCause.ComponentMissing, $"The artefact {artefact.Name} ({artefact.Path}) cannot be fetched from {store.Name}, in {MostBeginnings} attempts: {changed.Message}. Retry when nobody changes it, and let the server send a strong ETag and ranges.");
            }
            catch (NoRoomException full)
            {
                return Refused(HaltCause.CapacityLow, $"The artefact {artefact.Name} cannot be kept on this worker: {full.Message}. Make room, or set DeployHub:ArtefactCache to a folder on a larger disk.");
            }
            catch (Exception exception) when (IsAnswer(exception))
            {
                return Refused(HaltCause.ComponentMissing, $"The artefact {artefact.Name} ({artefact.Path}) cannot be fetched from {store.Name}: {exception.Message}", IsAway(exception));
            }
        }
    }

    private async Task<Taken> TakeAsync(DefinitiveStore store, Artefact artefact, bool keeps, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(store, artefact, cancellationToken);
        if (content.Length > _sizeLimit) return TooLarge(artefact, $"{content.Length / 1024 / 1024:N0} MiB");
        if (content.Length is { } announced && artefact.Size is { } registered && announced != registered)
            return Refused(HaltCause.DigestMismatch, $"The artefact {artefact.Name} ({artefact.Path}) has {announced:N0} bytes in {store.Name}, but {registered:N0} were registered and approved. Put back what was approved, or register what is there as a new version.");

        using var part = keeps ? cache.Begin(artefact.Digest, content.Length) : null;
        var (found, size) = await Transfer.RunAsync(content.Bytes, part?.Handle, _sizeLimit, cancellationToken);
        if (found is null) return TooLarge(artefact, $"more than {(size - 1) / 1024 / 1024:N0} MiB");
        if (found != artefact.Digest)
            return Refused(HaltCause.DigestMismatch, $"The artefact {artefact.Name} ({artefact.Path}) has the digest {found}, but {artefact.Digest} was registered and approved. Put back what was approved, or register what is there as a new version.");

        return new Taken(part?.Keep(), content.Note, null);
    }

    private async Task<StoredContent> OpenAsync(DefinitiveStore store, Artefact artefact, CancellationToken cancellationToken)
    {
        var secret = store.Credential is not { } name ? null
            : await secrets.FindAsync(name, cancellationToken) ?? throw new StoreRefusedException($"this worker knows no secret named “{name}”. Set DeployHub__Secrets__{name} for it, or put a file of that name into its secrets directory.");
        return await _readers[store.Kind].OpenAsync(new StoreAccess(store, secret), artefact, cancellationToken);
    }

    private async Task<(DefinitiveStore? Store, ArtefactTrouble? Trouble)> StoreAsync(Artefact artefact, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = await scope.ServiceProvider.GetRequiredService<DeployHubDb>().Stores.AsNoTracking().SingleOrDefaultAsync(store => store.Key == artefact.Store, cancellationToken);
        return (store, store is null ? new ArtefactTrouble(HaltCause.NotFromDefinitiveStore, $"The artefact {artefact.Name} names the store “{artefact.Store}”, which is no definitive store.") : null);
    }

    private Taken TooLarge(Artefact artefact, string size) => Refused(
        HaltCause.ComponentMissing, $"The artefact {artefact.Name} ({artefact.Path}) has {size}, and at most {_sizeLimit / 1024 / 1024:N0} MiB are fetched. Make it smaller, or raise DeployHub:ArtefactLimitMiB of the workers.");

    private static Taken Refused(HaltCause cause, string sentence, bool isUnclear = false) => new(null, null, new ArtefactTrouble(cause, sentence, isUnclear));

    private static bool IsAway(Exception exception) => exception is StoreRefusedException { IsAway: true };

    private static bool IsAnswer(Exception exception) => exception is StoreRefusedException or IOException or UnauthorizedAccessException;

    private sealed record Taken(CachedFile? File, string? Note, ArtefactTrouble? Trouble);
}
