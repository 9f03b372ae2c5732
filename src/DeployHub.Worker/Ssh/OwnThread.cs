namespace DeployHub.Worker.Ssh;

/// <summary>
/// The library blocks while it connects, reads and writes, and the pool's few threads would starve, so such work has a thread of its own.
/// Who waits for it may stop waiting: what it fails with then is seen here, so that nobody reports it.
/// </summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = task.ContinueWith(broken => broken.Exception, TaskScheduler.Default);
        return task;
    }

    public static Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });
}
