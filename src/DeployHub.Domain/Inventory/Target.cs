using DeployHub.Domain.Workers;

namespace DeployHub.Domain.Inventory;

/// <summary>The smallest addressable place inside an environment that gets a version (domain §1.3).</summary>
public sealed class Target
{
    private Target() { }

    public TargetId Id { get; private init; }

    public EnvironmentId EnvironmentId { get; private init; }

    /// <summary>Unique within its environment.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Used by selectors and to group the target grid, such as <c>site: berlin</c>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private set; } = new Dictionary<string, string>();

    /// <summary>Values that steps may use as <c>${target.port}</c>; never secrets.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>();

    public Connection Connection { get; private set; } = new ManualConnection();

    /// <summary>Only workers of this pool go there.</summary>
    public string Pool { get; private set; } = Pools.Default;

    /// <summary>When it was taken out of service; it stays for the records. Null while it is used.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    public static Target Register(
        EnvironmentId environment, string name, IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> variables, Connection connection, string pool) =>
        new() { Id = TargetId.New(), EnvironmentId = environment, Name = name, Labels = labels, Variables = variables, Connection = connection, Pool = pool };

    public void Configure(IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> variables, Connection connection, string pool) =>
        (Labels, Variables, Connection, Pool) = (labels, variables, connection, pool);

    public void Retire(DateTimeOffset at) => RetiredAt ??= at;
}
