using System.Collections.Concurrent;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Ssh;
using Microsoft.Extensions.Options;
using Renci.SshNet;

namespace DeployHub.Worker.Steps;

/// <summary>
/// Warm SSH connections, one for each host and reused by all steps there, opened a few at a time and closed when nobody used them for a
/// while. A host that shows another key than the pinned one is refused. Jump hosts are warm connections like others.
/// </summary>
internal sealed class SshHosts : IDisposable
{
    private static readonly TimeSpan BrokenWayShowsWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BrokenWayIsNoticedWithin = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<ISshHost, Place> _places = [];
    private readonly SshOptions _options;
    private readonly SemaphoreSlim _connecting;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;

    public SshHosts(TimeProvider clock, IOptions<WorkerOptions>? options = null)
    {
        var worker = options?.Value ?? new WorkerOptions();
        (_clock, _options) = (clock, worker.Ssh);
        _connecting = new SemaphoreSlim(Math.Max(1, _options.ConnectsAtOnce));
        KeepThreadsFree(worker.Hands);
        var every = _options.IdleLimit / 4;
        _sweep = clock.CreateTimer(_ => CloseIdle(), null, every, every);
    }

    public SshOptions Options => _options;

    /// <exception cref="HostRefusedException">Unreachable, another host key, or not let in.</exception>
    public async Task<SshClient> ConnectAsync(SshConnection host, ISecrets secrets, CancellationToken cancellationToken) =>
        await WarmAsync(host with { Directory = "" }, host.Jump, secrets, cancellationToken); // targets on one host share its connection

    /// <summary>A connection of the caller's own for files.</summary>
    /// <exception cref="HostRefusedException">Unreachable, another host key, or not let in.</exception>
    public async Task<SftpClient> ConnectSftpAsync(SshConnection host, ISecrets secrets, CancellationToken cancellationToken)
    {
        var method = await SignIn.OfAsync(host, secrets, _options, cancellationToken);
        var route = await RouteAsync(host, host.Jump, secrets, cancellationToken);
        var client = new RoutedSftpClient(ConnectionTo(host, route, method), route) { OperationTimeout = _options.CommandLimit, KeepAliveInterval = _options.KeepAlive };
        await OpenAsync(client, host, host.Jump, cancellationToken);
        return client;
    }

