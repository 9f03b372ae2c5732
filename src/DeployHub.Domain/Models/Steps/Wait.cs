using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Lets time pass without holding a worker.</summary>
/// <param name="For">Such as <c>90s</c>, <c>10m</c> or <c>2h</c>.</param>
public sealed record Wait(string For) : StepSettings
{
    [JsonIgnore]
    public override string? ExpectedTime => For;
}
