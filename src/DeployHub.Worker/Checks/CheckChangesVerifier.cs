using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Only says what it sees now: what was there before, and what a difference means, the domain knows.</summary>
internal sealed class CheckChangesVerifier(FactReader facts) : StepExecutor<CheckChanges>
{
    private const int LongestReason = 900;

    protected override async Task<StepOutcome> ExecuteAsync(CheckChanges settings, StepContext context, CancellationToken cancellationToken)
    {
        var wanted = (settings.Facts ?? []).DistinctBy(fact => fact.Subject).ToList(); // two may have become one when they were filled
        if (wanted.Count == 0) return new StepOutcome.Inconclusive($"Nothing of {context.Subject} is looked at: name facts in the step, in check-drift or in the environment's drift watch.");

        var objections = WatchedFact.Objections(wanted).Select(objection => $"The {wanted[objection.Index].Subject} cannot be looked at: {objection.Sentence}").ToList();
        if (objections.Count > 0) return new StepOutcome.Failed(Words.Beginning(string.Join(' ', objections), LongestReason));

        try
        {
            if (await facts.ReadAsync(wanted, context, cancellationToken) is not { } seen) return PeopleOnly.Outcome("Changes");

            foreach (var fact in seen) context.Log.Write(LogStream.Out, fact.Value is { } value ? $"{fact.Fact.Subject}: {value}" : $"{fact.Fact.Subject} could not be read: {fact.Trouble}");
            return new StepOutcome.Observed(seen);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }
}
