using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>Those who have not confirmed are reminded at set times, each time once; whoever oversees hears how many, not who (domain J12).</summary>
public sealed partial class Run
{
    private void RemindReaders(DateTimeOffset at)
    {
        if (OpenHalt is not null) return;

        foreach (var targetRun in TargetRuns.Where(targetRun => NextReminder(targetRun) <= at))
        {
            var step = targetRun.CurrentStep!;
            var (asked, missing) = (step.LastAttempt!.BeganAt, Missing(step).Count);
            step.Reminded = ((Acknowledge)step.Settings).Reminders.Count(after => asked + after <= at); // what fell due while nobody looked is said once
            if (missing > 0) Append($"{RunEvent.OfReminder}{targetRun.Id.Value}/{step.Number}", "Sent", $"{Words.Count(missing, "reader")} of {targetRun.Subject} {(missing == 1 ? "has" : "have")} yet to confirm “{step.Name}” by {targetRun.DueAt:yyyy-MM-dd HH:mm} UTC: {Confirmed(step)} {Did(step)}, {Needed(step)} have to.", Actor.System, at);
        }
    }

    /// <summary>Null when nobody is reminded any more before the deadline.</summary>
    private static DateTimeOffset? NextReminder(TargetRun targetRun) =>
        targetRun is { AwaitsReaders: true, CurrentStep: { Settings: Acknowledge asks, LastAttempt: { } attempt } step }
        && step.Reminded < asks.Reminders.Count && attempt.BeganAt + asks.Reminders[step.Reminded] is var next && next < targetRun.DueAt ? next : null;
}
