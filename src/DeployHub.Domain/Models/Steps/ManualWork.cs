using System.Text.Json.Serialization;
using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Steps;

/// <summary>What a person must show for a manual step (domain A-V7).</summary>
public enum EvidenceRule
{
    None,
    Note,
    File,
}

/// <summary>A person does it and says done, not done or problem.</summary>
/// <param name="Instruction">Plain words; a person who did not write them must be able to follow.</param>
/// <param name="ExpectedDuration">Such as <c>30m</c>.</param>
/// <param name="Accountable">Who answers for it being done.</param>
/// <param name="Picture">Address of a picture that shows how it looks when it is right: <c>https://…</c>, or a path of this site.</param>
/// <param name="Values">What is read off and typed or scanned, such as serial numbers.</param>
/// <param name="ConfirmedBySecond">True lets it count only when somebody other than who did it has confirmed it.</param>
/// <param name="Evidence">What the person must show.</param>
/// <param name="Slot">A role slot of the model: those whom a plan names for it do this; anybody who may do it otherwise.</param>
public sealed record ManualWork(
    string Instruction, EvidenceRule Evidence = EvidenceRule.Note, string ExpectedDuration = "15m", Role Accountable = Role.DeploymentPractitioner,
    string? Picture = null, IReadOnlyList<ManualValue>? Values = null, bool? ConfirmedBySecond = null, string? Slot = null) : StepSettings
{
    [JsonIgnore]
    public override bool WaitsForOthers => true;

    [JsonIgnore]
    public override string? ExpectedTime => ExpectedDuration;

    [JsonIgnore]
    public override IEnumerable<string> RoleSlots => Slot is { } slot ? [slot] : [];

    /// <summary>What is read off one by one, as far as its names can stand in <c>${step.key.output}</c>.</summary>
    [JsonIgnore]
    public override IEnumerable<string> OutputNames => (Values ?? []).Where(value => value.Several is not true).Select(value => value.Name).Where(StepOutputs.IsName);
}
