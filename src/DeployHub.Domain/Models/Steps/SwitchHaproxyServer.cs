namespace DeployHub.Domain.Models.Steps;

/// <summary>What a load balancer shall do with one server.</summary>
public enum ServerState
{
    /// <summary>Take traffic; waits until it is up.</summary>
    Ready,

    /// <summary>No new sessions; waits until the present ones have ended.</summary>
    Drain,

    /// <summary>Drain, then no traffic and no health checks.</summary>
    Maint,
}

/// <summary>
/// Takes one server of a backend out of HAProxy's traffic or puts it back, over the runtime API, from the worker's machine, and reads the
/// state back. The runtime API knows no password: keep it on a socket, the loopback address or a closed network.
/// </summary>
/// <param name="Addresses">The runtime API of each HAProxy: <c>host:port</c>, or the path of a socket; done one after the other.</param>
/// <param name="State">Leave it out to change only the weight.</param>
/// <param name="Weight">Such as <c>50%</c> of the configured weight, or 0 to 256.</param>
/// <param name="Within">How long sessions may take to end, or the server to come up.</param>
/// <param name="LeaveSessions">True goes on when sessions remain after that time; else it is a failure, and the server is ready again.</param>
/// <param name="Backend">As the configuration names it.</param>
/// <param name="Server">As the backend names it.</param>
public sealed record SwitchHaproxyServer(
    IReadOnlyList<string> Addresses, string Backend, string Server, ServerState? State = null, string? Weight = null, string Within = "1m", bool LeaveSessions = false) : StepSettings;
