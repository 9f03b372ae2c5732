using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs;

/// <summary>One running Execute for an environment and component: held from VerifyEnvironment until the run is over (domain §2.4.2).</summary>
public sealed class EnvironmentLock
{
    private EnvironmentLock() { }

    public EnvironmentId EnvironmentId { get; private init; }

    public ComponentId ComponentId { get; private init; }

    public RunId RunId { get; private init; }

    /// <summary>Name of the run that holds it.</summary>
    public string Holder { get; private init; } = "";

    public DateTimeOffset Since { get; private init; }
}
