using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Runs;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Models;

/// <summary>How versions of a model are shown.</summary>
internal static class Editions
{
    /// <summary>Which of the six shapes (UI-2) a version's status is.</summary>
    public static MarkState Mark(ModelVersionStatus status) => status switch
    {
        ModelVersionStatus.Published or ModelVersionStatus.Tested => MarkState.Passed,
        ModelVersionStatus.InTest => MarkState.Running,
        ModelVersionStatus.Suspended => MarkState.Halted,
        ModelVersionStatus.Draft => MarkState.Waiting,
        _ => MarkState.Cancelled,
    };

    public static string Icon(ModelVersionTrigger move) => move switch
    {
        ModelVersionTrigger.Edit or ModelVersionTrigger.Reopen => "pencil",
        ModelVersionTrigger.Suspend => "hand-stop",
        ModelVersionTrigger.Supersede or ModelVersionTrigger.Retire or ModelVersionTrigger.Discard => "archive",
        _ => "circle-check",
    };

    /// <summary>What somebody did, after their name.</summary>
    public static string Past(ModelVersionTrigger move) => move switch
    {
        ModelVersionTrigger.Edit => "drafted it",
        ModelVersionTrigger.StartTesting => "froze it for testing",
        ModelVersionTrigger.RecordRehearsal => "rehearsed it",
        ModelVersionTrigger.PassTesting => "said that it is tested",
        ModelVersionTrigger.Reopen => "reopened it",
        ModelVersionTrigger.Approve => "approved its publication",
        ModelVersionTrigger.Import => "imported and published it",
        ModelVersionTrigger.Publish => "published it",
        ModelVersionTrigger.Supersede => "published a newer version",
        ModelVersionTrigger.Suspend => "suspended it",
        ModelVersionTrigger.Resume => "resumed it",
        ModelVersionTrigger.Retire => "retired it",
        _ => "discarded it",
    };

    public static string Word(RehearsalCase rehearsed) => rehearsed switch
    {
        RehearsalCase.Pass => "Normal pass",
        RehearsalCase.ForcedFailure => "Forced failure",
        RehearsalCase.Rollback => "Rollback",
        _ => "By its instructions alone",
    };

    /// <summary>Beside runs among which there are rehearsals.</summary>
    public const string RehearsalsCountNot = "Rehearsals try the model out: some are made to fail and lead back on purpose. They are no failures of the model, and count in none of its figures.";

    /// <summary>What has to be seen.</summary>
    public static string Meaning(RehearsalCase rehearsed) => rehearsed switch
    {
        RehearsalCase.Pass => "All four stages pass.",
        RehearsalCase.ForcedFailure => "A failure that is forced halts the run. Rolled back then, it shows the rollback as well.",
        RehearsalCase.Rollback => "From the middle of Execute, every touched target returns to its baseline.",
        _ => "Somebody who did not write it does the steps by hand.",
    };

    /// <summary>Why somebody is told of a publication.</summary>
    public static string Word(ReaderReason because) => because switch
    {
        ReaderReason.PlansWithIt => "plans with an earlier version",
        ReaderReason.RanIt => "ran it in the last 90 days",
        ReaderReason.OwnsIt => "answers for the model",
        ReaderReason.StakeInService => "has a stake in a service that it covers",
        _ => "asked to be told",
    };

    public static MarkState Mark(AcknowledgementStatus status) => status switch
    {
        AcknowledgementStatus.Acknowledged => MarkState.Passed,
        AcknowledgementStatus.Overdue => MarkState.Halted,
        AcknowledgementStatus.Exempt => MarkState.Cancelled,
        _ => MarkState.Waiting,
    };
}
