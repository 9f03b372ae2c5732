using DeployHub.Domain.Inventory;
using DeployHub.Worker.Ssh;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Artefacts.Stores;

internal sealed class FolderReader(StoreLimits limits) : IStoreReader
{
    public StoreKind Kind => StoreKind.Folder;

    public async Task<StoredContent> OpenAsync(StoreAccess store, Artefact artefact, CancellationToken cancellationToken)
    {
        var folder = store.Store.Location;
        var path = Workplace.Below(folder, artefact.Path) ?? throw new StoreRefusedException($"{artefact.Path} would leave the store's folder {folder}.");
        try
        {
            // A pipe, or a file server that has gone, would keep whoever opens it for ever.
            var opening = OwnThread.RunAsync(() => new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete }));
            var file = await WithinAsync(opening, cancellationToken);
            return new StoredContent(file, file.CanSeek ? file.Length : null);
        }
        catch (TimeoutException)
        {
            throw new StoreRefusedException($"{path} cannot be opened within {limits.Idle.TotalSeconds:0.#} s: it is no ordinary file, or what serves the folder does not answer.", isAway: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Directory.Exists(folder)
                ? new StoreRefusedException($"{path} does not exist. Put it there, or correct the artefact's path.", System.Net.HttpStatusCode.NotFound)
                : new StoreRefusedException($"this worker does not see the folder {folder}. Every worker has to: mount it, or correct where the store lies.", isAway: true);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StoreRefusedException(Directory.Exists(path) ? $"{path} is a folder; name a file." : $"{path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>What opens after nobody waits for it any more is closed again.</summary>
    private async Task<FileStream> WithinAsync(Task<FileStream> opening, CancellationToken cancellationToken)
    {
        try
        {
            return await opening.WaitAsync(limits.Idle, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = opening.ContinueWith(late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }
}
