using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Named people are asked for their own word, each once, until enough have given it. The step's timeout is their deadline.</summary>
public abstract record AsksPeople : StepSettings
{
    private protected AsksPeople() { }

    [JsonIgnore]
    public override bool WaitsForOthers => true;

    /// <summary>What they are asked, as a sentence.</summary>
    [JsonIgnore]
    public abstract string Question { get; }

    /// <summary>E-mail addresses, roles and role slots, one by one, as they were filled.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> AskedOf { get; }

    [JsonIgnore]
    public override IEnumerable<string> RoleSlots => AskedOf.Where(RoleSlot.IsName);

    /// <summary>How many of them it takes: a share such as <c>95%</c>, or a count.</summary>
    [JsonIgnore]
    public abstract string Needed { get; }

    /// <summary>Where more can be read; null for nowhere.</summary>
    [JsonIgnore]
    public abstract string? ReadAt { get; }

    /// <summary>A text may hold several names, with commas between them.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<string> people) =>
        people.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.OrdinalIgnoreCase);
}
