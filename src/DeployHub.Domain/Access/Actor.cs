namespace DeployHub.Domain.Access;

public enum ActorKind
{
    Person,
    Machine,
    System,
}

/// <summary>Who did it: kept as they were called then, so that a record stays readable after people leave.</summary>
/// <param name="Id">Stable identifier of the account or API client; <c>system</c> for DeployHub itself.</param>
/// <param name="Name">The name shown to people.</param>
/// <param name="Kind">Machines never approve (SOD-6).</param>
public sealed record Actor(string Id, string Name, ActorKind Kind = ActorKind.Person)
{
    /// <summary>DeployHub acting by its own rules: workers, sweeps, timers.</summary>
    public static readonly Actor System = new("system", "DeployHub", ActorKind.System);

    /// <summary>Identity decides, not the name at the time.</summary>
    public bool Is(Actor other) => Id == other.Id;
}
