using System.Text.Json.Serialization;
using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>What stands for an approval where the organisation authorises changes in a tool of its own (domain §2.6, “external change in state authorised”).</summary>
/// <param name="Number">The change, as its tool calls it.</param>
/// <param name="Tool">Name of the change tool.</param>
/// <param name="State">In the tool's words.</param>
/// <param name="SeenAt">When it said so.</param>
/// <param name="Since">Since when it was seen to be authorised without a break. One authorisation stands for one plan digest.</param>
/// <param name="Link">Where people read it; null where the tool says no place.</param>
public sealed record GivenByChange(string Number, string Tool, string State, DateTimeOffset SeenAt, DateTimeOffset Since, string? Link = null)
{
    /// <summary>Nobody in DeployHub: who authorised it stands in the tool, so it counts as no person where one is asked for (SOD-2, SOD-3, SOD-6).</summary>
    [JsonIgnore]
    public Actor Authority => new($"change:{Number}", $"{Number} in {Tool}", ActorKind.System);
}
