using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs;

/// <summary>The trust policy that demands a step, as it was when the run was expanded.</summary>
/// <param name="Until">When it expires. Null on all of its steps but the first, so that its end is told, and waived, once.</param>
public sealed record TrustPolicyMark(string Policy, int Version, string Author, DateTimeOffset? Until)
{
    /// <summary>
    /// What is demanded is looked at whether the policy is expired or not, so that nobody can waive a signature with its end. Where it holds, the
    /// end is what fails: a rule and no seal is broken.
    /// </summary>
    public StepOutcome Judge(StepOutcome outcome, DateTimeOffset at)
    {
        if (outcome is not StepOutcome.Succeeded met || Until is not { } until || at < until) return outcome;

        var sentence = TrustPolicyErrors.Expired(Policy, Version, until, Author);
        return new StepOutcome.Failed($"What it demands is met, but {sentence}. Then start another run, or let an approver accept this with a waiver.", HaltCause.PolicyViolation) { Evidence = met.Evidence };
    }
}
