using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Only says what it saw: what is desired, and what a difference means, the domain knows.</summary>
internal sealed class CheckDriftVerifier(FactReader facts) : StepExecutor<CheckDrift>
{
    private const int LongestReason = 900;

    protected override async Task<StepOutcome> ExecuteAsync(CheckDrift settings, StepContext context, CancellationToken cancellationToken)
    {
        // the model was checked before its values were filled in
        var objections = WatchedFact.Objections(settings.Facts).Select(objection => $"The {settings.Facts[objection.Index].Subject} cannot be looked at: {objection.Sentence}").ToList();
        if (objections.Count > 0) return new StepOutcome.Failed(Words.Beginning(string.Join(' ', objections), LongestReason));

        try
        {
            var seen = await facts.ReadAsync(settings.Facts, context, cancellationToken);
            if (seen is null) return new StepOutcome.Observed([]);

            foreach (var fact in seen) context.Log.Write(LogStream.Out, fact.Value is { } value ? $"{fact.Fact.Subject}: {value}" : $"{fact.Fact.Subject} could not be read: {fact.Trouble}");
            return new StepOutcome.Observed(seen);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }
}
