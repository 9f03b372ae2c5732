using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;

namespace DeployHub.Web.Pages.Runs;

/// <summary>What each way out of a halt is called on its button, and what it does.</summary>
internal static class Resolutions
{
    public static string Title(ResolutionChoice choice, ShowRun.View run) => choice switch
    {
        ResolutionChoice.Retry => WasStopped(run) ? "Go on" : IsAtGate(run) ? "Look again" : "Retry",
        ResolutionChoice.FixAndRecheck => "It is fixed: check again",
        ResolutionChoice.ExcludeTargets => "Leave targets out",
        ResolutionChoice.ContinueManually => "It is done by hand: continue",
        ResolutionChoice.AcceptWithWaiver => "Accept it with a waiver",
        ResolutionChoice.ExtendWindow => "Extend the slot",
        ResolutionChoice.RollForward => "Roll forward",
        ResolutionChoice.Postpone => $"Postpone {run.Deployment}",
        ResolutionChoice.ReplaceComponent => "Replace the component",
        ResolutionChoice.RollBack => $"Roll back {run.Deployment} in {run.EnvironmentName} ({Exposed(run)})",
        ResolutionChoice.Abandon => $"Abandon {run.Name}",
        _ => Words.Title(choice),
    };

    public static string Meaning(ResolutionChoice choice, ShowRun.View run) => choice switch
    {
        ResolutionChoice.Retry => WasStopped(run) ? "Goes on where it was stopped." : IsAtGate(run) ? "Goes on if nothing stands in the way any more." : "Runs the failed steps again, unchanged.",
        ResolutionChoice.FixAndRecheck => "Something outside was put right. The failed steps and checks run again, with the variables and targets of when the run started: for corrected ones it takes another run.",
        ResolutionChoice.ExcludeTargets => "Goes on without the failed targets ticked below.",
        ResolutionChoice.ContinueManually => "The steps after the failed one follow.",
        ResolutionChoice.AcceptWithWaiver => "Goes on although the check did not pass. An approver who does not operate the run decides; it is put right by a day.",
        ResolutionChoice.ExtendWindow => "The slot lasts longer, and the run goes on. An approver or a deployment manager decides.",
        ResolutionChoice.RollForward => "Ends this run and leaves the targets as they are. Another deployment, planned already, fixes it; this one is over with it.",
        ResolutionChoice.Postpone => "Nothing was touched: ends this run. The approved plan may run again in another slot.",
        ResolutionChoice.ReplaceComponent => "Nothing was touched: ends this run. The plan goes back to its planner, for another version and new approvals.",
        ResolutionChoice.RollBack => "Returns every touched target to what it had before and verifies that. Needs no approval.",
        ResolutionChoice.Abandon => "Stops for good and leaves everything as it is.",
        _ => "",
    };

    /// <summary>What is on a button that stops it or leads it back: what is unfinished may be exposed, too.</summary>
    public static string Exposed(ShowRun.View run) =>
        run.ExposureAtMost > run.Exposure ? $"up to {run.ExposureAtMost}\u00a0% exposed" : $"{run.Exposure}\u00a0% exposed";

    /// <summary>What a halt that was forced shows of the model, and what each way out of it shows besides; null in a real run.</summary>
    public static string? OfRehearsal(ShowRun.View run) => run.Rehearsal switch
    {
        RehearsalCase.ForcedFailure => "This is a rehearsal, and the halt is the forced failure that it has to show. Gone on with, it shows that the run comes through; rolled back, it shows the case Rollback as well.",
        RehearsalCase.Rollback => "This is a rehearsal, and the halt shows the case Forced failure. Rolled back, it shows Rollback as well; in any other way it does not show that.",
        _ => null,
    };

    /// <summary>What else a decision rests on, to be put behind its diagnosis.</summary>
    public static string More(Resolution resolution) => string.Concat(
        resolution.Remedy is { } remedy ? $" Done: {remedy.TrimEnd('.')}." : "",
        resolution.Waiver is { } waiver ? $" Waived until {waiver.Until:d MMMM yyyy}; meanwhile: {waiver.CompensatingMeasure.TrimEnd('.')}." : "",
        resolution.SupersededBy is { } successor ? $" Fixed forward by {successor}." : "");

    private static bool IsAtGate(ShowRun.View run) => run.Halts[^1].IsAtGate;

    private static bool WasStopped(ShowRun.View run) => run.Halts[^1].Cause is HaltCause.StoppedByPerson;
}
