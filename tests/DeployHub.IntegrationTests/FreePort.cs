using System.Net;
using System.Net.Sockets;

namespace DeployHub.IntegrationTests;

/// <summary>
/// Ports on loopback that nobody listens on, each given once. They lie below those that the system gives to outgoing connections:
/// a port that was free a moment ago would otherwise be taken by any other test's connection before its owner listens.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Ports = 12_000;

    private static int _last = Random.Shared.Next(Ports);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Ports);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
