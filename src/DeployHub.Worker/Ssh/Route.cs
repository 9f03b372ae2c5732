using DeployHub.Domain.Inventory;
using Renci.SshNet;

namespace DeployHub.Worker.Ssh;

/// <summary>A way through a jump host: a port of this machine that leads to one host behind it. The jump host's connection is shared.</summary>
internal sealed class Route : IDisposable
{
    private readonly HostClient _jump;
    private readonly ForwardedPortLocal _port;
    private readonly IDisposable _use;

    private Route(HostClient jump, ISshHost to)
    {
        _jump = jump;
        _use = jump.Use();
        _port = new ForwardedPortLocal("127.0.0.1", 0, to.Host, (uint)to.Port);
    }

    public int Port => (int)_port.BoundPort;

    public static Route Open(HostClient jump, ISshHost to)
    {
        var route = new Route(jump, to);
        try
        {
            jump.AddForwardedPort(route._port);
            route._port.Start();
            return route;
        }
        catch
        {
            route.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _port.Dispose();
        try
        {
            _jump.RemoveForwardedPort(_port);
        }
        catch (ObjectDisposedException)
        {
        }

        _use.Dispose();
    }
}
