using System.Net.Sockets;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>How often one thing has been tried.</summary>
internal sealed class Retries(StoreLimits limits)
{
    private int _breaks;
    private long _brokeAt;

    /// <summary>Whether trying again may help: the network's fault, or the server's for the moment.</summary>
    public static bool MayHelp(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or SocketException && !cancellationToken.IsCancellationRequested;

    /// <summary>Waits for the time that this break asks for.</summary>
    /// <param name="position">How many bytes there are by now.</param>
    /// <exception cref="StoreRefusedException">It was the last.</exception>
    public async Task PauseAsync(Exception broke, Uri address, long position, CancellationToken cancellationToken)
    {
        if (position - _brokeAt >= StoreLimits.Gain) _breaks = 0;
        _brokeAt = position;
        if (_breaks++ == limits.Retries)
            throw new StoreRefusedException($"{Shown.Address(address)} was tried {_breaks} times{(position > 0 ? $" and broke off at byte {position:N0}" : "")}: {Words(broke)}. Look after the store and the way to it, then retry.", isAway: true);

        await Task.Delay(limits.FirstPause * Math.Pow(2, _breaks - 1), cancellationToken);
    }

    private static string Words(Exception exception) => exception.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.');
}