    /// <summary>For a program of this machine that calls ssh itself. The host is tried first, so that what is wrong is said in our words.</summary>
    /// <param name="folder">Where secrets may lie until the program has ended; the caller removes it.</param>
    /// <exception cref="HostRefusedException">Unreachable, another host key, or not let in.</exception>
    public async Task<OpenSshAccess> PrepareProgramAsync(SshConnection host, string folder, ISecrets secrets, CancellationToken cancellationToken)
    {
        var warm = await WarmAsync(host with { Directory = "" }, host.Jump, secrets, cancellationToken);
        var route = await RouteAsync(host, host.Jump, secrets, cancellationToken);
        return await OpenSshAccess.PrepareAsync(host, warm.HostKey, route, folder, secrets, _options, cancellationToken);
    }

    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var place in _places.Values.OrderBy(place => place.IsJump)) place.Client?.Dispose(); // what is behind a jump host first
        _connecting.Dispose();
    }

    private async Task<HostClient> WarmAsync(ISshHost host, SshJumpHost? jump, ISecrets secrets, CancellationToken cancellationToken)
    {
        var place = _places.GetOrAdd(host, key => new Place(key is SshJumpHost));
        await place.Gate.WaitAsync(cancellationToken); // who comes second waits for the connection that is being opened
        try
        {
            if (place.Client is { IsConnected: true } warm)
            {
                warm.Touch();
                return warm;
            }

            place.Close();
            return place.Client = await OpenAsync(place, host, jump, secrets, cancellationToken);
        }
        finally
        {
            place.Gate.Release();
        }
    }

    /// <summary>The way through a jump host may have broken a moment ago without anybody having noticed: that shows at once, and a second try finds out.</summary>
    private async Task<HostClient> OpenAsync(Place place, ISshHost host, SshJumpHost? jump, ISecrets secrets, CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        try
        {
            return await OpenOnceAsync(place, host, jump, secrets, cancellationToken);
        }
        catch (HostRefusedException refused) when (jump is not null && refused.Cause is HaltCause.TargetUnreachable && _clock.GetElapsedTime(began) < BrokenWayShowsWithin)
        {
            await Task.Delay(BrokenWayIsNoticedWithin, _clock, cancellationToken);
            return await OpenOnceAsync(place, host, jump, secrets, cancellationToken);
        }
    }

    private async Task<HostClient> OpenOnceAsync(Place place, ISshHost host, SshJumpHost? jump, ISecrets secrets, CancellationToken cancellationToken)
    {
        var method = await SignIn.OfAsync(host, secrets, _options, cancellationToken);
        var route = await RouteAsync(host, jump, secrets, cancellationToken);
        var client = new HostClient(
            host, ConnectionTo(host, route, method), route, (dropped, token) => ReopenAsync(dropped, place, host, jump, secrets, token), _clock)
        { KeepAliveInterval = _options.KeepAlive };
        await OpenAsync(client, host, jump, cancellationToken);
        return client;
    }

    private async Task<HostClient> ReopenAsync(HostClient dropped, Place place, ISshHost host, SshJumpHost? jump, ISecrets secrets, CancellationToken cancellationToken)
    {
        await place.Gate.WaitAsync(cancellationToken);
        if (place.Client == dropped) place.Close();
        place.Gate.Release();
        return await WarmAsync(host, jump, secrets, cancellationToken);
    }

    private async Task<Route?> RouteAsync(ISshHost host, SshJumpHost? jump, ISecrets secrets, CancellationToken cancellationToken)
    {
        if (jump is null) return null;

        try
        {
            return Route.Open(await WarmAsync(jump, null, secrets, cancellationToken), host);
        }
        catch (HostRefusedException refused)
        {
            throw new HostRefusedException(refused.Cause, $"{host.Host} is reached through a jump host, and that fails: {refused.Message}");
        }
        catch (Exception exception) when (HostRefusedException.IsLost(exception))
        {
            throw HostRefusedException.Unreachable($"{host.Host} is reached through the jump host {jump.Host}:{jump.Port}, and that dropped the connection: {exception.Message}");
        }
    }

    private ConnectionInfo ConnectionTo(ISshHost host, Route? route, AuthenticationMethod method)
    {
        var connection = new ConnectionInfo(route is null ? host.Host : "127.0.0.1", route?.Port ?? host.Port, host.User, method) { Timeout = _options.ConnectLimit };
        Algorithms.Prefer(connection, _options);
        return connection;
    }

    private async Task OpenAsync(BaseClient client, ISshHost host, SshJumpHost? jump, CancellationToken cancellationToken)
    {
        string? shown = null;
        client.HostKeyReceived += (_, key) =>
        {
            shown = $"SHA256:{key.FingerPrintSHA256.TrimEnd('=')}";
            key.CanTrust = shown == host.HostKey.TrimEnd('=');
            if (client is HostClient warm) warm.HostKey = key.HostKey;
        };

        await _connecting.WaitAsync(cancellationToken);
        var began = _clock.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.ConnectLimit);
        try
        {
            // The library blocks a thread while it signs in, and a listener that says nothing would hold it for ever.
            await OwnThread.RunAsync(() => client.ConnectAsync(limit.Token)).Unwrap().WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            await Task.WhenAny(Task.Run(client.Dispose, CancellationToken.None), Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None)); // before the next one may connect
            if (cancellationToken.IsCancellationRequested) throw;
            throw HostRefusedException.Of(host, jump is null ? null : $"{jump.Host}:{jump.Port}", shown, _clock.GetElapsedTime(began), exception);
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>The library blocks a pool's thread here and there, such as while it signs in; with the few of a small machine the database would wait for them.</summary>
    private static void KeepThreadsFree(int hands)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, hands + 8), ports);
    }

    private void CloseIdle()
    {
        var then = _clock.GetUtcNow() - _options.IdleLimit;
        foreach (var place in _places.Values)
        {
            if (place.Client?.IsIdleSince(then) is not true || !place.Gate.Wait(0)) continue;

            if (place.Client?.IsIdleSince(then) is true) place.Close();
            place.Gate.Release();
        }
    }

    /// <summary>Where one host's connection is kept; the gate lets one caller open or close it.</summary>
    private sealed class Place(bool isJump)
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public bool IsJump => isJump;

        public HostClient? Client { get; set; }

        public void Close()
        {
            Client?.Dispose();
            Client = null;
        }
    }

    private sealed class RoutedSftpClient(ConnectionInfo connection, Route? route) : SftpClient(connection)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing) route?.Dispose();
        }
    }
}
