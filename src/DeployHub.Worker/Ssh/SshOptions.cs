namespace DeployHub.Worker.Ssh;

/// <summary>How one worker deals with hosts reached by SSH; section <c>DeployHub:Worker:Ssh</c>.</summary>
public sealed class SshOptions
{
    /// <summary>How many connections are opened at the same time, so that two hundred cold hosts make no storm.</summary>
    public int ConnectsAtOnce { get; set; } = 8;

    /// <summary>
    /// Whether hosts that know no ML-KEM are met by Streamlined NTRU Prime, which later computers cannot break either. It costs the worker
    /// about twenty times the work of X25519 for every connection, 0.1 s of a processor, which a fleet of hundreds feels.
    /// </summary>
    public bool PrefersNtruPrime { get; set; }

    /// <summary>How long one host may take from the first packet until it has let the worker in.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long DeployHub's own small commands may take: looking after work that goes on, ending it, comparing a checksum.</summary>
    public TimeSpan CommandLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a quiet connection says that it is still there.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection that nobody uses stays open.</summary>
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Where the SSH agent listens.</summary>
    public string? AgentSocket { get; set; } = System.Environment.GetEnvironmentVariable("SSH_AUTH_SOCK");
}
