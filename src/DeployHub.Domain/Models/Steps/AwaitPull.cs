using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// The target fetches its version by itself and reports, with a key of its own (domain §2.5, Pull). From the beginning of the step on the
/// version is made available to it; the step's timeout is the deadline.
/// </summary>
public sealed record AwaitPull : StepSettings
{
    [JsonIgnore]
    public override bool WaitsForOthers => true;
}
