namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>What the planner tells organisations in plain words.</summary>
/// <param name="Changes">What changes for them.</param>
/// <param name="MustDo">What they have to do; empty for nothing.</param>
public sealed record PartnerNote(string Changes, string MustDo);
