using System.Text.Json.Serialization;

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

    /// <summary>Name of the person's own token that it was done with; null when they had signed in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Via { get; init; }

    /// <summary>The name, and what it was done with.</summary>
    [JsonIgnore]
    public string Full => Via is null ? Name : $"{Name}, by the token “{Via}”";

    /// <summary>Identity decides, not the name at the time.</summary>
    public bool Is(Actor other) => Id == other.Id;
}
