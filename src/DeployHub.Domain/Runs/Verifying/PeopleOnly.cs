namespace DeployHub.Domain.Runs.Verifying;

/// <summary>What a check comes to that only programs can do, on a target that only people reach: nobody has looked, so the run goes on and it is no pass.</summary>
public static class PeopleOnly
{
    private const string NotApplicable = "not applicable: people only";

    /// <param name="what">What would have been looked at.</param>
    public static StepOutcome Outcome(string what) => new StepOutcome.Succeeded([new Evidence(what, NotApplicable)]);

    public static bool Is(StepOutcome? outcome) => outcome is StepOutcome.Succeeded { Evidence: [{ Value: NotApplicable }] };
}
